import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { AnomaliesAnswer } from "#contract/anomalies.ts";
import type { CorrectionsAnswer } from "#contract/corrections.ts";
import type { MetersAnswer } from "#contract/meters.ts";
import type { RoundAnswer } from "#contract/round.ts";
import { getJson } from "./fetch.ts";

const MINUTE_MS = 60_000;

/** Every meter of a site, or of the whole house, with where it stands. */
export const meterListQuery = (site: string | undefined) =>
  queryOptions({
    queryKey: ["meters", "list", site ?? ""],
    queryFn: ({ signal }) => getJson<MetersAnswer>("/meters", { params: { site }, signal }),
    staleTime: MINUTE_MS,
  });

/** What of anomalies is asked for. */
export interface AnomalyChoice {
  readonly site: string | undefined;
  readonly meter: string | undefined;
  readonly simple: boolean;
}

/** What meters used that nothing explains, newest first. */
export const anomaliesQuery = ({ site, meter, simple }: AnomalyChoice) =>
  queryOptions({
    queryKey: ["anomalies", site ?? "", meter ?? "", simple],
    queryFn: ({ signal }) => getJson<AnomaliesAnswer>("/anomalies", { params: { site, meter, simple: simple || undefined }, signal }),
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
