import { lowerBound } from "#series/column.ts";
import { middleInPlace, selectInPlace } from "./select.ts";
import type { Habits, RateRows } from "./usual-rows.ts";

/** A normal deviation per median and per nine-tenths quantile of absolute surprises. */
const PER_MEDIAN = 1.4826;
const PER_TENTH = 1 / 1.6449;
const TENTH = 0.9;
/** Deviations are never smaller than this: about two percent. */
export const LEAST_SPREAD = 0.02;

/** What some past explains, in transformed rates: a level or a band. */
export interface Band {
  readonly low: number;
  readonly high: number;
}

/**
 * Rows as they are compared: rates by their ratio where they are large, by their size where they are small, without what their
 * kind does differently.
 */
export class RowPast {
  readonly rows: RateRows;
  readonly habits: Habits;
  /** What it is told in: rates far below count by their size. 0 while nothing moved. */
  unit = 0;
  /** What each kind does differently, transformed. */
  readonly effects: Float64Array;
  readonly plain: Float64Array;
  /** Against the recent level. Missing: NaN where there was none. */
  readonly surprise: Float64Array;
  /** Whether a row is past for others. */
  readonly isPast: Uint8Array;
  /** Levels look no further back: before it was another habit. */
  habitFrom = 0;
  /** Room to sort in. */
  readonly scratch: Float64Array;

  constructor(rows: RateRows, habits: Habits) {
    const length = rows.rate.length;
    this.rows = rows;
    this.habits = habits;
    this.effects = new Float64Array(habits.kinds);
    this.plain = new Float64Array(length).fill(Number.NaN);
    this.surprise = new Float64Array(length).fill(Number.NaN);
    this.isPast = new Uint8Array(length).fill(1);
    this.scratch = new Float64Array(Math.max(length, 1));
  }

  /** Tells a row in the present unit. */
  tell(row: number): void {
    const rate = this.rows.rate[row] as number;
    this.plain[row] = this.unit > 0 ? Math.asinh(rate / this.unit) - this.effectOf(row) : 0;
  }

  /** The rate a transformed one stands for on the day of a row. */
  rateOf(plain: number, row: number): number {
    return this.unit * Math.sinh(plain + this.effectOf(row));
  }

  private effectOf(row: number): number {
    return this.effects[this.rows.kind[row] as number] as number;
  }

  /** The middle of the last rows that are past, not older than they may be and of the present habit. Missing: undefined with too few. */
  level(row: number, most: number): number | undefined {
    const sinceMs = (this.rows.tMs[row] as number) - this.habits.recentMs;
    let n = 0;
    for (let i = row - 1; i >= this.habitFrom && n < most && (this.rows.tMs[i] as number) >= sinceMs; i -= 1) {
      if (this.isPast[i] === 1) this.scratch[n++] = this.plain[i] as number;
    }
    return n < Math.min(most, this.habits.latestRows) ? undefined : middleInPlace(this.scratch, n);
  }

  /** How large the last surprises before a row were, as a normal deviation; `isAll`: those of rows that are no past too. */
  spread(row: number, { rows, least, isAll = false }: { rows: number; least: number; isAll?: boolean }): number {
    let n = 0;
    for (let i = row - 1; i >= 0 && n < rows; i -= 1) {
      const surprise = this.surprise[i] as number;
      if ((isAll || this.isPast[i] === 1) && !Number.isNaN(surprise)) this.scratch[n++] = Math.abs(surprise);
    }
    if (n === 0) return least;
    const tenth = selectInPlace(this.scratch, n, Math.floor(TENTH * (n - 1)));
    return Math.max(least, tenth * PER_TENTH, middleInPlace(this.scratch, n) * PER_MEDIAN);
  }

  /** What most rows at the same time of earlier cycles were like. Missing: undefined with too few of them. */
  cycle(row: number): Band | undefined {
    const { cycles, cycleMs, aroundMs, cycleRows } = this.habits;
    const { tMs } = this.rows;
    let n = 0;
    for (let cycle = 1; cycle <= cycles; cycle += 1) {
      const atMs = (tMs[row] as number) - cycle * cycleMs;
      for (let i = lowerBound(tMs, atMs - aroundMs, row); i < row && (tMs[i] as number) <= atMs + aroundMs; i += 1) {
        if (this.isPast[i] === 1) this.scratch[n++] = this.plain[i] as number;
      }
    }
    if (n < cycleRows) return undefined;
    const low = selectInPlace(this.scratch, n, Math.floor((1 - TENTH) * (n - 1)));
    return { low, high: selectInPlace(this.scratch, n, Math.ceil(TENTH * (n - 1))) };
  }
}
