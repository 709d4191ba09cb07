import type { FaultInput } from "./equipment-rows.ts";

/** Names of findings. They are API: added, never renamed. */
export const FINDING_RULES = [
  "cold-zone",
  "hot-zone",
  "poor-flow-tracking",
  "damper-stuck",
  "damper-leak",
  "starved-box",
  "reheat-waste",
  "reheat-leak",
  "simultaneous",
  "short-cycling",
  "discharge-air",
  "fan-disagrees",
  "fan-off",
  "kept-warm-unoccupied",
  "flat-sensor",
  "out-of-range",
  "sentinel",
  "stale",
  "no-setpoint",
] as const;
export type FindingRule = (typeof FINDING_RULES)[number];
export type FindingSeverity = "critical" | "warning" | "note";

/** A number a rule goes by. Temperatures are differences unless `absolute`. */
export interface Threshold {
  readonly value: number;
  /** `%`, `°F`, `cfm`, `min`, `h`; empty for a count. */
  readonly unit: string;
  readonly means: string;
  readonly absolute?: true;
}

/** A rule as data: what it looks for, by which numbers, whose it is, and what it leaves in peace. */
export interface FaultRule {
  /** Unique. */
  readonly key: string;
  /** Name of its findings; two rules may share one, for zones and for air handlers. */
  readonly rule: FindingRule;
  readonly of: "zone" | "air-handler" | "sensor";
  /** A few words for headings and filters. */
  readonly title: string;
  /** One sentence: what is so while the fault is there. */
  readonly looksFor: string;
  readonly needs: readonly FaultInput[];
  /** Taken into account where they are known. */
  readonly uses: readonly FaultInput[];
  readonly thresholds: Readonly<Record<string, Threshold>>;
  /** Time it has to last without a break before it counts. */
  readonly afterMinutes: number;
  /** Share of the judged time, percent, from which on it is of that severity; one that lasts is at least `lasting`. */
  readonly severity: { readonly note: number; readonly warning: number; readonly critical: number; readonly lasting: FindingSeverity };
  /** "ASHRAE Guideline 36-2021, 5.6.6 (low airflow)", "the older system" or "Wattkeep". */
  readonly source: string;
  /** What looks like it and is none. */
  readonly spares: readonly string[];
}

/** What a rule says of the judged time of one piece of equipment. */
export interface FaultFound {
  readonly key: string;
  readonly rule: FindingRule;
  readonly severity: FindingSeverity;
  /** Start of the run that reaches the end of what is known; NaN where it comes and goes. */
  readonly sinceMs: number;
  /** True where it was so in all that was judged: it may have begun before. */
  readonly sinceOrBefore?: true;
  /** Of the judged time, percent; NaN where that says nothing. */
  readonly sharePct: number;
  readonly judgedMs: number;
  readonly faultMs: number;
  /** Longest run without a break. */
  readonly longestMs: number;
  /** What people read, without a time of the clock: "Damper stuck at 22 %". */
  readonly sentence: string;
  /** Numbers of the sentence by name, for those who word it themselves. */
  readonly numbers: Readonly<Record<string, number>>;
  readonly source: string;
}
