import type { SampleCounts } from "#intake/newcomers.ts";
import type { Column } from "#series/column.ts";
import { unitOf, unitSymbol } from "#units/unit.ts";
import { kindOf, type StatisticPlace } from "./place.ts";
import type { StatisticReport, Told } from "./report.ts";
import type { StatisticCounts, StatisticMeta, StatisticRow } from "./statistics-file.ts";

export const HOUR_MS = 3_600_000;

/** What one statistic has told so far, and what of it waits to be kept. */
export class Statistic {
  readonly meta: StatisticMeta;
  readonly place: StatisticPlace;
  readonly kind: "counter" | "interval";
  readonly unit: string;
  readonly told: Told;
  readonly samples: SampleCounts = { fresh: 0, known: 0, different: 0, covered: 0 };
  rows = 0;
  left: string | undefined;
  readonly #nowMs: number;
  #waiting: { tMs: number; value: number }[] = [];
  #hours = 0;
  #timeless: number;
  #empty = 0;
  #unended = 0;
  #doubled = 0;
  #falls = 0;
  #firstMs = Number.NaN;
  #lastMs = Number.NaN;
  #first = Number.NaN;
  #last = Number.NaN;
  /** The reading before the newest, that a repeated hour is counted against. */
  #before = Number.NaN;

  constructor(meta: StatisticMeta, place: StatisticPlace, about: { counts: StatisticCounts; sum: boolean; nowMs: number }) {
    this.meta = meta;
    this.place = place;
    this.kind = kindOf(meta);
    this.unit = unitSymbol(meta.unit);
    this.told = toldBy(meta, about.counts, about.sum);
    this.#nowMs = about.nowMs;
    this.#timeless = about.counts.rows - about.counts.timed;
    if (about.counts[this.told] === 0) this.left = "it has no numbers";
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Rows in order of time; an hour is told at its end. Of one hour the row that was written last counts. */
  add(rows: readonly StatisticRow[]): void {
    for (const row of rows) {
      this.rows += 1;
      const tMs = row.startMs + HOUR_MS;
      const value = row[this.told];
      if (!(row.startMs > 0)) this.#timeless += 1;
      else if (tMs > this.#nowMs) this.#unended += 1;
      else if (Number.isNaN(value)) this.#empty += 1;
      else this.#take(tMs, value);
    }
  }

  #take(tMs: number, value: number): void {
    if (tMs === this.#lastMs) {
      this.#doubled += 1;
      if (this.#last < this.#before) this.#falls -= 1;
      this.#waiting.pop();
    } else {
      this.#hours += 1;
      this.#before = this.#last;
    }
    if (this.#hours === 1) [this.#firstMs, this.#first] = [tMs, value];
    if (value < this.#before) this.#falls += 1;
    [this.#lastMs, this.#last] = [tMs, value];
    this.#waiting.push({ tMs, value });
  }

  /** Takes away what waits, all but the newest hour unless no row follows. */
  taken(ended: boolean): Column {
    const rows = ended ? this.#waiting : this.#waiting.slice(0, -1);
    this.#waiting = ended ? [] : this.#waiting.slice(-1);
    return {
      tMs: Float64Array.from(rows, ({ tMs }) => tMs),
      value: Float64Array.from(rows, ({ value }) => value + 0),
      quality: new Uint16Array(rows.length),
    };
  }

  get extent(): { firstMs: number; lastMs: number } | undefined {
    return this.#hours === 0 ? undefined : { firstMs: this.#firstMs, lastMs: this.#lastMs };
  }

  report(series: string): StatisticReport {
    return {
      statistic: this.meta.statistic,
      kind: this.kind,
      unit: this.unit,
      ...(unitOf(this.unit) === undefined && this.unit !== "" ? { unitUnknown: true } : {}),
      told: this.told,
      series,
      hours: this.#hours,
      ...(this.extent ?? {}),
      ...(this.#hours === 0 ? {} : { first: this.#first, last: this.#last }),
      falls: this.kind === "counter" ? this.#falls : 0,
      samples: this.samples,
      timeless: this.#timeless,
      empty: this.#empty,
      unended: this.#unended,
      doubled: this.#doubled,
      ...(this.left === undefined ? {} : { left: this.left }),
    };
  }
}

/**
 * What of a counter is taken as its register: what it said, where most hours tell it. Where another program counted, that is often the hour's
 * amount alone, and only the sum is a register by definition.
 */
function toldBy(meta: StatisticMeta, { state, sum }: StatisticCounts, wantsSum: boolean): Told {
  if (kindOf(meta) === "interval") return "mean";
  if (wantsSum) return "sum";
  const isExternal = meta.source !== "recorder" || meta.statistic.includes(":");
  return sum > 0 && (isExternal || sum > state) ? "sum" : "state";
}
