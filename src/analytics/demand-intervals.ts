import { HOUR_MS } from "#calendar/civil.ts";
import type { Zone } from "#calendar/zone.ts";
import { NO_RUNG } from "#series/ladder.ts";
import { QUALITY } from "#series/quality.ts";
import { type Factors, kwhPerPulseAt } from "./factors.ts";
import { IntervalGrid, type TimeRange } from "./interval-grid.ts";
import { type IntervalSums, sumIntervals } from "./interval-sums.ts";
import type { Intervals } from "./intervals.ts";
import type { Spans } from "./pulse-spans.ts";
import type { StreamSettings } from "./pulse-stream.ts";

export interface IntervalSettings extends StreamSettings {
  readonly zone: Zone;
  /** A demand interval: whole ones make up an hour. */
  readonly lengthMs: number;
  /** For demand that slides: a window ends every `slideMs`, which divides the length. Left out, windows follow one another. */
  readonly slideMs?: number;
  /** How long after a boundary a message still counts to the interval that ended; left out, it is found out. */
  readonly graceMs?: number;
  readonly factors: Factors;
  /** Name of the source, for `layers`. */
  readonly layer: string;
}

/** Bits under which an interval never sets demand. */
export const NEVER_DEMAND = QUALITY.excludedFromDemand | QUALITY.invalidAlarm;

/**
 * Energy and demand of every interval that ends in (fromMs, toMs].
 * Shape:   see Intervals. Boundaries are those of the clock on the wall, and every message counts to the interval (start, end] it
 *          came in, or within grace of its end. Flags of messages are OR-ed. Where a zone moves its clock by less than an interval,
 *          the one before the change is shorter. With `slideMs` windows overlap: their energy must not be summed.
 * Missing: NaN in `energyKwh` where nothing was heard, or nobody has said what a pulse is worth; pulses are there all the same.
 *          `demandKw` is NaN besides under R17 and the invalid alarm, and where some pulses came back after a silence that reaches
 *          over an end of the interval; `possibleKw` then says what it was at most. Energy under the invalid alarm is what the
 *          register says (the pulses, where there is no register), marked `filled`: estimated.
 * Errors:  RangeError for a length that does not divide an hour, or a slide that does not divide the length.
 */
export function demandIntervals(spans: Spans, range: TimeRange, settings: IntervalSettings): Intervals {
  const { lengthMs, slideMs = lengthMs } = settings;
  const grid = new IntervalGrid(settings.zone, lengthMs);
  if (slideMs === lengthMs) {
    const boundsMs = grid.boundaries(range);
    return told(boundsMs, sumIntervals(spans, summing(grid, boundsMs, settings)), settings);
  }
  if (lengthMs % slideMs !== 0) throw new RangeError(`Windows of ${lengthMs} ms that end every ${slideMs} ms do not follow one another`);
  return sliding(spans, range, settings);
}

function summing(grid: IntervalGrid, boundsMs: Float64Array, { graceMs }: IntervalSettings) {
  return graceMs === undefined ? { grid, boundsMs } : { grid, boundsMs, graceMs };
}

/** Windows that slide are several rows of windows that follow one another, each beginning one step later. */
function sliding(spans: Spans, range: TimeRange, settings: IntervalSettings): Intervals {
  const { zone, lengthMs, slideMs = lengthMs } = settings;
  const steps = lengthMs / slideMs;
  const fine = new IntervalGrid(zone, slideMs);
  const boundsMs = fine.boundaries({ fromMs: range.fromMs - lengthMs + slideMs, toMs: range.toMs });
  const rows = Array.from({ length: Math.min(steps, boundsMs.length) }, (_, step) => {
    const ownMs = boundsMs.filter((_, i) => i % steps === step);
    return told(ownMs, sumIntervals(spans, { ...summing(fine, ownMs, settings), lengthMs }), settings);
  });
  return interleaved(rows, settings);
}

function interleaved(rows: readonly Intervals[], settings: IntervalSettings): Intervals {
  const order = rows.flatMap(({ tMs }, row) => Array.from(tMs, (endMs, i) => ({ endMs, row, i }))).sort((a, b) => a.endMs - b.endMs);
  const whole = blank(order.length, settings);
  for (const [to, { row, i }] of order.entries()) copyRow(rows[row] as Intervals, i, { whole, to });
  return whole;
}

function copyRow(from: Intervals, i: number, { whole, to }: { whole: Intervals; to: number }): void {
  for (const name of COLUMNS) whole[name][to] = from[name][i] as number;
}

const COLUMNS = ["tMs", "energyKwh", "demandKw", "powerKw", "possibleKw", "quality", "coverage", "pulses", "layer"] as const;

/** Intervals nobody said anything about. */
export function blank(length: number, { lengthMs, layer }: { readonly lengthMs: number; readonly layer: string }): Intervals {
  const nothing = (): Float64Array => new Float64Array(length).fill(Number.NaN);
  return {
    lengthMs,
    tMs: new Float64Array(length),
    energyKwh: nothing(),
    demandKw: nothing(),
    powerKw: nothing(),
    possibleKw: nothing(),
    quality: new Uint16Array(length),
    coverage: new Float32Array(length),
    pulses: nothing(),
    layer: new Uint8Array(length).fill(NO_RUNG),
    layers: [layer],
  };
}

function told(boundsMs: Float64Array, sums: IntervalSums, settings: IntervalSettings): Intervals {
  const length = sums.pulses.length;
  const intervals = blank(length, settings);
  for (let i = 0; i < length; i += 1) {
    const startMs = boundsMs[i] as number;
    const endMs = boundsMs[i + 1] as number;
    intervals.tMs[i] = endMs;
    if (sums.known[i] === 0) continue;
    intervals.coverage[i] = (sums.coveredMs[i] as number) / (endMs - startMs);
    intervals.pulses[i] = sums.pulses[i] as number;
    intervals.quality[i] = estimated(sums.quality[i] as number);
    intervals.layer[i] = 0;
    tell(intervals, i, { sums, kwhPerPulse: kwhPerPulseAt(settings.factors, startMs), hours: (endMs - startMs) / HOUR_MS });
  }
  return intervals;
}

/** Pulses of an invalid input are an estimate. */
function estimated(quality: number): number {
  return (quality & QUALITY.invalidAlarm) === 0 ? quality : quality | QUALITY.filled;
}

function tell(intervals: Intervals, i: number, as: { sums: IntervalSums; kwhPerPulse: number; hours: number }): void {
  const { sums, kwhPerPulse, hours } = as;
  const kwh = (sums.pulses[i] as number) * kwhPerPulse;
  intervals.energyKwh[i] = kwh;
  intervals.powerKw[i] = kwh / hours;
  if (((intervals.quality[i] as number) & NEVER_DEMAND) !== 0) return;
  if (sums.unsure[i] === 0) intervals.demandKw[i] = kwh / hours;
  const more = (sums.more[i] as number) * kwhPerPulse;
  if (more > 0 || sums.unsure[i] !== 0) intervals.possibleKw[i] = (kwh + more) / hours;
}
