import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { IntervalDetailAnswer, IntervalsAnswer } from "#contract/plant-intervals.ts";
import { apiUrl } from "#web/client/base.ts";
import { getJson } from "#web/client/fetch.ts";
import { plantPath } from "#web/client/plant-queries.ts";
import type { IntervalSearch } from "./explorer-search.ts";

/** Rows of one page. */
export const PAGE_SIZE = 100;

/** What the table asks for. */
export interface IntervalChoice {
  readonly fromMs: number;
  readonly toMs: number;
  readonly search: Pick<IntervalSearch, "flag" | "without" | "minKw" | "maxKw" | "sort" | "page">;
}

function filterParams({ fromMs, toMs, search }: IntervalChoice) {
  return {
    from: fromMs,
    to: toMs,
    ...(search.flag === undefined ? {} : { flag: search.flag }),
    ...(search.without === undefined ? {} : { without: search.without }),
    ...(search.minKw === undefined ? {} : { minKw: search.minKw }),
    ...(search.maxKw === undefined ? {} : { maxKw: search.maxKw }),
    sort: search.sort ?? "-time",
  };
}

/** One page of intervals, filtered and sorted by the server; `follow` asks again as the newest end. */
export const intervalsQuery = (plant: string, choice: IntervalChoice, follow: boolean) =>
  queryOptions({
    queryKey: ["plant", plant, "intervals", filterParams(choice), choice.search.page ?? 1],
    queryFn: ({ signal }) =>
      getJson<IntervalsAnswer>(plantPath(plant, "intervals"), {
        params: { ...filterParams(choice), page: choice.search.page ?? 1, size: PAGE_SIZE },
        signal,
      }),
    placeholderData: keepPreviousData,
    ...(follow ? { refetchInterval: 60_000 } : {}),
  });

/** What every source says of one interval. */
export const intervalDetailQuery = (plant: string, endMs: number) =>
  queryOptions({
    queryKey: ["plant", plant, "interval", endMs],
    queryFn: ({ signal }) => getJson<IntervalDetailAnswer>(plantPath(plant, "intervals", endMs), { signal }),
  });

/** Address of the same rows as CSV, all pages in one file. */
export function csvUrl(plant: string, choice: IntervalChoice): string {
  return apiUrl(plantPath(plant, "intervals.csv"), filterParams(choice)).href;
}
