import type { Airflow } from "#analytics/airflow.ts";
import type { Excluded } from "#analytics/clean-column.ts";
import type { Comfort } from "#analytics/comfort.ts";
import type { FindingRule, FindingSeverity } from "#analytics/fault-rule.ts";
import type { HealthAnswer } from "#analytics/zone-health.ts";
import type { Equipment, PointGuess } from "#buildings/model.ts";
import type { Role } from "#buildings/role.ts";
import type { Column } from "#series/column.ts";
import type { PairingHow } from "#series/pairing.ts";
import type { Range } from "#store/store.ts";
import type { PeakQuarter } from "./peak-day-curve.ts";

/** How two columns were brought together, and what that cost. */
export interface PairingTold {
  readonly role: Role;
  readonly series: string;
  /** `nearest` for points that are polled, `carried` for those that speak on change, `interval` carried no longer than an interval or two. */
  readonly how: PairingHow;
  readonly because: string;
  /** Samples of the temperature (or flow) that found no partner, and samples left out for what they say of themselves. */
  readonly unpaired: number;
  readonly excluded: readonly Excluded[];
}

/** Comfort over occupied hours in which the air handler ran, in the sender's unit. */
export type ComfortAnswer = Comfort;

/** Airflow against its setpoint. */
export type AirflowAnswer = Airflow;

/** Something worth a look, with the numbers it rests on. */
export interface Finding {
  readonly rule: FindingRule;
  readonly severity: FindingSeverity;
  /** Id of the equipment. */
  readonly equipment: string;
  readonly point?: string;
  /** Since when it lasts; NaN where it comes and goes. */
  readonly sinceMs: number;
  /** True where it was so in all that was judged: it may have begun before. */
  readonly sinceOrBefore: boolean;
  /** How much of the judged time, percent; NaN where that says nothing. */
  readonly sharePct: number;
  /** "Damper full open, gets half its air". */
  readonly sentence: string;
  /** Where the rule comes from: "ASHRAE Guideline 36-2021, 5.6.6 …" or whose it is. */
  readonly source: string;
}

/** One value now. */
export interface PointNow {
  readonly role: Role;
  readonly point: string;
  readonly series: string;
  readonly value: number;
  /** Text of a state; empty for numbers. */
  readonly text: string;
  readonly unit: string;
  readonly tMs: number;
  /** The sender's text, verbatim. */
  readonly status: string;
  readonly bad: boolean;
  readonly overridden: boolean;
}

export type ZoneStanding = "inside" | "above" | "below" | "no-setpoint" | "flat" | "bad" | "silent";

/** A zone as it is now and as the range was. */
export interface ZoneRow {
  readonly zone: Equipment;
  readonly standing: ZoneStanding;
  /** How far outside the band, signed; 0 inside; NaN unknown. */
  readonly outsideBy: number;
  readonly sinceMs: number;
  readonly now: ReadonlyMap<Role, PointNow>;
  /** Of what it is compared with now; NaN unknown. */
  readonly low: number;
  readonly high: number;
  readonly unit: string;
  readonly comfort: ComfortAnswer;
  /** Of the last occupied hours, while the building is closed. */
  readonly lastComfort?: ComfortAnswer | undefined;
  readonly airflow: AirflowAnswer;
  readonly health: HealthAnswer;
  readonly findings: readonly Finding[];
  /** Space temperature of the last 24 hours, every 15 minutes. */
  readonly spark: {
    readonly fromMs: number;
    readonly stepMs: number;
    readonly value: Float64Array;
    /** What it was compared with, each until the next; empty where no setpoint was known all day. */
    readonly bands: readonly SparkBand[];
  };
}

/** What a zone was compared with from an instant on: setpoints with the margin; NaN while they were unknown. */
export interface SparkBand {
  readonly fromMs: number;
  readonly low: number;
  readonly high: number;
}

export interface BuildingNow {
  readonly nowMs: number;
  readonly range: Range;
  readonly occupiedNow: boolean;
  /** "40 of 48 zones are inside their band; VAV 3-07 is worst, 4.1 °F above it since 09:40." */
  readonly sentence: string;
  readonly newestMs: number;
  /** Worst first. */
  readonly zones: readonly ZoneRow[];
  readonly airHandlers: readonly AirHandlerRow[];
  /** Time-weighted over all zones. */
  readonly comfortPct: number;
  /** The last occupied hours of a building that is closed now, a day at most. */
  readonly lastOpen?: Range & { readonly comfortPct: number };
  readonly counts: Readonly<Record<ZoneStanding, number>>;
  readonly overrides: number;
  readonly stopped: number;
}

export interface AirHandlerRow {
  readonly equipment: Equipment;
  readonly zones: readonly string[];
  readonly running: boolean | undefined;
  readonly now: ReadonlyMap<Role, PointNow>;
  readonly comfortPct: number;
  readonly findings: readonly Finding[];
  /** Starts and running time within the range. */
  readonly starts: number;
  readonly runMs: number;
}

export interface ZoneDetail extends ZoneRow {
  readonly range: Range;
  /** Clean columns as they are drawn: bad samples NaN. */
  readonly columns: ReadonlyMap<
    Role,
    { readonly series: string; readonly unit: string; readonly column: Column; readonly changeOfValue: boolean }
  >;
  readonly occupied: readonly Range[];
  readonly warmUp: readonly Range[];
  /** When its air handler ran; undefined where nobody knows. */
  readonly airHandlerRan?: readonly Range[];
  readonly pairings: readonly PairingTold[];
  readonly points: readonly PointGuess[];
}

export interface OverrideRow {
  readonly equipment?: string;
  readonly point: string;
  readonly name: string;
  readonly sinceMs: number;
  /** True where the first sample known was overridden already. */
  readonly sinceOrBefore: boolean;
  readonly untilMs?: number;
  readonly value: number;
  readonly text: string;
  readonly unit: string;
  readonly status: string;
}

export interface StoppedRow {
  readonly equipment?: string;
  readonly role?: Role;
  readonly point: string;
  readonly name: string;
  readonly series: string;
  readonly lastMs: number;
  readonly usualMs: number;
  readonly why: "silent" | "station-silent" | "flat" | "sentinel" | "bad-status" | "never-spoke";
  readonly sentence: string;
}

/** One series at an interval against the same time of similar days. */
export interface PeakMover {
  readonly series: string;
  readonly point: string;
  readonly name: string;
  readonly equipment?: string;
  readonly role?: Role;
  readonly unit: string;
  /** Mean within the interval, and of the similar days at the same time: median and quartiles. NaN unknown. */
  readonly value: number;
  readonly usual: number;
  readonly low: number;
  readonly high: number;
  /** How unusual, in robust deviations; signed. */
  readonly score: number;
  /** For power in kW: share of what was above usual at the whole. NaN for others. */
  readonly sharePct: number;
  readonly sentence: string;
}

export interface PeakAnswer {
  readonly range: Range;
  /** The point whose peak it is. */
  readonly of: { readonly point: string; readonly name: string; readonly valueKw: number; readonly usualKw: number };
  /** Points whose peaks can be asked about, `site/point`. */
  readonly choices: readonly { readonly point: string; readonly name: string }[];
  /** The highest of the last 30 days, one a day. */
  readonly peaks: readonly (Range & { readonly kw: number })[];
  readonly sentence: string;
  readonly outdoor: { readonly value: number; readonly unit: string } | undefined;
  readonly similarDays: readonly { readonly date: string; readonly outdoor: number; readonly kw: number }[];
  /** Why those and how many were looked at. */
  readonly method: string;
  /** The most unusual first. */
  readonly movers: readonly PeakMover[];
  readonly comfort: { readonly withinPct: number; readonly usualWithinPct: number; readonly zonesOutside: readonly string[] };
  /** The local day of the interval by quarter-hours, beside the days alike. */
  readonly curve: readonly PeakQuarter[];
}
