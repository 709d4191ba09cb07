/**
 * What a register counted, from its first reading that counts: readings with replacements, resets and typos accounted for.
 * Shape:   columns of one length, strictly ascending in time, one row per reading that counts, and one where a replacement or a
 *          reset was stated: its register is what the new device showed first.
 * Units:   `total` in the meter's own unit, 0 at the first row, never falls; `register` is what the dial showed.
 */
export interface MeterIndex {
  readonly tMs: Float64Array;
  readonly total: Float64Array;
  readonly register: Float64Array;
  /** What the step that ends at a row is: bits of STEP. */
  readonly step: Uint8Array;
}

/**
 * `unknown`: nobody knows what was used since the row before (an undecided fall); the total stands still there.
 * `estimated`: nobody wrote down what a device showed last or first; the usual rate stands for it.
 * `extended`: no reading bounds it, the usual rate carries it on. `leftOut`: a reading between was left out.
 * `amount`: told by an amount per interval, not by a reading; the register is what the dial would show, NaN where nobody knows.
 */
export const STEP = {
  unknown: 1,
  replaced: 2,
  reset: 4,
  estimated: 8,
  corrected: 16,
  extended: 32,
  leftOut: 64,
  amount: 128,
} as const;

/** A device that was changed: what the old one showed last and the new one first. Left out: nobody wrote it down. */
export interface Replacement {
  readonly tMs: number;
  readonly lastReading?: number;
  readonly firstReading?: number;
  readonly serial?: string;
}

/** What a person can say about an event: it is so; the reading is wrong; the device was changed; the register was set back or rolled over. */
export const METER_DECISIONS = ["real", "typo", "replacement", "reset", "rollover"] as const;
export type MeterDecision = (typeof METER_DECISIONS)[number];

/** What is said about a register beside its readings. */
export interface RegisterRules {
  /** Ascending. */
  readonly replacements: readonly Replacement[];
  /** By the id of an event. */
  readonly decisions: ReadonlyMap<string, MeterDecision>;
  /** Ascending instants at which an allocator starts again at zero by design. */
  readonly resetsMs: readonly number[];
  /** The register starts again at zero above this. */
  readonly modulus?: number;
  /** More than this in a day is no consumption, in the meter's unit; left out, what the meter's own past says. */
  readonly mostPerDay?: number;
  /**
   * The first instant of the next local day: what a meter uses in a day is then learned from the first reading of one to that of
   * another, and is the same from all readings as from the first and last of each day. Left out: wherever a day has passed.
   */
  readonly dayEndMs?: (tMs: number) => number;
}

/** What readings did that is no consumption, or not certainly. The reading stays; `counts` says whether numbers use it. */
export interface MeterEvent {
  /** Of kind and instant: the same as long as the readings are. */
  readonly id: string;
  readonly kind: "typo" | "fall" | "replacement" | "reset" | "rollover" | "implausible" | "disagreement";
  readonly tMs: number;
  /** NaN where nobody wrote it down. */
  readonly before: number;
  readonly value: number;
  readonly counts: boolean;
  /** Somebody should decide. */
  readonly open: boolean;
  readonly decision?: MeterDecision;
  /** What happened and what to do, in words. */
  readonly sentence: string;
}

/** Readings as they count, and what was strange about them. */
export interface JudgedReadings {
  readonly index: MeterIndex;
  /** Ascending. */
  readonly events: readonly MeterEvent[];
}
