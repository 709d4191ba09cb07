import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import type { BuildingsAnswer } from "#contract/building.ts";
import { buildingsQuery } from "./building-queries.ts";

export type BuildingInfo = BuildingsAnswer["buildings"][number];

/** The building a page speaks of. `building` is undefined while it is asked for, null where the house has none that fits. */
export interface ChosenBuilding {
  readonly building: BuildingInfo | null | undefined;
  readonly error: Error | null;
  readonly retry: () => void;
}

/** The building of the site the address names; else the first of all. */
export function useBuilding(): ChosenBuilding {
  const { site } = useSearch({ strict: false });
  const query = useQuery(buildingsQuery);
  const retry = () => void query.refetch();
  if (query.data === undefined) return { building: undefined, error: query.error, retry };
  const building = query.data.buildings.find((one) => site === undefined || one.site === site);
  return { building: building ?? null, error: null, retry };
}
