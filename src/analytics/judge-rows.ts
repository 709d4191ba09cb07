import { lowerBound } from "#series/column.ts";
import { rareSurprise } from "./rare-surprises.ts";
import { middleInPlace, selectInPlace } from "./select.ts";
import type { Habits, RateRows, RowJudgement } from "./usual-rows.ts";

/** A normal deviation per median and per nine-tenths quantile of absolute surprises. */
const PER_MEDIAN = 1.4826;
const PER_TENTH = 1 / 1.6449;
const TENTH = 0.9;
/** Of what a kind of day does differently so many rows are taken back: with few of them it is mostly chance. */
const SHRINK_ROWS = 8;
/** Deviations are never smaller than this: about two percent. */
const LEAST_SPREAD = 0.02;
/** Rates are looked at by their size below this share of the middle one, by their ratio above. */
const RATIO_SHARE = 0.5;
/** A meter that stands still in more of its rows than this share tells nothing by moving. */
const MOST_STILL = 0.85;
/** Rows before anything is compared, and before it is known how large surprises are. */
const FIRST_ROWS = 14;
const LEAST_SPREAD_ROWS = 42;
/** A quiet stretch does not make a meter quieter than this share of what it is over the years. */
const LEAST_SHARE_OF_SPREAD = 0.5;
const OTHER_UNIT = 0.2;
/** So many more than are to be expected may be told to one side before they are a habit. */
const OFTEN = 3;

/**
 * Judges rows one after another, each by those before it: by its recent past, by its latest, and by the same time of earlier
 * cycles; what any of them explains is usual. Rows that are told are no past for others, unless there are so many of them that
 * they are a new habit, or `isUsual` says that somebody called them usual.
 */
export function judgeRows(rows: RateRows, habits: Habits, isUsual: (row: number) => boolean = () => false): RowJudgement {
  const judge = new Judge(rows, habits, isUsual);
  for (let row = 0; row < rows.rate.length; row += 1) judge.take(row);
  return judge.judgement;
}

/** What some past explains, in transformed rates: a level or a band, and how far beyond it is usual. */
interface Usual {
  readonly low: number;
  readonly high: number;
  readonly spread: number;
}

class Judge {
  readonly judgement: RowJudgement;
  private readonly rows: RateRows;
  private readonly habits: Habits;
  private readonly isUsual: (row: number) => boolean;
  /** Transformed rate without what its kind does differently; surprise against the recent level; whether it is past for others. */
  private readonly plain: Float64Array;
  private readonly surprise: Float64Array;
  private readonly isPast: Uint8Array;
  private readonly effects: Float64Array;
  private readonly scratch: Float64Array;
  private unit = 0;
  private leastSpread = LEAST_SPREAD;
  private mean = 0;
  private isStill = false;
  private learnedAt = 0;
  private limits = { low: Infinity, high: Infinity };
  private spreadKnown = { row: 0, spread: LEAST_SPREAD };
  private habitFrom = 0;
  private readonly told: Told[] = [];
  private run = { from: 0, side: 0 };

  constructor(rows: RateRows, habits: Habits, isUsual: (row: number) => boolean) {
    const n = rows.rate.length;
    const column = (): Float64Array => new Float64Array(n).fill(Number.NaN);
    this.rows = rows;
    this.habits = habits;
    this.isUsual = isUsual;
    this.plain = column();
    this.surprise = column();
    this.isPast = new Uint8Array(n).fill(1);
    this.effects = new Float64Array(habits.kinds);
    this.scratch = new Float64Array(Math.max(n, 1));
    this.judgement = { side: new Int8Array(n), score: column(), limit: column(), expected: column(), low: column(), high: column() };
  }

  take(row: number): void {
    if (row - this.learnedAt >= this.learnEvery(row)) this.learn(row);
    this.plain[row] = this.plainOf(row);
    if (row < FIRST_ROWS) return;
    const level = this.level(row, this.habits.recentRows);
    if (level === undefined) return;
    const spread = this.spreadAt(row);
    this.surprise[row] = (this.plain[row] as number) - level;
    if (row < LEAST_SPREAD_ROWS) return;
    const latest = this.level(row, this.habits.latestRows) ?? level;
    const known: Usual[] = [level, latest].map((one) => ({ low: one, high: one, spread }));
    const cycle = this.cycle(row, spread);
    if (cycle !== undefined) known.push(cycle);
    this.judge(row, known);
    this.follow(row);
  }

  /** Often at first, when every row teaches. */
  private learnEvery(row: number): number {
    return row < this.habits.leastRows ? FIRST_ROWS : this.habits.learnEvery;
  }

  private plainOf(row: number): number {
    return this.transformed(this.rows.rate[row] as number) - (this.effects[this.rows.kind[row] as number] as number);
  }

  private transformed(rate: number): number {
    return this.unit > 0 ? Math.asinh(rate / this.unit) : 0;
  }

  /** What kinds of day do differently, how large rates are and how rare surprises, out of the rows before. */
  private learn(row: number): void {
    this.learnedAt = row;
    const from = Math.max(0, row - this.habits.tailRows);
    const before = this.unit;
    this.learnSize(from, row);
    // Rates are looked at in another unit only where it is another one, for every row of the past has to be told anew.
    if (Math.abs(this.unit - before) > OTHER_UNIT * before) this.retell(row);
    else this.unit = before;
    this.leastSpread = this.spread(row, { rows: this.habits.tailRows, least: LEAST_SPREAD, isAll: true }) * LEAST_SHARE_OF_SPREAD;
    this.learnKinds(from, row);
    this.learnLimits(from, row);
  }

  /** Tells the rows before it in the present unit, and how surprising the latest of them were. */
  private retell(row: number): void {
    for (let i = 0; i < row; i += 1) this.plain[i] = this.plainOf(i);
    for (let i = Math.max(FIRST_ROWS, row - this.habits.spreadRows); i < row; i += 1) {
      const level = this.level(i, this.habits.recentRows);
      this.surprise[i] = level === undefined ? Number.NaN : (this.plain[i] as number) - level;
    }
  }

  private learnSize(from: number, to: number): void {
    let [moved, sum, count] = [0, 0, 0];
    for (let i = from; i < to; i += 1) {
      const rate = Math.abs(this.rows.rate[i] as number);
      if (rate > 0) this.scratch[moved++] = rate;
      if (this.isPast[i] === 0) continue;
      count += 1;
      sum += rate;
    }
    this.mean = count === 0 ? 0 : sum / count;
    this.isStill = moved < (1 - MOST_STILL) * (to - from);
    this.unit = moved === 0 ? 0 : RATIO_SHARE * middleInPlace(this.scratch, moved);
  }

  private learnKinds(from: number, to: number): void {
    const { kinds } = this.habits;
    if (kinds < 2) return;
    const next = new Float64Array(kinds);
    let sum = 0;
    for (let kind = 0; kind < kinds; kind += 1) {
      let n = 0;
      for (let i = from; i < to; i += 1) {
        if (this.rows.kind[i] !== kind || this.isPast[i] === 0 || Number.isNaN(this.surprise[i])) continue;
        this.scratch[n++] = this.surprise[i] as number;
      }
      // Surprises are without the effect already: what is left is added to it.
      const left = n === 0 ? 0 : (middleInPlace(this.scratch, n) * n) / (n + SHRINK_ROWS);
      next[kind] = (this.effects[kind] as number) + left;
      sum += next[kind] as number;
    }
    for (let kind = 0; kind < kinds; kind += 1) {
      const mended = (next[kind] as number) - sum / kinds;
      next[kind] = mended - (this.effects[kind] as number);
      this.effects[kind] = mended;
    }
    for (let i = 0; i < to; i += 1) {
      const change = next[this.rows.kind[i] as number] as number;
      this.plain[i] = (this.plain[i] as number) - change;
      this.surprise[i] = (this.surprise[i] as number) - change;
    }
  }

  private learnLimits(from: number, to: number): void {
    let n = 0;
    for (let i = from; i < to; i += 1) {
      const score = this.judgement.score[i] as number;
      if (this.isPast[i] === 1 && !Number.isNaN(score)) this.scratch[n++] = score;
    }
    const chance = this.habits.falseAlarms / 2;
    const ascending = this.scratch.subarray(0, n).sort();
    const limit = (side: -1 | 1): number =>
      Math.max(rareSurprise(ascending, { side, chance }), this.oftenTold({ side, from, most: Math.ceil(chance * (to - from)) + OFTEN }));
    this.limits = { low: limit(-1), high: limit(1) };
  }

  /** Of more than `most` stretches told to a side the one that leaves so many above it: what comes that often is a habit too. */
  private oftenTold({ side, from, most }: { side: number; from: number; most: number }): number {
    const scores = this.told.filter((one) => one.side === side && one.row >= from).map((one) => one.score);
    return scores.length > most ? (scores.sort((a, b) => b - a)[most] as number) : 0;
  }

  /** The middle of the last rows that are past, not older than they may be and of the present habit. */
  private level(row: number, most: number): number | undefined {
    const sinceMs = (this.rows.tMs[row] as number) - this.habits.recentMs;
    let n = 0;
    for (let i = row - 1; i >= this.habitFrom && n < most && (this.rows.tMs[i] as number) >= sinceMs; i -= 1) {
      if (this.isPast[i] === 1) this.scratch[n++] = this.plain[i] as number;
    }
    return n < Math.min(most, this.habits.latestRows) ? undefined : middleInPlace(this.scratch, n);
  }

  /** How large the last surprises were; that changes slowly, so it is looked at once in `latestRows`. */
  private spreadAt(row: number): number {
    const { spreadRows, latestRows } = this.habits;
    if (row < this.spreadKnown.row + latestRows && row >= LEAST_SPREAD_ROWS) return this.spreadKnown.spread;
    this.spreadKnown = { row, spread: this.spread(row, { rows: spreadRows, least: this.leastSpread, isAll: false }) };
    return this.spreadKnown.spread;
  }

  /** How large surprises are, as a normal deviation. */
  private spread(row: number, { rows, least, isAll }: { rows: number; least: number; isAll: boolean }): number {
    let n = 0;
    for (let i = row - 1; i >= 0 && n < rows; i -= 1) {
      const surprise = this.surprise[i] as number;
      if ((isAll || this.isPast[i] === 1) && !Number.isNaN(surprise)) this.scratch[n++] = Math.abs(surprise);
    }
    if (n === 0) return least;
    const tenth = selectInPlace(this.scratch, n, Math.floor(TENTH * (n - 1)));
    return Math.max(least, tenth * PER_TENTH, middleInPlace(this.scratch, n) * PER_MEDIAN);
  }

  private cycle(row: number, spread: number): Usual | undefined {
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
    return { low, high: selectInPlace(this.scratch, n, Math.ceil(TENTH * (n - 1))), spread };
  }

  private judge(row: number, known: readonly Usual[]): void {
    const { judgement } = this;
    const limits = this.limitsAt(row);
    const value = this.plain[row] as number;
    let [score, low, high] = [Number.NaN, Infinity, Number.NEGATIVE_INFINITY];
    for (const usual of known) {
      const here = (value - Math.max(usual.low, Math.min(usual.high, value))) / usual.spread;
      score = Number.isNaN(score) || Math.sign(here) === Math.sign(score) ? nearer(score, here) : 0;
      low = Math.min(low, usual.low - limits.low * usual.spread);
      high = Math.max(high, usual.high + limits.high * usual.spread);
    }
    judgement.score[row] = score;
    judgement.limit[row] = score < 0 ? limits.low : limits.high;
    judgement.expected[row] = this.rateOf((known[0] as Usual).low, row);
    judgement.low[row] = this.rateOf(low, row);
    judgement.high[row] = this.rateOf(high, row);
    const isTold = row >= this.habits.leastRows && !this.isStill && Math.abs(score) > (judgement.limit[row] as number);
    judgement.side[row] = isTold && this.isWorth(row) ? Math.sign(score) : 0;
  }

  /** Larger while nobody knows what the next season brings. */
  private limitsAt(row: number): { low: number; high: number } {
    const { cycleMs, firstCycle } = this.habits;
    const isFirst = (this.rows.tMs[row] as number) - (this.rows.tMs[0] as number) < cycleMs;
    return isFirst ? { low: firstCycle * this.limits.low, high: firstCycle * this.limits.high } : this.limits;
  }

  private rateOf(plain: number, row: number): number {
    return this.unit * Math.sinh(plain + (this.effects[this.rows.kind[row] as number] as number));
  }

  private isWorth(row: number): boolean {
    const expected = this.judgement.expected[row] as number;
    const off = Math.abs((this.rows.rate[row] as number) - expected);
    return off > this.habits.worth * this.mean && off > this.habits.worth * Math.abs(expected);
  }

  /** Whether the row is past for others; a long run to one side is a new habit. */
  private follow(row: number): void {
    const side = this.judgement.side[row] as number;
    if (side !== this.run.side) this.run = { from: row, side };
    if (side === 0) return;
    this.note(row, side);
    if (this.isUsual(this.run.from)) return;
    this.isPast[row] = 0;
    if (row - this.run.from < this.habits.habitRows) return;
    this.isPast.fill(1, this.run.from, row + 1);
    this.habitFrom = this.run.from;
  }

  private note(row: number, side: number): void {
    const score = Math.abs(this.judgement.score[row] as number);
    const last = this.told.at(-1);
    if (last?.row === this.run.from) last.score = Math.max(last.score, score);
    else this.told.push({ row: this.run.from, side, score });
  }
}

/** What was told and how far out it was at the most. */
interface Told {
  readonly row: number;
  readonly side: number;
  score: number;
}

/** The one of two scores to the same side that is nearer to usual. */
function nearer(a: number, b: number): number {
  return Number.isNaN(a) || Math.abs(b) < Math.abs(a) ? b : a;
}
