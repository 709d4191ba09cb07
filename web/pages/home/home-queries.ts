import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type {
  HomeBalanceAnswer,
  HomeChartAnswer,
  HomeDaysAnswer,
  HomeEventsAnswer,
  HomeInfo,
  HomeSelectionAnswer,
  HomeSummaryAnswer,
} from "#contract/home.ts";
import type { TimeSpan } from "#web/charts/time-ticks.ts";
import { getJson } from "#web/client/fetch.ts";
import { homePath } from "#web/client/home-queries.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** What flows now, and what today, week, month and year came to. Asked again with every reading, or every half minute. */
export const summaryQuery = (home: string, weekStart: number) =>
  queryOptions({
    queryKey: ["home", home, "summary", weekStart],
    queryFn: ({ signal }) => getJson<HomeSummaryAnswer>(homePath(home, "summary"), { params: { weekStart }, signal }),
    refetchInterval: 30 * SECOND,
    staleTime: SECOND,
  });

/** Where charts of a home stand among the queries: with the columns, by their series, so that a correction of the past asks for them anew. */
export function chartKey({ id, series }: Pick<HomeInfo, "id" | "series">): readonly unknown[] {
  return ["columns", "home", id, [series.power, series.bought, series.sold]];
}

export interface ChartAsked {
  readonly span: TimeSpan;
  readonly points: number;
  readonly phases: boolean;
  readonly typical: boolean;
}

/** Power and energy of a range, in as many rows as the screen can show. */
export function fetchChart(home: string, { span, ...asked }: ChartAsked, signal?: AbortSignal): Promise<HomeChartAnswer> {
  const params = { from: span.fromMs, to: span.toMs, ...asked };
  return getJson<HomeChartAnswer>(homePath(home, "chart"), { params, ...(signal ? { signal } : {}) });
}

/** What a stretch came to. */
export const selectionQuery = (home: string, { fromMs, toMs }: TimeSpan) =>
  queryOptions({
    queryKey: ["home", home, "selection", fromMs, toMs],
    queryFn: ({ signal }) => getJson<HomeSelectionAnswer>(homePath(home, "selection"), { params: { from: fromMs, to: toMs }, signal }),
    placeholderData: keepPreviousData,
    gcTime: MINUTE,
  });

/** Local days from one date up to another. */
export const daysQuery = (home: string, fromDate: string, toDate: string) =>
  queryOptions({
    queryKey: ["home", home, "days", fromDate, toDate],
    queryFn: ({ signal }) => getJson<HomeDaysAnswer>(homePath(home, "days"), { params: { from: fromDate, to: toDate }, signal }),
    refetchInterval: MINUTE,
    placeholderData: keepPreviousData,
  });

/** Where the energy of a stretch came from and where it went. */
export const balanceQuery = (home: string, { fromMs, toMs }: TimeSpan) =>
  queryOptions({
    queryKey: ["home", home, "balance", fromMs, toMs],
    queryFn: ({ signal }) => getJson<HomeBalanceAnswer>(homePath(home, "balance"), { params: { from: fromMs, to: toMs }, signal }),
    refetchInterval: 15 * SECOND,
    placeholderData: keepPreviousData,
  });

/** What the register did that registers do not do. */
export const eventsQuery = (home: string) =>
  queryOptions({
    queryKey: ["home", home, "events"],
    queryFn: ({ signal }) => getJson<HomeEventsAnswer>(homePath(home, "events"), { signal }),
    staleTime: MINUTE,
    refetchInterval: 5 * MINUTE,
  });
