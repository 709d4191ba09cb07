import { queryOptions } from "@tanstack/react-query";
import type { MetersAnswer } from "#contract/meters.ts";
import { getJson } from "./fetch.ts";

/** Every meter of the house, or of one site: how it stands, what it counted, what it costs. */
export const metersQuery = (site?: string) =>
  queryOptions({
    queryKey: ["meters", "list", site ?? ""],
    queryFn: ({ signal }) => getJson<MetersAnswer>("/meters", { params: { site }, signal }),
    staleTime: 30_000,
    refetchInterval: 60_000,
  });

/** Path of a question about one meter: `meterPath("haus.gas_total", "consumption")`. */
export function meterPath(id: string, ...rest: readonly (string | number)[]): string {
  return ["/meters", id, ...rest].map((part, index) => (index === 0 ? part : encodeURIComponent(part))).join("/");
}
