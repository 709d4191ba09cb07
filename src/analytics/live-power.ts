import { HOUR_MS } from "#calendar/civil.ts";
import { lowerBound } from "#series/column.ts";
import { QUALITY } from "#series/quality.ts";
import { type Factors, kwhPerPulseAt } from "./factors.ts";
import type { Spans } from "./pulse-spans.ts";

/** Power of now: pulses over the time between them. Missing: NaN in `kw` and `plusMinusKw`. */
export interface PowerNow {
  readonly kw: number;
  /** What one pulse more or less would change. */
  readonly plusMinusKw: number;
  /** Time it is a mean of. */
  readonly windowMs: number;
  /** Instant of the newest message; left out where there is none. */
  readonly tMs?: number;
}

/** Shortest time power is told over: at 1.7 kWh a pulse, one pulse is 102 kW in a minute and 408 kW in 15 s. */
export const LEAST_WINDOW_MS = 60_000;
/** With fewer pulses the window grows up to this. */
const MOST_WINDOW_MS = 300_000;
const ENOUGH_PULSES = 20;
const TOO_OLD_MS = 300_000;
const RECOVERED = QUALITY.recoveredAfterGap;

/**
 * Power at an instant out of the messages up to it: over a minute at least, and longer while fewer than 20 pulses came, five
 * minutes at most.
 * Missing: NaN where nothing came for five minutes before `nowMs`, where it was not heard for a minute on end, or a pulse's value is not known.
 */
export function powerNow(spans: Spans, nowMs: number, factors: Factors): PowerNow {
  let row = lowerBound(spans.toMs, nowMs + 1) - 1;
  while (row >= 0 && isRecovered(spans, row)) row -= 1;
  if (row < 0) return { kw: Number.NaN, plusMinusKw: Number.NaN, windowMs: 0 };
  const tMs = spans.toMs[row] as number;
  const { fromMs, pulses } = windowBefore(spans, row);
  const windowMs = tMs - fromMs;
  if (windowMs < LEAST_WINDOW_MS || nowMs - tMs > Math.max(TOO_OLD_MS, 2 * windowMs)) {
    return { kw: Number.NaN, plusMinusKw: Number.NaN, windowMs, tMs };
  }
  const kwOfPulse = (kwhPerPulseAt(factors, tMs) * HOUR_MS) / windowMs;
  return { kw: pulses * kwOfPulse, plusMinusKw: kwOfPulse, windowMs, tMs };
}

function isRecovered(spans: Spans, row: number): boolean {
  return ((spans.quality[row] as number) & RECOVERED) !== 0;
}

/** Time without a break that ends with this span, as long as it is needed. */
function windowBefore(spans: Spans, last: number): { fromMs: number; pulses: number } {
  const endMs = spans.toMs[last] as number;
  let fromMs = endMs;
  let pulses = 0;
  for (let row = last; row >= 0; row -= 1) {
    const length = endMs - fromMs;
    if (length >= LEAST_WINDOW_MS && (pulses >= ENOUGH_PULSES || length >= MOST_WINDOW_MS)) break;
    if (isRecovered(spans, row) || spans.toMs[row] !== fromMs) break;
    fromMs = spans.fromMs[row] as number;
    pulses += spans.pulses[row] as number;
  }
  return { fromMs, pulses };
}

/** Where the running interval will end if power stays what it is. Missing: NaN. */
export interface Projection {
  readonly projectedKw: number;
  readonly plusMinusKw: number;
}

/** What is known of an interval that is not over. */
export interface RunningState {
  readonly startMs: number;
  readonly endMs: number;
  readonly nowMs: number;
  /** Energy since it began, up to the newest message. */
  readonly energyKwh: number;
  readonly power: PowerNow;
  /** kWh of one pulse: what is counted can be off by one at each end. */
  readonly kwhPerPulse: number;
}

/** Expected demand of the running interval: the energy so far, and the power of now for the time since the newest message. */
export function project({ startMs, endMs, nowMs, energyKwh, power, kwhPerPulse }: RunningState): Projection {
  const knownMs = Math.min(Math.max(power.tMs ?? nowMs, startMs), endMs);
  const restHours = (endMs - knownMs) / HOUR_MS;
  const hours = (endMs - startMs) / HOUR_MS;
  if (restHours === 0) return { projectedKw: energyKwh / hours, plusMinusKw: kwhPerPulse / hours };
  return {
    projectedKw: (energyKwh + power.kw * restHours) / hours,
    plusMinusKw: (kwhPerPulse + power.plusMinusKw * restHours) / hours,
  };
}
