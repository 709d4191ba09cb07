import type { Column } from "#series/column.ts";

/** Why a sample enters no analysis. A sample is counted under the first that fits. */
export type ExcludedReason = "bad-status" | "not-a-number" | "sentinel" | "out-of-range" | "flat";

/** Samples that enter no analysis, by reason. */
export interface Excluded {
  readonly reason: ExcludedReason;
  readonly samples: number;
  readonly sentence: string;
}

/** What is no reading of a sensor, by its own numbers. Everything in the unit of the column. */
export interface SampleRules {
  /** Values that mean "no value": -250. */
  readonly sentinels?: readonly number[];
  /** Smallest and largest value the thing can have, inclusive. */
  readonly lowest?: number;
  readonly highest?: number;
  /** Longest a polled sensor says the very same; left out for setpoints, commands, states and all that speaks on change. */
  readonly flatMs?: number;
  /** For sentences. */
  readonly unit?: string;
}

/** A column without what is not to be believed. */
export interface CleanColumn {
  /** Of the same rows and quality; NaN in place of what is left out. */
  readonly column: Column;
  /** Those with at least one sample, in the order in which a sample is looked at. */
  readonly excluded: readonly Excluded[];
  /** Samples that count though a person or a program holds the point by hand. */
  readonly overridden: number;
}
