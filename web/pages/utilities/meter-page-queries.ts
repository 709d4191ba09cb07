import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { MeterConsumptionAnswer, MeterLineageAnswer, MeterProfileAnswer, MeterReadingsAnswer } from "#contract/meter-history.ts";
import type { MeterDetailAnswer } from "#contract/meters.ts";
import type { TimeSpan } from "#web/charts/time-ticks.ts";
import { getJson } from "#web/client/fetch.ts";
import { meterPath } from "#web/client/meter-queries.ts";

const RENEW_MS = 60_000;

/** Everything about one meter but its history. */
export const meterQuery = (id: string) =>
  queryOptions({
    queryKey: ["meters", "one", id],
    queryFn: ({ signal }) => getJson<MeterDetailAnswer>(meterPath(id), { signal }),
    staleTime: RENEW_MS / 2,
    refetchInterval: RENEW_MS,
  });

/** Spacing of the rows of consumption. */
export type Grid = MeterConsumptionAnswer["by"];

/** A stretch of a meter, as known on a local date where one is given. */
export interface Stretch extends TimeSpan {
  readonly asOf?: string | undefined;
}

const paramsOf = ({ fromMs, toMs, asOf }: Stretch) => ({ from: Math.round(fromMs), to: Math.round(toMs), asOf });

/** What was used between the edges of a grid. */
export const consumptionQuery = (id: string, stretch: Stretch, by: Grid) =>
  queryOptions({
    queryKey: ["meters", "consumption", id, by, paramsOf(stretch)],
    queryFn: ({ signal }) =>
      getJson<MeterConsumptionAnswer>(meterPath(id, "consumption"), { params: { ...paramsOf(stretch), by }, signal }),
    staleTime: RENEW_MS / 2,
    placeholderData: keepPreviousData,
  });

/** Readings of a stretch, the newest first. */
export const readingsQuery = (id: string, stretch: Stretch, limit: number) =>
  queryOptions({
    queryKey: ["meters", "readings", id, limit, paramsOf(stretch)],
    queryFn: ({ signal }) => getJson<MeterReadingsAnswer>(meterPath(id, "readings"), { params: { ...paramsOf(stretch), limit }, signal }),
    staleTime: RENEW_MS / 2,
    placeholderData: keepPreviousData,
  });

/** Days by hours, days of the week, months by years. */
export const profileQuery = (id: string, span: TimeSpan) =>
  queryOptions({
    queryKey: ["meters", "profile", id, paramsOf(span)],
    queryFn: ({ signal }) => getJson<MeterProfileAnswer>(meterPath(id, "profile"), { params: paramsOf(span), signal }),
    staleTime: 5 * RENEW_MS,
    placeholderData: keepPreviousData,
  });

/** How the number of a stretch was made. */
export const lineageQuery = (id: string, stretch: Stretch) =>
  queryOptions({
    queryKey: ["meters", "lineage", id, paramsOf(stretch)],
    queryFn: ({ signal }) => getJson<MeterLineageAnswer>(meterPath(id, "lineage"), { params: paramsOf(stretch), signal }),
    staleTime: RENEW_MS / 2,
  });
