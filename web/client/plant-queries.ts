import { queryOptions } from "@tanstack/react-query";
import type { PlantsAnswer } from "#contract/plant.ts";
import { getJson } from "./fetch.ts";

/** Every metered plant of the house, and what is not set of it yet. */
export const plantsQuery = queryOptions({
  queryKey: ["plants"],
  queryFn: ({ signal }) => getJson<PlantsAnswer>("/plants", { signal }),
  staleTime: 60_000,
  refetchInterval: 60_000,
});

/** Path of a question about one plant: `plantPath("a.b", "quality")`. */
export function plantPath(id: string, ...rest: readonly (string | number)[]): string {
  return ["/plants", id, ...rest].map((part, index) => (index === 0 ? part : encodeURIComponent(part))).join("/");
}
