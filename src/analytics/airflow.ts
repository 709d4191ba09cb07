import type { TimeRange } from "./interval-grid.ts";

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
  /** Mean distance in percent of the setpoint, over samples whose setpoint is not 0. */
  readonly meanErrorPct: number;
  readonly unit: string;
  readonly tolerance: FlowTolerance;
}
