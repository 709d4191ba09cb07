import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { DaysAnswer, HeatAnswer, IntervalsAnswer } from "#contract/plant-intervals.ts";
import type { ImportsAnswer, PlantQualityAnswer } from "#contract/plant-quality.ts";
import { getJson } from "#web/client/fetch.ts";
import { plantPath } from "#web/client/plant-queries.ts";

export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

const params = ({ fromMs, toMs }: Stretch) => ({ from: fromMs, to: toMs });

/** Counts, gaps, marked intervals, conservation and sources of a stretch. */
export const qualityQuery = (plant: string, stretch: Stretch) =>
  queryOptions({
    queryKey: ["plant", plant, "quality", stretch],
    queryFn: ({ signal }) => getJson<PlantQualityAnswer>(plantPath(plant, "quality"), { params: params(stretch), signal }),
    refetchInterval: 60_000,
    placeholderData: keepPreviousData,
  });

/** Power of each interval, day by day. */
export const heatQuery = (plant: string, stretch: Stretch) =>
  queryOptions({
    queryKey: ["plant", plant, "heat", stretch],
    queryFn: ({ signal }) => getJson<HeatAnswer>(plantPath(plant, "heat"), { params: params(stretch), signal }),
    placeholderData: keepPreviousData,
  });

/** The days of a stretch, each with what it should have and what it has. */
export const daysQuery = (plant: string, stretch: Stretch) =>
  queryOptions({
    queryKey: ["plant", plant, "days", stretch],
    queryFn: ({ signal }) => getJson<DaysAnswer>(plantPath(plant, "days"), { params: params(stretch), signal }),
    placeholderData: keepPreviousData,
  });

/** Rows one answer may hold. */
const MOST_ROWS = 1000;

/** As many days back as one answer holds, seven at the most, and none before the plant began. */
export function lanesStretch(nowMs: number, { beganMs, intervalMinutes }: { beganMs: number; intervalMinutes: number }): Stretch {
  const perDay = 1440 / intervalMinutes;
  const days = Math.max(1, Math.min(7, Math.floor((MOST_ROWS - 1) / perDay)));
  return { fromMs: Math.min(nowMs - 1, Math.max(beganMs, nowMs - days * 86_400_000)), toMs: nowMs };
}

/** Every interval of some days, to see which source each was taken from. */
export const rowsQuery = (plant: string, stretch: Stretch) =>
  queryOptions({
    queryKey: ["plant", plant, "intervals", "lanes", stretch],
    queryFn: ({ signal }) =>
      getJson<IntervalsAnswer>(plantPath(plant, "intervals"), { params: { ...params(stretch), size: MOST_ROWS }, signal }),
    placeholderData: keepPreviousData,
  });

/** Files that were read in, the newest first. */
export const importsQuery = (plant: string) =>
  queryOptions({
    queryKey: ["plant", plant, "imports"],
    queryFn: ({ signal }) => getJson<ImportsAnswer>(plantPath(plant, "imports"), { params: { limit: 100 }, signal }),
    refetchInterval: 30_000,
  });
