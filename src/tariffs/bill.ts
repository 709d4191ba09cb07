import type { Decimal } from "decimal.js";

/** Half-open in time. */
export interface Period {
  readonly fromMs: number;
  readonly toMs: number;
  /** Local date of its first day. */
  readonly name: string;
  /** Its end is not over yet, or its read date is only predicted. */
  readonly open?: boolean;
  readonly predicted?: boolean;
}

/** One line of a bill. */
export interface BillLine {
  /** The name the plan gives it. */
  readonly name: string;
  readonly kind: "fixed" | "energy" | "feed-in" | "demand" | "reactive" | "percent" | "minimum" | "credit";
  readonly quantity: Decimal;
  /** `kWh`, `kW`, `kvarh`, `month`, `day`; for `%` the quantity is the money that the rate is a percentage of. */
  readonly unit: string;
  readonly rate: Decimal;
  /** Rounded as the plan states. */
  readonly amount: Decimal;
  readonly unrounded: Decimal;
  /** Where the plan says so, in the words of the tariff sheet. */
  readonly clause?: string;
  /** Ends of the intervals that set the quantity: the peaks of a demand line; left out where it is all of the period. */
  readonly intervalsMs?: readonly number[];
  /** Share of the period's time that was measured. */
  readonly coverage: number;
  /** What set a demand line's quantity. */
  readonly demand?: DemandBasis;
  /** Where the line is not about the whole period: the part of it, half-open, that a change of versions left to it. */
  readonly part?: { readonly fromMs: number; readonly toMs: number };
  /** Where the line is about some of the time only: bands of the schedule. */
  readonly bands?: readonly string[];
}

/** Why billing demand is what it is. */
export interface DemandBasis {
  readonly rule: "metered" | "ratchet" | "minimum" | "none";
  readonly billedKw: number;
  readonly meteredKw: number;
  readonly ratchetKw: number;
  readonly minimumKw: number;
  /** The intervals that set the metered demand, highest first, and the next one below them. */
  readonly peaks: readonly Peak[];
  readonly next?: Peak;
  /** The period whose demand set the ratchet, by the instant it begins, and the first period in which it no longer counts. */
  readonly ratchetFromMs?: number;
  readonly ratchetUntilMs?: number;
  /** Metered demand lies between these where intervals are not certain. */
  readonly uncertain?: { readonly lowKw: number; readonly highKw: number };
  /** Billing demand if every uncertain interval, also of the periods the ratchet looks back at, was as high as it can have been. */
  readonly billedHighKw?: number;
  /** As if the intervals that R17 leaves out counted in this period: left out where there are none. */
  readonly withExcluded?: {
    /** Intervals left out. */
    readonly count: number;
    /** Highest of them. */
    readonly highestKw: number;
    readonly meteredKw: number;
    readonly billedKw: number;
    /** Amount of the line. */
    readonly amount: Decimal;
  };
  /** What the line costs because billing demand is above metered demand. */
  readonly costOfRule: Decimal;
}

export interface Peak {
  readonly tMs: number;
  readonly kw: number;
}

export interface Bill {
  readonly period: Period;
  readonly planName: string;
  readonly planVersion: string;
  readonly currency: string;
  readonly lines: readonly BillLine[];
  readonly total: Decimal;
  /** NaN where nothing is known. */
  readonly energyKwh: number;
  readonly coverage: number;
  /** Share of the energy that was filled, recovered after a silence or taken from the register, 0 to 1. */
  readonly estimated: number;
  /** Total as if the intervals that R17 leaves out of demand counted in this period; left out where there are none. */
  readonly totalWithExcluded?: Decimal;
  /** In words: what is estimated, missing, not certain. */
  readonly remarks: readonly string[];
}
