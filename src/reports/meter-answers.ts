import type { Decimal } from "decimal.js";
import type { MeterAnomaly } from "#analytics/meter-anomaly.ts";
import type { MeterConsumption } from "#analytics/meter-consumption.ts";
import type { MeterEvent } from "#analytics/meter-index.ts";
import type { MeterSettings } from "./meter-settings.ts";

/** `live` speaks as usual; `due` should be read; `silent` stopped speaking; `implausible` has an event nobody decided; `ended` was removed; `waiting` has no reading yet; `broken` cannot be derived. */
export const STANDINGS = ["live", "due", "silent", "implausible", "ended", "waiting", "broken"] as const;
export type Standing = (typeof STANDINGS)[number];

/** What is known of a stretch of a meter. Units: the meter's. Missing: NaN. */
export interface MeterFigure {
  readonly fromMs: number;
  readonly toMs: number;
  readonly amount: number;
  readonly measured: number;
  readonly missingMs: number;
  readonly flags: number;
  readonly cost?: Decimal;
}

/** A meter in the list. */
export interface MeterSummary {
  readonly settings: MeterSettings;
  readonly standing: Standing;
  /** Why, in words; empty for `live`. */
  readonly because: string;
  /** The newest reading that counts. */
  readonly lastMs?: number;
  readonly lastValue?: number;
  readonly dueMs?: number;
  /** Usual distance of its readings. */
  readonly everyMs: number;
  readonly readings: number;
  readonly thisMonth: MeterFigure;
  /** The same days of the month a year before; NaN without. */
  readonly yearBefore: MeterFigure;
  readonly thisYear: MeterFigure;
  /** The last twelve whole months, oldest first. */
  readonly months: readonly MeterFigure[];
  readonly openEvents: number;
  readonly openAnomalies: number;
  /** Days until the calibration ends; NaN where nobody said. */
  readonly calibrationDays: number;
}

/** How well a meter was read. */
export interface MeterCoverage {
  readonly readings: number;
  readonly firstMs?: number;
  readonly lastMs?: number;
  /** Local days that hold a reading, of all days between its first and last. */
  readonly daysRead: number;
  readonly days: number;
  readonly largestGapMs: number;
  readonly medianGapMs: number;
  /** Before the first and behind the last reading. */
  readonly extendedBackMs: number;
  readonly extendedForwardMs: number;
}

export interface MeterDetail extends MeterSummary {
  readonly coverage: MeterCoverage;
  /** Newest first. */
  readonly events: readonly MeterEvent[];
  /** Percent per month as used, sums to 100; NaN twelve times where it is spread evenly. */
  readonly pattern: readonly number[];
  readonly patternFrom: "file" | "page" | "learned" | "none";
  /** What the written pattern sums to. */
  readonly patternSum: number;
  /** Least flow: what it uses when nobody does anything, per hour; NaN where readings are too rare. */
  readonly baseLoadPerHour: number;
  /** What is not known to make it better, in words. */
  readonly needs: readonly string[];
  /** Meters it is made of, and those made of it. */
  readonly parts: readonly string[];
  readonly partOf: readonly string[];
}

/** `by` interval is the spacing of the readings themselves, at least a minute. */
export const GRIDS = ["interval", "hour", "day", "month", "year"] as const;
export type Grid = (typeof GRIDS)[number];

export interface ConsumptionAnswer {
  readonly unit: string;
  readonly by: Grid;
  readonly rows: MeterConsumption;
  /** What the dial showed or would have shown at each edge; NaN for a virtual meter and where nobody knows. */
  readonly register: Float64Array;
  /** One per row; undefined where there is no price. */
  readonly cost: readonly (Decimal | undefined)[];
  /** Of the whole range by itself, not by adding rows. */
  readonly total: MeterFigure;
}

export interface ReadingRow {
  readonly tMs: number;
  readonly value: number;
  readonly unit: string;
  readonly quality: number;
  readonly source: string;
  /** Key of the series it belongs to: corrections name it. */
  readonly series: string;
  /** Whether numbers use it, and why not. */
  readonly counts: boolean;
  readonly because: string;
  /** Used since the reading before; NaN for the first. */
  readonly since: number;
  /** What was stored where a person corrected it. */
  readonly raw?: number;
  readonly correctionId?: number;
}

/** How a number was made. */
export interface Lineage {
  readonly meter: string;
  readonly name: string;
  readonly unit: string;
  readonly figure: MeterFigure;
  /** In the order they apply: "12 readings from influx, the first 1 Jan 08:10, the last …", "spread by the months of …", "× 10.2213 kWh per m³". */
  readonly rules: readonly string[];
  /** Readings at both ends and inside; at most 50. */
  readonly readings: readonly ReadingRow[];
  readonly readingCount: number;
  /** Sign and factor of each part, and the part's own lineage. */
  readonly parts: readonly { readonly factor: number; readonly lineage: Lineage }[];
}

export interface AnomalyRow extends MeterAnomaly {
  readonly meter: string;
  readonly name: string;
  readonly unit: string;
  readonly dismissed?: { readonly why: string; readonly who: string; readonly madeMs: number; readonly factId: number };
}

/** What a reading at an instant would be expected to show. */
export interface Expectation {
  readonly tMs: number;
  readonly lastMs?: number;
  readonly lastValue?: number;
  readonly expected: number;
  readonly low: number;
  readonly high: number;
  readonly sentence: string;
}

/** Habits of a meter over a range. Missing: NaN. */
export interface MeterProfile {
  /** Days × slots of the clock: amount per slot; empty where readings are rarer than hourly. */
  readonly heat: { readonly dayMs: Float64Array; readonly slots: number; readonly amount: Float32Array };
  /** Mean per hour of the clock on Monday to Friday, Saturday, Sunday and holidays: 24 each. */
  readonly hours: { readonly workday: readonly number[]; readonly saturday: readonly number[]; readonly sunday: readonly number[] };
  /** Months by year: 12 figures per year, oldest year first. */
  readonly years: readonly { readonly year: number; readonly months: readonly MeterFigure[] }[];
  readonly baseLoadPerHour: number;
}
