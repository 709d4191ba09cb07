import type { Column } from "#series/column.ts";
import { goodRows } from "#series/good-rows.ts";
import { seedPairs } from "./seed-pairs.ts";

/** The older system's tracking of an airflow. NaN where there is nothing to tell it from. */
export interface SeedFlowTracking {
  readonly samples: number;
  readonly withinPct: number;
  /** Signed. */
  readonly meanError: number;
  /** Mean distance in percent of the setpoint, over samples whose setpoint is not 0. */
  readonly meanErrorPct: number;
}

export interface SeedFlowOptions {
  /** Tolerance in percent of the setpoint. */
  readonly percent: number;
  /** The least tolerance, in the unit of the flow; none unless said. */
  readonly absolute?: number;
  /** 30 s unless said. */
  readonly toleranceMs?: number;
}

/**
 * Airflow against its setpoint as the older system reckons it: each with the setpoint nearest to it, inside is no further from it than
 * the larger of the two tolerances.
 * Missing: without a setpoint's history the samples are all of the flow, and the rest is NaN.
 */
export function seedFlowTracking(flow: Column, setpoint: Column | undefined, options: SeedFlowOptions): SeedFlowTracking {
  const { percent, absolute = 0, toleranceMs } = options;
  if (setpoint === undefined) {
    return { samples: goodRows(flow).length, withinPct: Number.NaN, meanError: Number.NaN, meanErrorPct: Number.NaN };
  }
  const { value, partner } = seedPairs(flow, setpoint, toleranceMs);
  const sums = { within: 0, error: 0, pct: 0, withPct: 0 };
  for (let row = 0; row < value.length; row += 1) {
    const wanted = partner[row] as number;
    const error = (value[row] as number) - wanted;
    sums.error += error;
    if (Math.abs(error) <= Math.max(absolute, (percent / 100) * Math.abs(wanted))) sums.within += 1;
    if (wanted === 0) continue;
    sums.pct += Math.abs(error / wanted) * 100;
    sums.withPct += 1;
  }
  const samples = value.length;
  return {
    samples,
    withinPct: (100 * sums.within) / samples,
    meanError: sums.error / samples,
    meanErrorPct: sums.pct / sums.withPct,
  };
}
