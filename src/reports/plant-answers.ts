import type { Decimal } from "decimal.js";
import type { Bill, DemandBasis, Peak, Period } from "#tariffs/bill.ts";

/** Energy or demand of one period of either basis. */
export type Basis = "billing" | "calendar";

/** Power of now: pulses over the time between them, at least a minute. */
export interface LivePower {
  /** NaN where nothing can be said: no pulses lately, or their value is not known. */
  readonly kw: number;
  /** Half the width of what it can be, from one pulse more or less. */
  readonly plusMinusKw: number;
  /** Time it is a mean of. */
  readonly windowMs: number;
  /** Instant of the newest pulse message; left out where there never was one. */
  readonly tMs?: number;
  readonly ageMs?: number;
  readonly source?: string;
}

/** Power over time, at least a minute per value. Shape: columns of one length. Missing: NaN. */
export interface PowerColumns {
  readonly tMs: Float64Array;
  readonly kw: Float64Array;
  readonly plusMinusKw: Float64Array;
}

/** One interval as a row, for pages, tables and rows of other systems. NaN is missing. */
export interface IntervalRow {
  readonly endMs: number;
  readonly energyKwh: number;
  readonly powerKw: number;
  readonly demandKw: number;
  readonly possibleKw: number;
  readonly pulses: number;
  /** Lifetime register at its end, in kWh. */
  readonly totalKwh: number;
  readonly quality: number;
  readonly coverage: number;
  /** Name of the source it came from; left out where nobody said anything. */
  readonly source?: string;
}

/** What would happen at a level of this interval's demand. */
export interface Level {
  /** `billing`: above it billing demand rises. `highest`: above it this interval is the highest of the period. */
  readonly kind: "billing" | "highest";
  readonly kw: number;
  /** Energy this interval may still use before it is crossed; negative where it is. */
  readonly kwhLeft: number;
  /** The demand one pulse above the level (1 kW where no pulse value is known), and what ending there costs. Left out without a tariff. */
  readonly overKw?: number;
  readonly over?: CrossingCost;
}

/** Cost of letting this interval end where the projection says. */
export interface CrossingCost {
  /** On this period's bill, rate × what billing demand rises. */
  readonly now: Decimal;
  /** Through the ratchet: the most it can cost in each later period, in how many, and what to expect from last year's. */
  readonly laterMost: Decimal;
  readonly laterPeriods: number;
  /** Left out without a year of history. */
  readonly laterExpected?: Decimal;
  /** Rise of billing demand, kW. */
  readonly billingKw: number;
}

/** The interval that runs now. */
export interface RunningInterval {
  readonly startMs: number;
  readonly endMs: number;
  readonly nowMs: number;
  /** Energy so far, NaN where it is not known. */
  readonly energyKwh: number;
  /** Pulses so far; left out where no source counts them. */
  readonly pulses?: number;
  readonly coverage: number;
  /** Mean power so far over the whole interval if nothing more came. */
  readonly soFarKw: number;
  readonly projectedKw: number;
  readonly plusMinusKw: number;
  readonly quality: number;
  readonly levels: readonly Level[];
  /** If it ends as projected. Left out without a tariff. */
  readonly cost?: CrossingCost;
  /** How far the projection of earlier intervals was off at minutes 5 and 10: median and 90th percentile of its error in kW. */
  readonly pastError: readonly { readonly minute: number; readonly medianKw: number; readonly p90Kw: number; readonly intervals: number }[];
  readonly live: LivePower;
  /** Billing demand of the running period so far. */
  readonly demand?: DemandBasis;
}

/** One local day; intervals count to the day they lie in unless asked for by the date of their end. */
export interface Day {
  readonly date: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** Valid energy; NaN where there is none. */
  readonly energyKwh: number;
  readonly peakKw: number;
  readonly peakMs?: number;
  /** Highest that counts as demand. */
  readonly demandKw: number;
  /** Intervals somebody said something about, and how many the day has. */
  readonly count: number;
  readonly expected: number;
  readonly invalid: number;
  readonly excluded: number;
  readonly coverage: number;
}

/** One period with what demand and energy were in it. */
export interface PeriodRow {
  readonly period: Period;
  readonly energyKwh: number;
  readonly peakKw: number;
  readonly peakMs?: number;
  readonly coverage: number;
  readonly loadFactor: number;
  /** Intervals with R17: their energy, and the highest of their powers. */
  readonly excluded: { readonly count: number; readonly energyKwh: number; readonly highestKw: number };
  readonly invalid: { readonly count: number; readonly energyKwh: number };
  /** Demand line of the bill; left out without a tariff. */
  readonly demand?: DemandBasis;
  readonly bill?: Bill;
}

/** Why a period's bill is what it is. */
export interface Explanation {
  readonly row: PeriodRow;
  readonly bill: Bill;
  /** What billing demand costs above what was metered, because of ratchet or minimum. */
  readonly costOfRule: Decimal;
  readonly ratchetPeriod?: Period;
  readonly ratchetPeaks: readonly Peak[];
  /** Money with R17 intervals counted as demand, and without them as it is. */
  readonly withExcluded: { readonly meteredKw: number; readonly billedKw: number; readonly total: Decimal };
  readonly conservation: Conservation;
}

/** The same energy counted four ways. NaN where a register was not sent. */
export interface Conservation {
  readonly registerKwh: number;
  readonly intervalsKwh: number;
  readonly daysKwh: number;
  readonly billedKwh: number;
  /** One register digit × multiplier + one pulse per boundary. */
  readonly toleranceKwh: number;
  readonly holds: boolean;
}

/** Whether the intervals of a range are all there. */
export interface QualityReport {
  readonly fromMs: number;
  readonly toMs: number;
  /** By the clock of the place: 92 quarters on a spring day, 100 on an autumn one. */
  readonly expected: number;
  readonly observed: number;
  /** Runs of missing intervals, half-open, newest last. */
  readonly missing: readonly { readonly fromMs: number; readonly toMs: number; readonly count: number }[];
  readonly missingCount: number;
  readonly invalid: number;
  readonly excluded: number;
  readonly estimated: number;
  readonly recovered: number;
  readonly uncertain: number;
  readonly clockUncertain: number;
  readonly perSource: readonly { readonly source: string; readonly count: number }[];
  /** Grace of each live source, as set or as found out. */
  readonly grace: readonly { readonly source: string; readonly seconds: number; readonly detected: boolean }[];
}

/** The figures of the old dashboard's summary; NaN or undefined is null on the wire. Money is undefined without a tariff. */
export interface Summary {
  readonly currentKw: number;
  readonly currentMs?: number;
  readonly current15sKw: number;
  readonly current15sMs?: number;
  readonly previousKw: number;
  readonly versusPreviousPct: number;
  readonly live5minKw: number;
  readonly versus5minPct: number;
  readonly todayKwh: number;
  readonly todayPeakKw: number;
  readonly todayPeakDemandKw: number;
  readonly monthKwh: number;
  readonly monthEnergyCost?: Decimal;
  readonly yesterdayKwhToTime: number;
  readonly averageDailyKwh30: number;
  readonly monthPacePct: number;
  readonly highest11MonthsKw: number;
  readonly todayOf11MonthsPct: number;
  /** Of the running calendar month and the one before, and of the running billing period. */
  readonly month?: PeriodFigures;
  readonly lastMonth?: PeriodFigures;
  readonly billing?: PeriodFigures;
  readonly lastUpdatedMs?: number;
  readonly costOf100KwYear?: Decimal;
  readonly loadFactor: number;
}

export interface PeriodFigures {
  readonly period: Period;
  readonly energyKwh: number;
  readonly peakKw: number;
  readonly meteredKw: number;
  readonly ratchetFloorKw: number;
  readonly billedKw: number;
  readonly demandCost?: Decimal;
  readonly energyCost?: Decimal;
  readonly total?: Decimal;
}

/** What keeping every interval at or under X kW would have saved in a period. */
export interface CapReport {
  readonly period: Period;
  readonly capKw: number;
  readonly intervals: readonly { readonly endMs: number; readonly kw: number; readonly kwhOver: number }[];
  readonly kwhToMove: number;
  readonly savedNow: Decimal;
  /** Over later periods that are known, through the ratchet. */
  readonly savedLater: Decimal;
  /** How many later periods that is said of. */
  readonly savedLaterPeriods: number;
  readonly meteredKw: number;
  readonly meteredKwCapped: number;
  readonly billedKw: number;
  readonly billedKwCapped: number;
  /** No lower cap saves anything in this period: here another rule holds billing demand. */
  readonly usefulDownToKw: number;
  /** What sets billing demand under the cap. */
  readonly heldBy: DemandBasis["rule"];
}

/** A real bill, typed from paper. Dates are local; the last day is the day after the service ends. */
export interface TypedBill {
  readonly fromDate: string;
  readonly toDate: string;
  readonly energyKwh?: number;
  readonly billedKw?: number;
  readonly meteredKw?: number;
  readonly total?: string;
  readonly lines?: readonly { readonly name: string; readonly amount: string }[];
}

export interface BillCheck {
  readonly ours: Bill;
  readonly rows: readonly {
    readonly name: string;
    readonly unit: string;
    readonly typed: string;
    readonly ours: string;
    readonly difference: string;
    readonly agrees: boolean;
    /** What could be the reason, in words. */
    readonly hint?: string;
  }[];
  /** Likely reasons, the best first. */
  readonly hints: readonly string[];
}

/** What became different between two states of knowledge. */
export interface Difference {
  readonly range: { readonly fromMs: number; readonly toMs: number };
  readonly changed: readonly {
    readonly endMs: number;
    readonly before: IntervalRow;
    readonly after: IntervalRow;
  }[];
  readonly energyKwh: { readonly before: number; readonly after: number };
  readonly peak: { readonly before?: Peak; readonly after?: Peak };
  /** Every period whose bill changed, also later ones through the ratchet. */
  readonly bills: readonly {
    readonly period: Period;
    readonly billedKw: { readonly before: number; readonly after: number };
    readonly total: { readonly before: Decimal; readonly after: Decimal };
  }[];
}
