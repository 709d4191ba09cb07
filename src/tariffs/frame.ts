import type { Intervals } from "#analytics/intervals.ts";
import { dateStart } from "#calendar/local-text.ts";
import type { BillingPeriod, Periods } from "#calendar/periods.ts";
import { type Energy, energyOf } from "./energy.ts";
import { type Mask, Masks } from "./masks.ts";
import { type DemandColumns, demandColumns, isExcluded, type Rows } from "./peaks.ts";
import type { PeakRule, Plan, PlanVersion, When } from "./plan.ts";

export interface BillingOptions {
  /** How time is cut, and by which clock. */
  readonly periods: Periods;
  readonly nowMs: number;
  /** Dates of the place's holidays, beside those of the plan. */
  readonly holidays?: readonly string[];
  /** Reactive energy of each interval, NaN where it is not known. */
  readonly reactiveKvarh?: Float64Array;
  /** Energy that was sold, as intervals of its own; left out where nobody counts it. */
  readonly exported?: Intervals;
  /** Other readings of R17: its intervals count as demand, or do not count as energy. */
  readonly excluded?: "count-as-demand" | "no-energy";
}

/** A version of a plan, laid over the intervals. */
export interface FrameVersion {
  readonly version: PlanVersion;
  /** First instant it is valid at. */
  readonly fromMs: number;
  readonly masks: Masks;
  /** Over what was sold. */
  readonly exportMasks?: Masks;
}

/** The part of a period that one version bills. */
export interface Part {
  readonly of: FrameVersion;
  readonly fromMs: number;
  readonly toMs: number;
  readonly days: number;
  /** Days of the whole period. */
  readonly daysOfPeriod: number;
}

/** A plan, intervals and periods lined up: which rows a period has, and which versions bill it. */
export class Frame {
  readonly plan: Plan;
  readonly intervals: Intervals;
  readonly options: BillingOptions;
  readonly versions: readonly FrameVersion[];
  /** Numbers of the first and the last period that have intervals; last below first where there are none. */
  readonly first: number;
  readonly last: number;
  /** Intervals that R17 leaves out of demand. */
  private readonly excludedRows: Int32Array;
  private readonly columns = new Map<string, DemandColumns>();
  private readonly energies = new Map<string, Energy>();

  constructor(plan: Plan, intervals: Intervals, options: BillingOptions) {
    this.plan = plan;
    this.options = options;
    this.intervals = options.excluded === "count-as-demand" ? countingExcluded(intervals) : intervals;
    const { periods, exported, holidays = [] } = options;
    const place = { zone: periods.zone, holidays };
    this.versions = plan.versions.map((version) => ({
      version,
      fromMs: dateStart(version.validFrom, place.zone) ?? Number.NaN,
      masks: new Masks(version, intervals, place),
      ...(exported === undefined ? {} : { exportMasks: new Masks(version, exported, place) }),
    }));
    this.excludedRows = rowsExcluded(this.intervals);
    const { tMs, lengthMs } = intervals;
    this.first = tMs.length === 0 ? 0 : options.periods.index((tMs[0] as number) - lengthMs);
    this.last = tMs.length === 0 ? -1 : options.periods.index((tMs.at(-1) as number) - lengthMs);
  }

  get periods(): Periods {
    return this.options.periods;
  }

  period(k: number): BillingPeriod {
    return this.periods.period(k);
  }

  /** Intervals belong where they begin: one that ends at local midnight lies in the day before. */
  rows(fromMs: number, toMs: number): Rows {
    return rowsIn(this.intervals, fromMs, toMs);
  }

  rowsOf(k: number): Rows {
    const { fromMs, toMs } = this.period(k);
    return this.rows(fromMs, toMs);
  }

  /** The versions that bill a period. Missing: none for a period before the plan. */
  parts(k: number): Part[] {
    const { fromMs, toMs } = this.period(k);
    const begun = this.versions.findLastIndex((version) => version.fromMs <= fromMs);
    const changes = this.versions.filter((version, i) => i > begun && version.fromMs < toMs);
    // The first version also bills the days before it of the period it begins in.
    const first = this.versions[begun] ?? changes.shift();
    if (!first) return [];
    const all = this.plan.versionChange === "as-begun" ? [first] : [first, ...changes];
    const daysOfPeriod = this.periods.days(k);
    return all.map((of, i) => {
      const start = i === 0 ? fromMs : of.fromMs;
      const end = all[i + 1]?.fromMs ?? toMs;
      return { of, fromMs: start, toMs: end, days: this.periods.zone.daysBetween(start, end), daysOfPeriod };
    });
  }

  /** The version whose rules measure a period's demand: the last that bills it, or the plan's first before it is valid. */
  ruling(k: number): FrameVersion | undefined {
    return this.parts(k).at(-1)?.of ?? this.versions[0];
  }

  demand(window: PeakRule["window"]): DemandColumns {
    const key = window === undefined ? "" : `${window.alignment}${window.minutes}`;
    const known = this.columns.get(key);
    if (known) return known;
    const made = demandColumns(this.intervals, window, this.periods.zone);
    this.columns.set(key, made);
    return made;
  }

  /** Those of some rows that R17 leaves out of demand, ascending. */
  excludedIn({ from, to }: Rows): Int32Array {
    return this.excludedRows.subarray(firstAtLeast(this.excludedRows, from), firstAtLeast(this.excludedRows, to));
  }

  /** Energy of some rows; many lines ask for that of all of a period. */
  energy(rows: Rows, mask?: Mask): Energy {
    const key = `${rows.from}-${rows.to}`;
    const known = mask === undefined ? this.energies.get(key) : undefined;
    if (known) return known;
    const energy = energyOf(this.intervals, rows, { mask, withoutExcluded: this.options.excluded === "no-energy" });
    if (mask === undefined) this.energies.set(key, energy);
    return energy;
  }

  /** Energy that was sold in a part. Missing: undefined where nobody counts it. */
  sold({ of, fromMs, toMs }: Pick<Part, "of" | "fromMs" | "toMs">, when: When | undefined): Energy | undefined {
    const { exported } = this.options;
    return exported && energyOf(exported, rowsIn(exported, fromMs, toMs), { mask: of.exportMasks?.of(when, undefined) });
  }
}

function rowsIn(intervals: Intervals, fromMs: number, toMs: number): Rows {
  return { from: rowFrom(intervals, fromMs), to: rowFrom(intervals, toMs) };
}

/** First row whose interval begins at the instant or later. */
function rowFrom({ tMs, lengthMs }: Intervals, startMs: number): number {
  let low = 0;
  let high = tMs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((tMs[middle] as number) - lengthMs < startMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

function rowsExcluded(intervals: Intervals): Int32Array {
  const rows: number[] = [];
  for (let row = 0; row < intervals.quality.length; row += 1) if (isExcluded(intervals, row)) rows.push(row);
  return Int32Array.from(rows);
}

function firstAtLeast(ascending: Int32Array, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function countingExcluded(intervals: Intervals): Intervals {
  const demandKw = intervals.demandKw.slice();
  for (let row = 0; row < demandKw.length; row += 1) if (isExcluded(intervals, row)) demandKw[row] = intervals.powerKw[row] as number;
  return { ...intervals, demandKw };
}
