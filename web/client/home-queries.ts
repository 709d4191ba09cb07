import { queryOptions } from "@tanstack/react-query";
import type { HomesAnswer } from "#contract/home.ts";
import { getJson } from "./fetch.ts";

/** How soon a reader that is plugged in shows up where there was no home. */
const FIRST_MS = 3_000;

/** Every home of the house, and what is not set of it yet. */
export const homesQuery = queryOptions({
  queryKey: ["homes"],
  queryFn: ({ signal }) => getJson<HomesAnswer>("/homes", { signal }),
  staleTime: 60_000,
  refetchInterval: ({ state }) => (state.data?.homes.length === 0 ? FIRST_MS : 60_000),
});

/** Path of a question about one home: `homePath("a.b", "summary")`. */
export function homePath(id: string, ...rest: readonly (string | number)[]): string {
  return ["/homes", id, ...rest].map((part, index) => (index === 0 ? part : encodeURIComponent(part))).join("/");
}
