import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import type { PlantInfo } from "#contract/plant.ts";
import { plantsQuery } from "./plant-queries.ts";

/** The plant a page speaks of. `plant` is undefined while it is asked for, null where the house has none that fits. */
export interface ChosenPlant {
  readonly plant: PlantInfo | null | undefined;
  /** All of the chosen site, to offer another one. */
  readonly plants: readonly PlantInfo[];
  readonly error: Error | null;
  readonly retry: () => void;
}

/** The plant the address names with `plant`; else the first of its site; else the first of all. */
export function usePlant(): ChosenPlant {
  const search: { readonly site?: string | undefined; readonly plant?: string | undefined } = useSearch({ strict: false });
  const query = useQuery(plantsQuery);
  const retry = () => void query.refetch();
  if (query.data === undefined) return { plant: undefined, plants: [], error: query.error, retry };
  const plants = query.data.plants.filter((one) => search.site === undefined || one.site === search.site);
  return { plant: plants.find((one) => one.id === search.plant) ?? plants[0] ?? null, plants, error: null, retry };
}
