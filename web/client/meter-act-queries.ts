import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { AnomaliesAnswer } from "#contract/anomalies.ts";
import type { CorrectionsAnswer } from "#contract/corrections.ts";
import type { MeterConsumptionAnswer, MeterReadingsAnswer } from "#contract/meter-history.ts";
import type { MeterDetailAnswer } from "#contract/meters.ts";
import type { RoundAnswer } from "#contract/round.ts";
import { getJson } from "./fetch.ts";
import { meterPath } from "./meter-queries.ts";

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

/** Which months of a meter, and as known when: by the end of a local date, or now. */
export interface MonthsChoice {
  readonly meter: string;
  readonly from: string;
  readonly to: string;
  readonly asOf: string | undefined;
}

/** A meter's months, as they were known on a day. */
export const monthsQuery = ({ meter, from, to, asOf }: MonthsChoice) =>
  queryOptions({
    queryKey: ["meter", meter, "months", from, to, asOf ?? "now"],
    queryFn: ({ signal }) =>
      getJson<MeterConsumptionAnswer>(meterPath(meter, "consumption"), { params: { from, to, by: "month", asOf }, signal }),
    staleTime: MINUTE_MS,
  });

/** The readings of a meter between two dates, newest first; enough to choose one of them. */
export const readingsQuery = ({ meter, from, to }: Omit<MonthsChoice, "asOf">) =>
  queryOptions({
    queryKey: ["meter", meter, "readings", from, to],
    queryFn: async ({ signal }) => {
      const answer = await getJson<MeterReadingsAnswer>(meterPath(meter, "readings"), { params: { from, to, limit: 500 }, signal });
      return { ...answer, readings: answer.readings.toSorted((a, b) => b.tMs - a.tMs) };
    },
    placeholderData: keepPreviousData,
  });

/** Everything about one meter. */
export const meterQuery = (meter: string) =>
  queryOptions({
    queryKey: ["meter", meter, "detail"],
    queryFn: ({ signal }) => getJson<MeterDetailAnswer>(meterPath(meter), { signal }),
    staleTime: MINUTE_MS,
  });
