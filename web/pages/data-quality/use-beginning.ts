import { useQuery } from "@tanstack/react-query";
import type { PlantInfo } from "#contract/plant.ts";
import { seriesQuery } from "#web/client/queries.ts";

/** When anybody first spoke of the plant: nothing before it is missing. `known` is false while that is asked for. */
export function useBeginning(plant: PlantInfo): { readonly known: boolean; readonly firstMs: number | undefined } {
  const query = useQuery(seriesQuery);
  let firstMs: number | undefined;
  for (const series of query.data ?? []) {
    if (series.site !== plant.site || series.point !== plant.point || series.firstMs === undefined) continue;
    if (firstMs === undefined || series.firstMs < firstMs) firstMs = series.firstMs;
  }
  return { known: query.data !== undefined || query.error !== null, firstMs };
}
