import { HOUR_MS } from "#calendar/civil.ts";
import type { Zone } from "#calendar/zone.ts";
import { type Column, lowerBound } from "#series/column.ts";
import { BAD_QUALITY } from "#series/quality.ts";
import { blank, NEVER_DEMAND } from "./demand-intervals.ts";
import { W_PER_KWH_MS } from "./derived-power.ts";
import { IntervalGrid, type TimeRange } from "./interval-grid.ts";
import type { Intervals } from "./intervals.ts";

export interface PowerSettings {
  /** Between readings further apart nothing is known. */
  readonly maxGapMs?: number;
}

/**
 * Energy of the power readings of a column, where no register counts it: straight lines between neighbours.
 * Units:   W in, kWh out; negative power counts negative.
 * Missing: readings of bad quality are left out; NaN with fewer than two.
 * Source:  trapezoid rule; the Tasmota MT681 monitor's fallback.
 */
export function energyOfPowerKwh(column: Column, { maxGapMs = Infinity }: PowerSettings = {}): number {
  let kwh = Number.NaN;
  eachSpan(column, (span) => {
    if (span.toMs - span.fromMs > maxGapMs) return;
    kwh = (Number.isNaN(kwh) ? 0 : kwh) + ((span.fromW + span.toW) / 2) * ((span.toMs - span.fromMs) / W_PER_KWH_MS);
  });
  return kwh;
}

/** A stretch between two readings. One object is used for all of them. */
export interface PowerSpan {
  fromMs: number;
  toMs: number;
  fromW: number;
  toW: number;
  /** QUALITY bits of the reading at its end. */
  bits: number;
}

/** Stretches between neighbouring readings that are good, in order of time. */
export function eachSpan({ tMs, value, quality }: Column, take: (span: PowerSpan) => void): void {
  const span: PowerSpan = { fromMs: Number.NaN, toMs: 0, fromW: 0, toW: 0, bits: 0 };
  for (let i = 0; i < tMs.length; i += 1) {
    const bits = quality[i] as number;
    const powerW = value[i] as number;
    if (!Number.isFinite(powerW) || (bits & BAD_QUALITY) !== 0) continue;
    span.toMs = tMs[i] as number;
    span.toW = powerW;
    span.bits = bits;
    if (!Number.isNaN(span.fromMs)) take(span);
    span.fromMs = span.toMs;
    span.fromW = powerW;
  }
}

export interface PowerIntervalSettings {
  readonly zone: Zone;
  readonly lengthMs: number;
  readonly layer: string;
  /** Between readings further apart nothing is known. */
  readonly maxGapMs: number;
}

/**
 * Energy of the intervals that end in (fromMs, toMs], out of readings of power; a reading is needed from before the first and after
 * the last boundary.
 * Shape:   see Intervals.
 * Missing: NaN where no two readings are near enough to each other. Energy counts what was observed, `coverage` tells how much;
 *          `demandKw` is NaN where it is not all of the interval.
 * Errors:  RangeError for a length that does not divide an hour.
 */
export function powerIntervals(column: Column, range: TimeRange, settings: PowerIntervalSettings): Intervals {
  const boundsMs = new IntervalGrid(settings.zone, settings.lengthMs).boundaries(range);
  const intervals = blank(Math.max(0, boundsMs.length - 1), settings);
  const sums = { kwh: new Float64Array(intervals.tMs.length), ms: new Float64Array(intervals.tMs.length) };
  let slot = 0;
  eachSpan(around(column, range, settings), (span) => {
    while (slot < intervals.tMs.length && (boundsMs[slot + 1] as number) <= span.fromMs) slot += 1;
    if (span.toMs - span.fromMs > settings.maxGapMs) return;
    for (let at = slot; at < intervals.tMs.length && (boundsMs[at] as number) < span.toMs; at += 1) {
      const fromMs = Math.max(span.fromMs, boundsMs[at] as number);
      const toMs = Math.min(span.toMs, boundsMs[at + 1] as number);
      const middleW = span.fromW + ((span.toW - span.fromW) * ((fromMs + toMs) / 2 - span.fromMs)) / (span.toMs - span.fromMs);
      sums.kwh[at] = (sums.kwh[at] as number) + (middleW * (toMs - fromMs)) / W_PER_KWH_MS;
      sums.ms[at] = (sums.ms[at] as number) + toMs - fromMs;
      if (toMs === span.toMs) intervals.quality[at] = (intervals.quality[at] as number) | span.bits;
    }
  });
  for (let at = 0; at < intervals.tMs.length; at += 1) tell(intervals, at, { sums, boundsMs });
  return intervals;
}

function tell(intervals: Intervals, at: number, { sums, boundsMs }: { sums: Sums; boundsMs: Float64Array }): void {
  const endMs = boundsMs[at + 1] as number;
  const ms = endMs - (boundsMs[at] as number);
  const seenMs = sums.ms[at] as number;
  intervals.tMs[at] = endMs;
  if (seenMs <= 0) return;
  const kwh = sums.kwh[at] as number;
  intervals.energyKwh[at] = kwh;
  intervals.powerKw[at] = (kwh / ms) * HOUR_MS;
  intervals.coverage[at] = seenMs / ms;
  intervals.layer[at] = 0;
  if (seenMs >= ms && ((intervals.quality[at] as number) & NEVER_DEMAND) === 0) intervals.demandKw[at] = (kwh / ms) * HOUR_MS;
}

interface Sums {
  readonly kwh: Float64Array;
  readonly ms: Float64Array;
}

/** The rows of a range, and those near enough to it. */
function around({ tMs, value, quality }: Column, range: TimeRange, { maxGapMs, lengthMs }: PowerIntervalSettings): Column {
  const from = lowerBound(tMs, range.fromMs - lengthMs - maxGapMs);
  const to = lowerBound(tMs, range.toMs + maxGapMs + 1);
  return { tMs: tMs.subarray(from, to), value: value.subarray(from, to), quality: quality.subarray(from, to) };
}
