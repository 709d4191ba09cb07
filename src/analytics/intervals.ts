/**
 * Energy per demand interval of one point, after the ladder: what analyses, bills and pages are made of.
 * Shape:   columns of one length, ascending; row i is the interval [tMs[i] - lengthMs, tMs[i]). Every interval of the range
 *          that was asked for has a row, also one nobody said anything about.
 * Units:   kWh and kW.
 * Missing: NaN. `energyKwh` is NaN where nothing is known; `demandKw` is NaN where an interval has no demand that could be
 *          billed (excluded, invalid, energy only estimated or recovered).
 */
export interface Intervals {
  readonly lengthMs: number;
  /** Ends of the intervals. */
  readonly tMs: Float64Array;
  readonly energyKwh: Float64Array;
  /** Mean power that counts as demand. */
  readonly demandKw: Float64Array;
  /** Mean power whether it counts or not: energy over time. */
  readonly powerKw: Float64Array;
  /** Highest demand this interval can have had where it is not certain (pulses came back after a silence), else NaN. */
  readonly possibleKw: Float64Array;
  /** QUALITY bits of everything in the interval, OR-ed. */
  readonly quality: Uint16Array;
  /** Share of the interval that was observed, 0 to 1. */
  readonly coverage: Float32Array;
  /** Pulses, where a layer counts them; NaN elsewhere. */
  readonly pulses: Float64Array;
  /** Which of `layers` each interval came from; 255 where none. */
  readonly layer: Uint8Array;
  /** Sources in order of rank, the lowest first. */
  readonly layers: readonly string[];
}
