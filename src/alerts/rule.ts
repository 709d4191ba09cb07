export const SEVERITIES = ["info", "warning", "critical"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What every rule says. */
interface AnyRule {
  /** Lower case, digits and hyphens; unique. */
  readonly id: string;
  /** What people call it. */
  readonly name: string;
  readonly severity: Severity;
  /** Names of channels; empty for none but the page. */
  readonly channels: readonly string[];
  /** Told again while it lasts, every so many ms; left out, once. */
  readonly repeatMs?: number;
  readonly enabled: boolean;
}

/** Nothing came from a source for a while. */
export interface StaleRule extends AnyRule {
  readonly kind: "stale";
  /** Name of a source, or `*` for each by itself. */
  readonly source: string;
  /** Left out: six times what is usual for it, ten minutes at least. */
  readonly afterMs?: number;
}

/** Fewer readings than usual in a stretch of time. */
export interface ThinningRule extends AnyRule {
  readonly kind: "thinning";
  /** Key of a series, a home as `home/meter`, or `*` for every home by itself. */
  readonly of: string;
  readonly overMs: number;
  /** Fewer than so many. */
  readonly fewerThan: number;
}

/** A value beyond a limit. */
export interface ThresholdRule extends AnyRule {
  readonly kind: "threshold";
  /** Key of a series. */
  readonly series: string;
  readonly above?: number;
  readonly below?: number;
  /** It clears only so far back inside. */
  readonly hysteresis: number;
  /** It has to last so long. */
  readonly forMs: number;
}

/** The running interval will end above a target; once an interval, and what was told stands to the interval's end. */
export interface DemandRule extends AnyRule {
  readonly kind: "demand";
  /** Id of a plant: `site.point`. */
  readonly plant: string;
  /** Left out: the level that raises the bill. */
  readonly targetKw?: number;
  /** Not earlier than this into the interval: a projection of its first minute says little. */
  readonly notBeforeMs: number;
  /** At least so long before its end, or nobody can act on it. */
  readonly leadMs: number;
  /** In a later interval the projection has to fall so far below the target before it is over. */
  readonly hysteresisKw: number;
}

/** A price above or below a limit: of a series of prices. */
export interface PriceRule extends AnyRule {
  readonly kind: "price";
  readonly series: string;
  readonly above?: number;
  readonly below?: number;
  readonly hysteresis: number;
}

/** The newest run of a job failed: the backup, an import, a mirror. */
export interface JobRule extends AnyRule {
  readonly kind: "job";
  /** Name of a job, or `*`. */
  readonly job: string;
}

export const METER_WATCHES = ["leak", "implausible", "due", "calibration"] as const;
export type MeterWatch = (typeof METER_WATCHES)[number];

/** Something about a meter that a person should look at: it never rests, a reading cannot be, it should be read, its calibration ends. */
export interface MeterRule extends AnyRule {
  readonly kind: "meter";
  /** Id of a meter, or `*` for each by itself. */
  readonly meter: string;
  readonly watch: MeterWatch;
  /** For a calibration: told so many days before it ends. */
  readonly withinDays: number;
}

export type Rule = StaleRule | ThinningRule | ThresholdRule | DemandRule | PriceRule | JobRule | MeterRule;
