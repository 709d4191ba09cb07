import type { Intervals } from "#analytics/intervals.ts";
import { DAY_MS, MINUTE_MS } from "#calendar/civil.ts";
import type { Zone } from "#calendar/zone.ts";
import { BAD_QUALITY, QUALITY } from "#series/quality.ts";
import type { Peak } from "./bill.ts";
import type { Mask } from "./masks.ts";
import { clean } from "./money.ts";
import type { PeakRule } from "./plan.ts";

/**
 * What can be a peak, at the ends of the intervals.
 * Missing: NaN; a column is left out where it would say nothing that `kw` does not say.
 */
export interface DemandColumns {
  readonly kw: Float64Array;
  /** As high as it can have been. */
  readonly possibleKw?: Float64Array;
  /** With the intervals that R17 leaves out. */
  readonly withExcludedKw?: Float64Array;
}

/** The intervals that set a demand, the highest first, of equal ones the earlier first, and the next one below. */
export interface PeakSet {
  readonly peaks: readonly Peak[];
  readonly next?: Peak;
  /** Their mean; 0 where there is none. */
  readonly kw: number;
}

export interface Rows {
  readonly from: number;
  readonly to: number;
}

/** How many peaks a rule takes the mean of. */
export function countOf(rule: PeakRule): number {
  return rule.pick === "max" ? 1 : rule.pick.meanOf;
}

/** The columns of a rule's window. */
export function demandColumns(intervals: Intervals, window: PeakRule["window"], zone: Zone): DemandColumns {
  const highest = possibleColumn(intervals);
  const withExcluded = excludedColumn(intervals);
  const over = windowOver(intervals, window, zone);
  return {
    kw: over(intervals.demandKw),
    ...(highest ? { possibleKw: over(highest) } : {}),
    ...(withExcluded ? { withExcludedKw: over(withExcluded) } : {}),
  };
}

/** Whether R17, and nothing else, leaves the interval out of demand. */
export function isExcluded({ quality }: Intervals, row: number): boolean {
  return ((quality[row] as number) & (QUALITY.excludedFromDemand | BAD_QUALITY)) === QUALITY.excludedFromDemand;
}

/** Demand as high as it can have been. Missing: undefined where it is nowhere higher. */
function possibleColumn({ demandKw, possibleKw }: Intervals): Float64Array | undefined {
  let column: Float64Array | undefined;
  for (let row = 0; row < demandKw.length; row += 1) {
    const kw = possibleKw[row] as number;
    if (Number.isNaN(kw) || kw <= (demandKw[row] as number)) continue;
    column ??= demandKw.slice();
    column[row] = kw;
  }
  return column;
}

/** Demand with the intervals that R17 leaves out. Missing: undefined where there are none. */
function excludedColumn(intervals: Intervals): Float64Array | undefined {
  const { demandKw, powerKw } = intervals;
  let column: Float64Array | undefined;
  for (let row = 0; row < demandKw.length; row += 1) {
    if (!isExcluded(intervals, row)) continue;
    column ??= demandKw.slice();
    column[row] = powerKw[row] as number;
  }
  return column;
}

/** How many intervals the window of a rule holds: 1 where it is the intervals' own length, or no multiple of it. */
export function windowRows(window: PeakRule["window"], lengthMs: number): number {
  const rows = window === undefined ? 1 : (window.minutes * MINUTE_MS) / lengthMs;
  return Number.isInteger(rows) && rows > 1 ? rows : 1;
}

function windowOver({ tMs, lengthMs }: Intervals, window: PeakRule["window"], zone: Zone): (kw: Float64Array) => Float64Array {
  const rows = windowRows(window, lengthMs);
  if (window === undefined || rows === 1) return (kw) => kw;
  const ends = (row: number): boolean => window.alignment === "sliding" || isBlockEnd(tMs[row] as number, window.minutes, zone);
  return (kw) => {
    const mean = new Float64Array(kw.length).fill(Number.NaN);
    for (let row = rows - 1; row < kw.length; row += 1) {
      if (!ends(row)) continue;
      let sum = 0;
      for (let back = 0; back < rows; back += 1) sum += kw[row - back] as number;
      mean[row] = clean(sum / rows);
    }
    return mean;
  };
}

/** Blocks are those of the local clock. */
export function isBlockEnd(endMs: number, minutes: number, zone: Zone): boolean {
  return (((zone.localOf(endMs) % DAY_MS) + DAY_MS) % DAY_MS) % (minutes * MINUTE_MS) === 0;
}

export interface PeakSearch {
  readonly rule: PeakRule;
  readonly rows: Rows;
  readonly mask?: Mask | undefined;
  readonly zone: Zone;
}

/** The peaks of a column by a rule. */
export function peaksOf(intervals: Intervals, kw: Float64Array, { rule, rows, mask, zone }: PeakSearch): PeakSet {
  const count = countOf(rule);
  const { tMs, lengthMs } = intervals;
  const dayOf = (row: number): number => Math.floor(zone.localOf((tMs[row] as number) - lengthMs) / DAY_MS);
  const best: number[] = [];
  let least = -Infinity;
  for (let row = rows.from; row < rows.to; row += 1) {
    // The comparison is false for NaN, so an interval without demand never comes further.
    if (!((kw[row] as number) > least) || (mask !== undefined && mask[row] === 0)) continue;
    if (rule.distinctDays) replaceSameDay(best, row, { kw, dayOf });
    else insert(best, row, kw);
    if (best.length > count + 1) best.pop();
    least = best.length > count ? (kw[best[count] as number] as number) : -Infinity;
  }
  const peaks = best.slice(0, count).map((row) => ({ tMs: tMs[row] as number, kw: kw[row] as number }));
  const next = best[count];
  return { peaks, ...(next === undefined ? {} : { next: { tMs: tMs[next] as number, kw: kw[next] as number } }), kw: meanOf(peaks) };
}

/** Behind its equals, for they came before it. */
function insert(best: number[], row: number, kw: Float64Array): void {
  let at = best.length;
  while (at > 0 && (kw[best[at - 1] as number] as number) < (kw[row] as number)) at -= 1;
  best.splice(at, 0, row);
}

function replaceSameDay(best: number[], row: number, of: { readonly kw: Float64Array; readonly dayOf: (row: number) => number }): void {
  const day = of.dayOf(row);
  const same = best.findIndex((other) => of.dayOf(other) === day);
  if (same >= 0) {
    if ((of.kw[best[same] as number] as number) >= (of.kw[row] as number)) return;
    best.splice(same, 1);
  }
  insert(best, row, of.kw);
}

function meanOf(peaks: readonly Peak[]): number {
  return peaks.length === 0 ? 0 : clean(peaks.reduce((sum, peak) => sum + peak.kw, 0) / peaks.length);
}
