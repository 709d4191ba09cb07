/** A value against those of similar days at the same time. NaN unknown. */
export interface Deviation {
  readonly value: number;
  /** Median and quartiles of the similar days. */
  readonly usual: number;
  readonly low: number;
  readonly high: number;
  /** Similar days that know it. */
  readonly days: number;
  /** Robust deviations, signed. */
  readonly score: number;
  /** Share of what the whole was above usual, percent; NaN where it is no part of the whole or the whole was not above usual. */
  readonly sharePct: number;
}

/** One series in the interval, and at the same local time of each similar day. */
export interface DeviationOf {
  readonly value: number;
  readonly usual: ArrayLike<number>;
  /** Smallest step the series can make, in its unit: see `resolutionOf`. Left out: told from the numbers themselves. */
  readonly resolution?: number;
  /** True for what the whole is made of, in the whole's unit (kW). */
  readonly partOfWhole?: boolean;
}
