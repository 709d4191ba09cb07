import { differenceConversion } from "#units/unit.ts";
import type { TimeRange } from "./interval-grid.ts";
import { membership } from "./time-spans.ts";

/** How far airflow may be from its setpoint: the larger of the two. */
export interface FlowTolerance {
  /** Of the setpoint. */
  readonly percent: number;
  /** In the unit of the flow. */
  readonly absolute: number;
}

/**
 * Airflow of one box with the setpoint that holds at each sample, in one unit.
 * Shape:   ascending, all as long as `tMs`. Missing: NaN.
 */
export interface AirflowRows {
  readonly tMs: Float64Array;
  readonly flow: Float64Array;
  readonly setpoint?: Float64Array;
}

export interface AirflowOptions {
  readonly tolerance: FlowTolerance;
  readonly unit: string;
  /** Samples outside are not judged: the range, or when the air handler ran. */
  readonly within: readonly TimeRange[];
}

/** Airflow against its setpoint. NaN where unknown. */
export interface Airflow {
  /** Samples that were judged. */
  readonly samples: number;
  readonly withinPct: number;
  /** Signed. */
  readonly meanError: number;
  /** Mean distance in percent of the setpoint, unsigned, over samples whose setpoint is not 0. */
  readonly meanErrorPct: number;
  readonly unit: string;
  readonly tolerance: FlowTolerance;
}

/** Conversions may not decide at an edge. */
const HAIR = 1e-9;
/** A box's own sensor is good for so much of its largest airflow. */
const BOX_PERCENT = 5;

/**
 * How far airflow may be from its setpoint. The absolute part is a share of the box's largest airflow where that is known, and what the
 * settings say elsewhere.
 * Units:   `maxFlow` and the answer are in `unit`; a flow without a unit is taken for cfm, one that is no flow has no absolute part.
 */
export function flowTolerance(
  { percent, absoluteCfm }: { readonly percent: number; readonly absoluteCfm: number },
  unit: string,
  { maxFlow = Number.NaN }: { readonly maxFlow?: number } = {},
): FlowTolerance {
  if (maxFlow > 0) return { percent, absolute: (BOX_PERCENT / 100) * maxFlow };
  const convert = differenceConversion("cfm", unit === "" ? "cfm" : unit);
  return { percent, absolute: convert ? convert(absoluteCfm) : 0 };
}

/** How well the airflow of a box follows what is wanted of it. */
export function airflowOf({ tMs, flow, setpoint }: AirflowRows, { tolerance, unit, within }: AirflowOptions): Airflow {
  const inside = membership(tMs, within);
  const sums = { samples: 0, within: 0, error: 0, pct: 0, withPct: 0 };
  for (let row = 0; row < tMs.length; row += 1) {
    const wanted = setpoint?.[row] ?? Number.NaN;
    const error = (flow[row] as number) - wanted;
    if (inside[row] === 0 || Number.isNaN(error)) continue;
    const allowed = Math.max(tolerance.absolute, (tolerance.percent / 100) * Math.abs(wanted));
    sums.samples += 1;
    sums.error += error;
    if (Math.abs(error) <= allowed * (1 + HAIR)) sums.within += 1;
    if (wanted === 0) continue;
    sums.pct += Math.abs(error / wanted) * 100;
    sums.withPct += 1;
  }
  return {
    samples: sums.samples,
    withinPct: (100 * sums.within) / sums.samples,
    meanError: sums.error / sums.samples,
    meanErrorPct: sums.pct / sums.withPct,
    unit,
    tolerance,
  };
}
