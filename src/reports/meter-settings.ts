import type { Replacement } from "#analytics/meter-index.ts";
import type { Declared, Series } from "#sites/registry.ts";

export const MEDIA = ["electricity", "gas", "water", "heat", "solar", "other"] as const;
export type Medium = (typeof MEDIA)[number];

/** What a unit of the meter costs from a local date on; exact decimal texts. */
export interface MeterPrice {
  readonly fromDate: string;
  readonly perUnit: string;
  readonly baseFeePerMonth: string;
  readonly from: "file" | "page";
  readonly factId?: number;
}

/** Energy in a cubic metre of gas from a local date on. */
export interface GasConversion {
  /** Left out: from the beginning. */
  readonly fromDate?: string;
  readonly calorificKwhPerM3: number;
  readonly zFactor: number;
  /** What the calorific value counts: with the heat of condensation (gross, what is billed) or without. */
  readonly basis: "gross" | "net";
}

/** Everything that is said about one meter of a site, by the file or on a page, apart from what was measured. */
export interface MeterSettings {
  /** Site and meter with a dot between. */
  readonly id: string;
  readonly site: string;
  /** Name in formulas and periods: letters, digits, `_`, `-`; of a physical meter without another, its point. */
  readonly meter: string;
  readonly name: string;
  readonly description: string;
  readonly medium: Medium;
  /** Flat, floor or whatever people sort by; empty for none. */
  readonly group: string;
  /** Unit of every answer. */
  readonly unit: string;
  readonly what: PhysicalMeter | MasterMeter | VirtualMeter;
  /** Local dates, both days belong to the meter. */
  readonly installedOn?: string;
  readonly removedOn?: string;
  /** Percent per month, January first, as written: it need not sum to 100. */
  readonly pattern?: readonly number[];
  readonly patternFrom?: "file" | "page";
  /** Oldest first. */
  readonly prices: readonly MeterPrice[];
  /** Where the file says so: read-only on the page. */
  readonly declared?: Declared;
  /** The newest row of the page that says so. */
  readonly factId?: number;
  readonly demo: boolean;
}

export interface PhysicalMeter {
  readonly kind: "physical";
  readonly point: string;
  /** Registers and amounts per interval of the point, best rank first. */
  readonly series: readonly Series[];
  readonly serial?: string;
  readonly replacements: readonly (Replacement & { readonly from: "file" | "page"; readonly factId?: number })[];
  /** Allocators: month and day (`12-31`) at whose end the scale starts again. */
  readonly resetsOn?: string;
  readonly modulus?: number;
  readonly mostPerDay?: number;
  /** A person should read it this often; left out: it speaks by itself, or nobody said. */
  readonly readEveryDays?: number;
  /** Local date. */
  readonly calibratedUntil?: string;
}

export interface MasterMeter {
  readonly kind: "master";
  /** In the order of time, as written. */
  readonly periods: readonly MasterPeriod[];
}

export interface MasterPeriod {
  /** Local dates, both inclusive; `toDate` left out: still. */
  readonly fromDate: string;
  readonly toDate?: string;
  /** Their sum; names of meters of the site. */
  readonly sources: readonly string[];
}

export interface VirtualMeter {
  readonly kind: "virtual";
  /** `strom_total - eg_strom - 0.5 * og1_strom`. */
  readonly formula: string;
}

/** The meters of one site and what is said about all of them. */
export interface SiteMeters {
  readonly site: string;
  readonly siteName: string;
  readonly zone: string;
  readonly currency: string;
  /** In the order of the file, then of the page, then as found. */
  readonly meters: readonly MeterSettings[];
  /** Oldest first; empty where nobody said: gas then cannot be told as energy. */
  readonly gas: readonly GasConversion[];
  /** First year that is derived. */
  readonly startYear?: number;
  /** Local dates. */
  readonly holidays: readonly string[];
  /** What is wrong with definitions, in words with the path of a cycle; such meters answer with nothing but that. */
  readonly problems: ReadonlyMap<string, string>;
}
