import type { CounterEvent } from "./counter-events.ts";

/**
 * What a register really counted.
 * Shape:   columns of one length, ascending: the readings that stand. Readings of bad quality, blips and what is too new to be judged are left out.
 * Units:   kWh since the first row; never falls.
 */
export interface CounterTruth {
  readonly length: number;
  readonly tMs: Float64Array;
  readonly energyKwh: Float64Array;
  /** QUALITY bits of the reading, and `suspect` where the step up to it was judged. */
  readonly quality: Uint16Array;
  /** Rows up to which nobody knows what was counted since the row before: it is not in `energyKwh`. Ascending. */
  readonly unknown: Uint32Array;
  /** In order of time. */
  readonly events: readonly CounterEvent[];
  /** What the last digit is worth. */
  readonly resolutionKwh: number;
}
