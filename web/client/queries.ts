import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { SessionAnswer, TokenInfo } from "#contract/access.ts";
import type { HealthAnswer } from "#contract/health.ts";
import type { ColumnsAnswer, PointInfo, SeriesInfo, SiteInfo } from "#contract/series.ts";
import type { LedgerAnswer, RejectsAnswer, SourcesAnswer } from "#contract/sources.ts";
import { getJson } from "./fetch.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: ({ signal }) => getJson<SessionAnswer>("/session", { signal }),
  staleTime: 5 * MINUTE,
});

export const healthQuery = queryOptions({
  queryKey: ["health"],
  queryFn: ({ signal }) => getJson<HealthAnswer>("/health", { signal }),
  refetchInterval: 5 * SECOND,
  staleTime: 4 * SECOND,
});

export const sitesQuery = queryOptions({
  queryKey: ["sites"],
  queryFn: async ({ signal }) => (await getJson<{ sites: SiteInfo[] }>("/sites", { signal })).sites,
  staleTime: 5 * MINUTE,
});

/** Whether a page has something of any site. */
export const hasPage = (sites: readonly SiteInfo[] | undefined, page: "plant" | "home" | "building"): boolean =>
  sites?.some(({ has }) => has?.includes(page) === true) === true;

export const pointsQuery = queryOptions({
  queryKey: ["points"],
  queryFn: async ({ signal }) => (await getJson<{ points: PointInfo[] }>("/points", { signal })).points,
  staleTime: 5 * MINUTE,
});

/** Every series the house knows. Refreshed now and then, because the usual spacing is learned. */
export const seriesQuery = queryOptions({
  queryKey: ["series"],
  queryFn: async ({ signal }) => (await getJson<{ series: SeriesInfo[] }>("/series", { params: { limit: 10_000 }, signal })).series,
  staleTime: MINUTE,
  refetchInterval: 2 * MINUTE,
});

export const sourcesQuery = queryOptions({
  queryKey: ["sources"],
  queryFn: ({ signal }) => getJson<SourcesAnswer>("/sources", { signal }),
  refetchInterval: 5 * SECOND,
});

export const ledgerQuery = queryOptions({
  queryKey: ["ledger"],
  queryFn: ({ signal }) => getJson<LedgerAnswer>("/ledger", { signal }),
  refetchInterval: 5 * SECOND,
});

export interface RejectChoice {
  readonly source?: string;
  readonly code?: string;
  readonly open?: boolean;
  readonly limit: number;
}

export const rejectsQuery = (choice: RejectChoice) =>
  queryOptions({
    queryKey: ["rejects", choice],
    queryFn: ({ signal }) => getJson<RejectsAnswer>("/rejects", { params: { ...choice }, signal }),
    refetchInterval: 15 * SECOND,
    placeholderData: keepPreviousData,
  });

export const tokensQuery = queryOptions({
  queryKey: ["tokens"],
  queryFn: async ({ signal }) => (await getJson<{ tokens: TokenInfo[] }>("/tokens", { signal })).tokens,
});

export interface ColumnsChoice {
  readonly series: readonly string[];
  readonly fromMs: number;
  readonly toMs: number;
  readonly points: number;
}

/** History of several series in one answer, at most `points` rows each. */
export function fetchColumns(choice: ColumnsChoice, signal?: AbortSignal): Promise<ColumnsAnswer> {
  const params = { series: choice.series, from: choice.fromMs, to: choice.toMs, points: choice.points };
  return getJson<ColumnsAnswer>("/columns", { params, ...(signal ? { signal } : {}) });
}
