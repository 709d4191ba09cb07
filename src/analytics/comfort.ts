import type { Silence } from "#series/silence.ts";
import type { TimeRange } from "./interval-grid.ts";
import { weightsIn } from "./standing.ts";
import { common, lengthMs, membership } from "./time-spans.ts";

/**
 * Temperatures of one zone with the setpoints that hold at each, all in one unit.
 * Shape:   ascending, all as long as `tMs`; begins with the last sample before the range where there is one.
 * Missing: NaN.
 */
export interface ComfortRows {
  readonly tMs: Float64Array;
  readonly temperature: Float64Array;
  readonly heating?: Float64Array;
  readonly cooling?: Float64Array;
  /** The one setpoint; counts where not both others are known. */
  readonly setpoint?: Float64Array;
}

export interface ComfortOptions {
  /** Within the range asked for, ascending. */
  readonly occupied: readonly TimeRange[];
  readonly warmUp?: readonly TimeRange[];
  /** When the air handler ran; left out where nobody knows: then all time is judged. */
  readonly running?: readonly TimeRange[];
  /** Half the width of comfort beyond the setpoints, in the unit of the rows. */
  readonly band: number;
  /** How long a sample stands for at most; Infinity for one that speaks on change. */
  readonly standsMs: number;
  /** No sample stands into a silence of the station. */
  readonly silences?: readonly Silence[];
  readonly unit: string;
}

/** Comfort over occupied hours in which the air handler ran. NaN where unknown. */
export interface Comfort {
  readonly samples: number;
  /** Percent of samples, and of time. */
  readonly withinPct: number;
  readonly withinTimePct: number;
  /** Mean distance from the setpoint (or from the middle of the two) over samples; signed. */
  readonly meanError: number;
  readonly judgedMs: number;
  readonly tooWarmMs: number;
  readonly tooColdMs: number;
  /** How far outside, times how long: degree hours. */
  readonly discomfortDegreeHours: number;
  readonly unit: string;
  /** What most of it was judged by. */
  readonly by: "two-setpoints" | "one-setpoint" | "none";
  /** Occupied time that was not judged, and warm-up, which is none. */
  readonly notJudged: readonly { readonly why: "warm-up" | "air-handler-off" | "no-value" | "no-setpoint"; readonly ms: number }[];
}

/** 74.1 - 72.1 is not 2 in binary, and a band that was converted is not exact: what lies this near an edge lies on it. */
const EDGE = 1e-6;
const HOUR_MS = 3_600_000;

/**
 * How comfortable a zone was: inside [heating - band, cooling + band] where both setpoints are known, inside setpoint ± band where one is.
 * Occupied time in which its air handler ran is judged; a sample counts where it lies in that time, and weighs what it stands for
 * of it.
 */
export function comfortOf(rows: ComfortRows, options: ComfortOptions): Comfort {
  const { occupied, warmUp = [], running, unit } = options;
  const judgeable = running === undefined ? occupied : common(occupied, running);
  const weight = weightsIn(rows.tMs, judgeable, options);
  const inside = membership(rows.tMs, judgeable);
  const sums = { two: 0, one: 0, samples: 0, within: 0, error: 0, insideMs: 0, warmMs: 0, coldMs: 0, degreeMs: 0, noSetpointMs: 0 };
  for (let row = 0; row < weight.length; row += 1) {
    if (inside[row] === 1 || (weight[row] as number) > 0)
      add(sums, verdictOf(rows, row, options.band), { ms: weight[row] as number, counts: inside[row] === 1 });
  }
  const { samples } = sums;
  const judgedMs = sums.insideMs + sums.warmMs + sums.coldMs;
  const notJudged = [
    { why: "warm-up" as const, ms: lengthMs(warmUp) },
    { why: "air-handler-off" as const, ms: lengthMs(occupied) - lengthMs(judgeable) },
    { why: "no-value" as const, ms: lengthMs(judgeable) - judgedMs - sums.noSetpointMs },
    { why: "no-setpoint" as const, ms: sums.noSetpointMs },
  ];
  return {
    samples,
    withinPct: (100 * sums.within) / samples,
    withinTimePct: (100 * sums.insideMs) / judgedMs,
    meanError: sums.error / samples,
    judgedMs,
    tooWarmMs: sums.warmMs,
    tooColdMs: sums.coldMs,
    discomfortDegreeHours: judgedMs === 0 ? Number.NaN : sums.degreeMs / HOUR_MS,
    unit,
    by: sums.two + sums.one === 0 ? "none" : sums.two >= sums.one ? "two-setpoints" : "one-setpoint",
    notJudged: notJudged.filter(({ ms }) => ms > 0),
  };
}

/** What one sample says. `outside` is how far above (or below, negative) its band. */
interface Verdict {
  readonly by: "two" | "one" | "no-setpoint" | "no-value";
  readonly error: number;
  readonly outside: number;
}

const NO_VALUE: Verdict = { by: "no-value", error: Number.NaN, outside: Number.NaN };
const NO_SETPOINT: Verdict = { by: "no-setpoint", error: Number.NaN, outside: Number.NaN };

function verdictOf(rows: ComfortRows, row: number, band: number): Verdict {
  const temperature = rows.temperature[row] as number;
  if (Number.isNaN(temperature)) return NO_VALUE;
  const [heating, cooling] = [rows.heating?.[row] ?? Number.NaN, rows.cooling?.[row] ?? Number.NaN];
  const two = !Number.isNaN(heating) && !Number.isNaN(cooling);
  const single = rows.setpoint?.[row] ?? Number.NaN;
  if (!two && Number.isNaN(single)) return NO_SETPOINT;
  const above = temperature - (two ? cooling : single) - band;
  const below = (two ? heating : single) - temperature - band;
  const outside = above > EDGE ? above : below > EDGE ? -below : 0;
  return { by: two ? "two" : "one", error: temperature - (two ? (heating + cooling) / 2 : single), outside };
}

interface Sums {
  two: number;
  one: number;
  samples: number;
  within: number;
  error: number;
  insideMs: number;
  warmMs: number;
  coldMs: number;
  degreeMs: number;
  noSetpointMs: number;
}

function add(sums: Sums, { by, error, outside }: Verdict, { ms, counts }: { readonly ms: number; readonly counts: boolean }): void {
  if (by === "no-value") return;
  if (by === "no-setpoint") {
    sums.noSetpointMs += ms;
    return;
  }
  if (outside === 0) sums.insideMs += ms;
  else if (outside > 0) sums.warmMs += ms;
  else sums.coldMs += ms;
  sums.degreeMs += Math.abs(outside) * ms;
  sums[by] += 1;
  if (!counts) return;
  sums.samples += 1;
  sums.error += error;
  if (outside === 0) sums.within += 1;
}
