import { HOUR_MS } from "#calendar/civil.ts";
import type { Zone } from "#calendar/zone.ts";
import { lowerBound } from "#series/column.ts";
import type { Range } from "#store/store.ts";

export const QUARTER_MS = HOUR_MS / 4;

/** Means of quarter-hours by their start, ascending; quarters nobody knows are left out. */
export interface QuarterCurve {
  readonly atMs: Float64Array;
  readonly mean: Float64Array;
}

export const NO_CURVE: QuarterCurve = { atMs: new Float64Array(0), mean: new Float64Array(0) };

export function curveOf(quarters: ReadonlyMap<number, number>): QuarterCurve {
  const atMs = Float64Array.from(quarters.keys()).sort();
  return { atMs, mean: atMs.map((at) => quarters.get(at) as number) };
}

/** The quarters of a curve that begin within a range; they share its memory. */
export function partOf({ atMs, mean }: QuarterCurve, { fromMs, toMs }: Range): QuarterCurve {
  const [from, to] = [lowerBound(atMs, fromMs), lowerBound(atMs, toMs)];
  return { atMs: atMs.subarray(from, to), mean: mean.subarray(from, to) };
}

/** A curve whose quarters from an instant on are those of another. */
export function continued(curve: QuarterCurve, next: QuarterCurve, fromMs: number): QuarterCurve {
  const n = lowerBound(curve.atMs, fromMs);
  const from = lowerBound(next.atMs, fromMs);
  const atMs = new Float64Array(n + next.atMs.length - from);
  const mean = new Float64Array(atMs.length);
  atMs.set(curve.atMs.subarray(0, n));
  mean.set(curve.mean.subarray(0, n));
  atMs.set(next.atMs.subarray(from), n);
  mean.set(next.mean.subarray(from), n);
  return { atMs, mean };
}

/** The mean within a window, by time. Missing: NaN where none of it is known. */
export function meanIn(curve: QuarterCurve, window: Range): number {
  const { sum, ms } = sumIn(curve, window);
  return ms === 0 ? Number.NaN : sum / ms;
}

/** How much of a window is known, 0 to 1. */
export function knownShare(curve: QuarterCurve, window: Range): number {
  return window.toMs <= window.fromMs ? 0 : sumIn(curve, window).ms / (window.toMs - window.fromMs);
}

function sumIn({ atMs, mean }: QuarterCurve, { fromMs, toMs }: Range): { sum: number; ms: number } {
  let [sum, ms] = [0, 0];
  for (let i = lowerBound(atMs, fromMs - QUARTER_MS + 1); i < atMs.length && (atMs[i] as number) < toMs; i += 1) {
    const at = atMs[i] as number;
    const inside = Math.min(toMs, at + QUARTER_MS) - Math.max(fromMs, at);
    sum += (mean[i] as number) * inside;
    ms += inside;
  }
  return { sum, ms };
}

/** A quarter-hour that was the highest of its day. */
export interface DailyPeak extends Range {
  readonly kw: number;
}

/** The highest quarter-hour of each local day, the highest first; of equal days the newest. */
export function dailyPeaks({ atMs, mean }: QuarterCurve, zone: Zone): DailyPeak[] {
  const byDay = new Map<number, DailyPeak>();
  for (let i = 0; i < atMs.length; i += 1) {
    const [fromMs, kw] = [atMs[i] as number, mean[i] as number];
    const day = zone.dayStart(fromMs);
    if (kw > (byDay.get(day)?.kw ?? Number.NEGATIVE_INFINITY)) byDay.set(day, { fromMs, toMs: fromMs + QUARTER_MS, kw });
  }
  return [...byDay.values()].sort((a, b) => b.kw - a.kw || b.fromMs - a.fromMs);
}
