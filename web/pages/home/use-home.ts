import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import type { HomeInfo } from "#contract/home.ts";
import { homesQuery } from "#web/client/home-queries.ts";

/** The home the page speaks of. `home` is undefined while it is asked for, null where the house has none that fits. */
export interface ChosenHome {
  readonly home: HomeInfo | null | undefined;
  /** All of the chosen site, to offer another one. */
  readonly homes: readonly HomeInfo[];
  readonly error: Error | null;
  readonly retry: () => void;
}

/** The home the address names with `home`; else the first of its site; else the first of all. */
export function useHome(): ChosenHome {
  const search: { readonly site?: string | undefined; readonly home?: string | undefined } = useSearch({ strict: false });
  const query = useQuery(homesQuery);
  const retry = () => void query.refetch();
  if (query.data === undefined) return { home: undefined, homes: [], error: query.error, retry };
  const homes = query.data.homes.filter((one) => search.site === undefined || one.site === search.site);
  return { home: homes.find((one) => one.id === search.home) ?? homes[0] ?? null, homes, error: null, retry };
}
