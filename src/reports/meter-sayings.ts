import type { Declared } from "#sites/registry.ts";
import type { GasConversion, MasterPeriod, Medium } from "./meter-settings.ts";

/** What is said about one meter, by the file or on a page; what is left out is found out. */
export interface MeterSaying {
  /** Its name in formulas. */
  readonly meter: string;
  readonly name?: string;
  readonly description?: string;
  readonly medium?: Medium;
  readonly group?: string;
  readonly unit?: string;
  /** Of a physical meter; left out, a point of its name. */
  readonly point?: string;
  /** With these it is a master. */
  readonly periods?: readonly MasterPeriod[];
  /** With this it is virtual. */
  readonly formula?: string;
  /** Local dates, both days belong to the meter. */
  readonly installedOn?: string;
  readonly removedOn?: string;
  readonly serial?: string;
  readonly pattern?: readonly number[];
  readonly readEveryDays?: number;
  readonly resetsOn?: string;
  readonly calibratedUntil?: string;
  readonly modulus?: number;
  readonly mostPerDay?: number;
}

/** What the file says beyond that. */
export interface DeclaredMeter extends MeterSaying {
  readonly replacements?: readonly {
    readonly tMs: number;
    readonly lastReading?: number;
    readonly firstReading?: number;
    readonly serial?: string;
  }[];
  readonly prices?: readonly { readonly fromDate: string; readonly perUnit: string; readonly baseFeePerMonth: string }[];
  readonly declared?: Declared;
}

/** A site as far as its meters go, without what pages and messages say. */
export interface MeterSite {
  readonly site: string;
  readonly siteName: string;
  readonly zone: string;
  readonly currency: string;
  /** In the order of the file. */
  readonly meters: readonly DeclaredMeter[];
  /** Oldest first. */
  readonly gas: readonly GasConversion[];
  readonly startYear?: number;
  /** Local dates. */
  readonly holidays: readonly string[];
  /** Whether anomalies of the original's simple rule are told without being asked for. */
  readonly simpleAnomalies?: boolean;
  /** Sources whose readings count more at one instant come later; those not listed count least. */
  readonly ranked: readonly string[];
  /** Sources that read dials: any register of theirs is a meter. */
  readonly dialSources: ReadonlySet<string>;
}
