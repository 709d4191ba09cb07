import type { Intervals } from "#analytics/intervals.ts";
import type { PlantPeak } from "#contract/plant-parts.ts";
import type { Range } from "#store/store.ts";
import type { PlantDesk } from "./desk.ts";
import { tracedOrNull } from "./peaks.ts";
import { figure } from "./wire.ts";

/** The row of a column with the greatest value. Missing: -1 where every value is NaN. */
export function greatest(column: Float64Array): number {
  let best = -1;
  for (let i = 0; i < column.length; i++) {
    const value = column[i] as number;
    if (!Number.isNaN(value) && (best < 0 || value > (column[best] as number))) best = i;
  }
  return best;
}

/** Sum of what is known. Missing: NaN where nothing is. */
export function sum(column: Float64Array): number {
  let total = 0;
  let known = 0;
  for (const value of column) {
    if (Number.isNaN(value)) continue;
    total += value;
    known += 1;
  }
  return known === 0 ? Number.NaN : total;
}

/** The peak of a column of intervals. Missing: undefined where nothing is known. */
export function peakIn(intervals: Intervals, column: Float64Array): { tMs: number; kw: number } | undefined {
  const row = greatest(column);
  return row < 0 ? undefined : { tMs: intervals.tMs[row] as number, kw: column[row] as number };
}

/** Only what is over: the running interval is told by itself. */
export function finished(desk: PlantDesk, range: Range): Range {
  return { fromMs: range.fromMs, toMs: Math.max(range.fromMs, Math.min(range.toMs, desk.reports.finishedMs())) };
}

/** A stretch of time summed up, without money. */
export interface Spell {
  readonly fromMs: number;
  readonly toMs: number;
  readonly energyKwh: number | null;
  readonly peak: PlantPeak | null;
  readonly peakWithExcluded: PlantPeak | null;
  readonly intervals: number;
  readonly missing: number;
}

/** Sums the intervals of a range that are over. */
export async function summed(desk: PlantDesk, range: Range): Promise<Spell> {
  const over = finished(desk, range);
  if (over.toMs - over.fromMs < desk.lengthMs) {
    return { ...over, energyKwh: null, peak: null, peakWithExcluded: null, intervals: 0, missing: 0 };
  }
  const intervals = await desk.reports.intervals(over);
  return {
    ...over,
    energyKwh: figure(sum(intervals.energyKwh)),
    peak: await tracedOrNull(peakIn(intervals, intervals.demandKw), desk),
    peakWithExcluded: await tracedOrNull(peakIn(intervals, intervals.powerKw), desk),
    intervals: intervals.tMs.length,
    missing: intervals.energyKwh.reduce((count, value) => count + (Number.isNaN(value) ? 1 : 0), 0),
  };
}
