import type { Decimal } from "decimal.js";

/** A real bill as it is printed; what is left out is not compared. Money as decimal text. */
export interface TypedBill {
  /** Local dates: service from, and service to, the day on which the next bill begins. */
  readonly from: string;
  readonly to: string;
  readonly energyKwh?: number;
  readonly billedKw?: number;
  readonly meteredKw?: number;
  readonly total?: string;
  /** Amounts by the plan's names of its lines. */
  readonly lines?: readonly { readonly name: string; readonly amount: string }[];
}

export interface Comparison {
  readonly what: "energy" | "billed-demand" | "metered-demand" | "line" | "total";
  /** Name of the line, or words for the figure. */
  readonly name: string;
  readonly unit: string;
  readonly theirs: Decimal;
  /** Missing: NaN where ours is not known. */
  readonly ours: Decimal;
  /** Theirs less ours. */
  readonly difference: Decimal;
  /** A difference up to it is nothing but rounding. */
  readonly tolerance: Decimal;
  readonly agrees: boolean;
}

/** A likely reason of differences. */
export interface Hint {
  readonly code:
    | "dates-shifted"
    | "excluded-counted"
    | "excluded-not-energy"
    | "factor"
    | "ratchet-left-out"
    | "highest-interval"
    | "rate-or-line"
    | "not-certain"
    | "not-measured";
  readonly sentence: string;
}
