import type { Intervals } from "#analytics/intervals.ts";
import { QUALITY } from "#series/quality.ts";

/** Energy under these bits is not a sum of what came in its interval. */
const ESTIMATED = QUALITY.filled | QUALITY.recoveredAfterGap;

/** Whether the energy of an interval is estimated: a difference of registers, or spread over a silence. */
export function isEstimated(quality: number): boolean {
  return (quality & ESTIMATED) !== 0;
}

/** Estimated energy of some intervals, kWh. */
export function estimatedKwh(intervals: Intervals): number {
  let kwh = 0;
  for (let i = 0; i < intervals.tMs.length; i++) {
    const energy = intervals.energyKwh[i] as number;
    if (isEstimated(intervals.quality[i] as number) && !Number.isNaN(energy)) kwh += energy;
  }
  return kwh;
}

/** Share of the energy that is estimated, 0 to 1. */
export function estimatedShare(intervals: Intervals): number {
  let all = 0;
  for (const energy of intervals.energyKwh) if (!Number.isNaN(energy)) all += energy;
  return all > 0 ? estimatedKwh(intervals) / all : 0;
}
