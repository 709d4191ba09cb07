/**
 * What was used between neighbouring edges.
 * Shape:   `edgesMs` ascending; the other columns have one row less, row i is [edgesMs[i], edgesMs[i + 1]).
 * Units:   the unit asked for; time in milliseconds.
 * Missing: NaN in `amount` where nothing is known of a row; otherwise what is known of it, with `missingMs` above 0.
 */
export interface MeterConsumption {
  readonly edgesMs: Float64Array;
  readonly amount: Float64Array;
  /** The part of the amount that lies between two readings within the row: no rule had a say in it. The rest is filled. */
  readonly measured: Float64Array;
  /** Time of the row of which nobody knows what was used. */
  readonly missingMs: Float64Array;
  /** Bits of CONSUMED. */
  readonly flags: Uint16Array;
}

/** Rows between edges of which nothing is said yet: 0 used, nothing missing. */
export function blankRows(edgesMs: Float64Array): MeterConsumption {
  const rows = Math.max(0, edgesMs.length - 1);
  return {
    edgesMs,
    amount: new Float64Array(rows),
    measured: new Float64Array(rows),
    missingMs: new Float64Array(rows),
    flags: new Uint16Array(rows),
  };
}

/** What is remarkable about a row; added, never renumbered. */
export const CONSUMED = {
  /** Part of it was spread between readings by a rule. */
  filled: 1,
  /** Part of it lies before the first or behind the last reading. */
  extended: 2,
  /** A part is missing: the amount is less than what was used. */
  incomplete: 4,
  /** A difference of meters below zero: one of them is wrong. */
  belowZero: 8,
  replaced: 16,
  reset: 32,
  /** A reading within was left out as implausible. */
  leftOut: 64,
  /** A person corrected a reading within. */
  corrected: 128,
} as const;

/** Weight of time: consumption that nobody measured is spread by it. Grows with time, in units that do not matter. */
export interface Pace {
  at(tMs: number): number;
  /** In words: "by the months of gas_total", "evenly". */
  readonly name: string;
}
