import { HOUR_MS, MINUTE_MS } from "#calendar/civil.ts";
import { lowerBound } from "#series/column.ts";
import { type Factors, kwhPerPulseAt } from "./factors.ts";
import type { Intervals } from "./intervals.ts";
import { powerNow, project } from "./live-power.ts";
import type { Spans } from "./pulse-spans.ts";

/** How far the projection was off at a minute of earlier intervals. Units: kW. Missing: NaN where there was none to compare. */
export interface ProjectionError {
  readonly minute: number;
  readonly meanAbsoluteKw: number;
  readonly medianKw: number;
  readonly p90Kw: number;
  /** Intervals it was compared with. */
  readonly intervals: number;
}

const MOSTLY_HEARD = 0.95;

/**
 * What the projection would have said at these minutes of the intervals given, against what they became. Intervals without demand,
 * or that were not heard nearly whole, are left out.
 */
export function projectionErrors(
  spans: Spans,
  intervals: Intervals,
  { factors, minutes = [5, 10] }: { readonly factors: Factors; readonly minutes?: readonly number[] },
): ProjectionError[] {
  const rows = Array.from(intervals.tMs.keys()).filter(
    (i) => !Number.isNaN(intervals.demandKw[i]) && (intervals.coverage[i] as number) >= MOSTLY_HEARD,
  );
  return minutes.map((minute) => {
    const errors = rows
      .map((i) => Math.abs(projectionAt(spans, intervals, { i, minute, factors }) - (intervals.demandKw[i] as number)))
      .filter((error) => !Number.isNaN(error))
      .sort((a, b) => a - b);
    return {
      minute,
      meanAbsoluteKw: errors.reduce((sum, error) => sum + error, 0) / errors.length,
      medianKw: quantile(errors, 0.5),
      p90Kw: quantile(errors, 0.9),
      intervals: errors.length,
    };
  });
}

function projectionAt(spans: Spans, intervals: Intervals, at: { i: number; minute: number; factors: Factors }): number {
  const endMs = intervals.tMs[at.i] as number;
  const startMs = endMs - intervals.lengthMs;
  const nowMs = startMs + at.minute * MINUTE_MS;
  const kwhPerPulse = kwhPerPulseAt(at.factors, startMs);
  const energyKwh = pulsesBetween(spans, startMs, nowMs) * kwhPerPulse;
  return project({ startMs, endMs, nowMs, energyKwh, kwhPerPulse, power: powerNow(spans, nowMs, at.factors) }).projectedKw;
}

/** Pulses of the messages in (fromMs, toMs]. */
export function pulsesBetween(spans: Spans, fromMs: number, toMs: number): number {
  let pulses = 0;
  for (let row = lowerBound(spans.toMs, fromMs + 1); row < spans.length && (spans.toMs[row] as number) <= toMs; row += 1) {
    pulses += spans.pulses[row] as number;
  }
  return pulses;
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Power over time. Shape: columns of one length. Missing: NaN. */
export interface PowerOverTime {
  readonly tMs: Float64Array;
  readonly kw: Float64Array;
  readonly plusMinusKw: Float64Array;
}

/**
 * Power at every whole `everyMs` in (fromMs, toMs], each over the messages around that step.
 * Errors:  RangeError for steps of less than a minute, which one pulse more or less would make noise of.
 */
export function powerEvery(
  spans: Spans,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  { everyMs, factors }: { readonly everyMs: number; readonly factors: Factors },
): PowerOverTime {
  if (!(everyMs >= MINUTE_MS)) throw new RangeError(`Power every ${everyMs} ms: a minute is the least that pulses can tell`);
  const first = Math.floor(fromMs / everyMs) + 1;
  const length = Math.max(0, Math.floor(toMs / everyMs) - first + 1);
  const power = { tMs: new Float64Array(length), kw: new Float64Array(length), plusMinusKw: new Float64Array(length) };
  for (let i = 0; i < length; i += 1) {
    const tMs = (first + i) * everyMs;
    const { kw, plusMinusKw } = stepPower(spans, { fromMs: tMs - everyMs, toMs: tMs }, factors);
    power.tMs[i] = tMs;
    power.kw[i] = kw;
    power.plusMinusKw[i] = plusMinusKw;
  }
  return power;
}

/** Pulses of the step over the time its messages speak of. */
function stepPower(spans: Spans, step: { fromMs: number; toMs: number }, factors: Factors): { kw: number; plusMinusKw: number } {
  let pulses = 0;
  let heardMs = 0;
  for (let row = lowerBound(spans.toMs, step.fromMs + 1); row < spans.length && (spans.toMs[row] as number) <= step.toMs; row += 1) {
    pulses += spans.pulses[row] as number;
    heardMs += (spans.toMs[row] as number) - (spans.fromMs[row] as number);
  }
  const kwOfPulse = heardMs >= MINUTE_MS / 2 ? (kwhPerPulseAt(factors, step.toMs) * HOUR_MS) / heardMs : Number.NaN;
  return { kw: pulses * kwOfPulse, plusMinusKw: kwOfPulse };
}
