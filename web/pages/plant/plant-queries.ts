import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { RunningAnswer, SummaryAnswer } from "#contract/plant.ts";
import type { BillAnswer, BillsAnswer, CapAnswer } from "#contract/plant-bills.ts";
import type { DaysAnswer, IntervalsAnswer } from "#contract/plant-intervals.ts";
import type { PowerAnswer } from "#contract/plant-power.ts";
import { getJson } from "#web/client/fetch.ts";
import { plantPath } from "#web/client/plant-queries.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** Calendar months, or the periods the utility reads the meter by. */
export type Basis = "billing" | "calendar";

export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The interval that runs: where it will end, and what stands in its way. */
export const runningQuery = (plant: string, everyMs = 5 * SECOND) =>
  queryOptions({
    queryKey: ["plant", plant, "running"],
    queryFn: ({ signal }) => getJson<RunningAnswer>(plantPath(plant, "running"), { signal }),
    refetchInterval: everyMs,
    staleTime: everyMs - SECOND / 2,
  });

/** Today, month and period summed up. */
export const summaryQuery = (plant: string, everyMs = 15 * SECOND) =>
  queryOptions({
    queryKey: ["plant", plant, "summary"],
    queryFn: ({ signal }) => getJson<SummaryAnswer>(plantPath(plant, "summary"), { signal }),
    refetchInterval: everyMs,
  });

/** Power of the last minutes, each value over `everySeconds`. */
export const powerQuery = (plant: string, minutes: number, everySeconds: number) =>
  queryOptions({
    queryKey: ["plant", plant, "power", minutes, everySeconds],
    queryFn: ({ signal }) => getJson<PowerAnswer>(plantPath(plant, "power"), { params: { minutes, every: everySeconds }, signal }),
    refetchInterval: 15 * SECOND,
    placeholderData: keepPreviousData,
  });

/** Periods in a row, the running one last. */
export const billsQuery = (plant: string, basis: Basis, count = 24) =>
  queryOptions({
    queryKey: ["plant", plant, "bills", basis, count],
    queryFn: ({ signal }) => getJson<BillsAnswer>(plantPath(plant, "bills"), { params: { basis, count }, signal }),
    refetchInterval: MINUTE,
    placeholderData: keepPreviousData,
  });

/** One period's bill, line by line. */
export const billQuery = (plant: string, period: string | undefined, basis: Basis) =>
  queryOptions({
    queryKey: ["plant", plant, "bill", period, basis],
    queryFn: ({ signal }) => getJson<BillAnswer>(plantPath(plant, "bills", period ?? ""), { params: { basis }, signal }),
    enabled: period !== undefined,
    refetchInterval: MINUTE,
    placeholderData: keepPreviousData,
  });

/** What a cap would have taken and saved. */
export const capQuery = (plant: string, period: string, kw: number) =>
  queryOptions({
    queryKey: ["plant", plant, "cap", period, kw],
    queryFn: ({ signal }) => getJson<CapAnswer>(plantPath(plant, "cap"), { params: { period, kw }, signal }),
    placeholderData: keepPreviousData,
    gcTime: MINUTE,
  });

/** Rows one answer may hold. */
const PAGE = 1000;

/** Every interval of a stretch, however many answers that takes. */
export const intervalsQuery = (plant: string, stretch: Stretch, everyMs = 30 * SECOND) =>
  queryOptions({
    queryKey: ["plant", plant, "intervals", stretch],
    queryFn: ({ signal }) => allIntervals(plant, stretch, signal),
    refetchInterval: everyMs,
    placeholderData: keepPreviousData,
    gcTime: MINUTE,
  });

/** Every interval of a stretch, page by page. */
export async function allIntervals(plant: string, { fromMs, toMs }: Stretch, signal: AbortSignal): Promise<IntervalsAnswer> {
  const page = (number: number) =>
    getJson<IntervalsAnswer>(plantPath(plant, "intervals"), { params: { from: fromMs, to: toMs, size: PAGE, page: number }, signal });
  const first = await page(1);
  const rest = await Promise.all(Array.from({ length: Math.max(0, first.pages - 1) }, (_, index) => page(index + 2)));
  return { ...first, rows: [first, ...rest].flatMap((answer) => answer.rows) };
}

/** Local days with their sums and peaks. */
export const daysQuery = (plant: string, stretch: Stretch) =>
  queryOptions({
    queryKey: ["plant", plant, "days", stretch],
    queryFn: ({ signal }) => getJson<DaysAnswer>(plantPath(plant, "days"), { params: { from: stretch.fromMs, to: stretch.toMs }, signal }),
    refetchInterval: 5 * MINUTE,
    placeholderData: keepPreviousData,
  });
