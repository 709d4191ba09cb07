import type { Silence } from "#series/silence.ts";
import type { TimeRange } from "./interval-grid.ts";

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
  /** What most samples were judged by. */
  readonly by: "two-setpoints" | "one-setpoint" | "none";
  /** Occupied time that was not judged, and warm-up, which is none. */
  readonly notJudged: readonly { readonly why: "warm-up" | "air-handler-off" | "no-value" | "no-setpoint"; readonly ms: number }[];
}
