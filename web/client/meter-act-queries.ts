import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { AnomaliesAnswer } from "#contract/anomalies.ts";
import type { CorrectionsAnswer } from "#contract/corrections.ts";
import type { RoundAnswer } from "#contract/round.ts";
import { getJson } from "./fetch.ts";

const MINUTE_MS = 60_000;

/** What of anomalies is asked for. */
export interface AnomalyChoice {
  readonly site: string | undefined;
  readonly simple: boolean;
}

/** What meters used that nothing explains, newest first. */
export const anomaliesQuery = ({ site, simple }: AnomalyChoice) =>
  queryOptions({
    queryKey: ["anomalies", site ?? "", simple],
    queryFn: ({ signal }) => getJson<AnomaliesAnswer>("/anomalies", { params: { site, simple: simple || undefined }, signal }),
    staleTime: MINUTE_MS,
    placeholderData: keepPreviousData,
  });

/** What was changed of readings, newest first. */
export const correctionsQuery = (meter: string | undefined) =>
  queryOptions({
    queryKey: ["corrections", meter ?? ""],
    queryFn: ({ signal }) => getJson<CorrectionsAnswer>("/corrections", { params: { meter, limit: 2_000 }, signal }),
    placeholderData: keepPreviousData,
  });

/** Everything a walk along the meters needs; asked for without a network too, because a service worker keeps the last answer. */
export const roundQuery = (site: string | undefined) =>
  queryOptions({
    queryKey: ["round", site ?? ""],
    queryFn: ({ signal }) => getJson<RoundAnswer>("/round", { params: { site }, signal }),
    networkMode: "always",
    gcTime: Number.POSITIVE_INFINITY,
    staleTime: MINUTE_MS,
  });
