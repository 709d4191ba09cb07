import { learnKinds, learnSize, type Size } from "./row-lessons.ts";
import { type Limits, learnedLimits, type ToldRun } from "./row-limits.ts";
import { type Band, LEAST_SPREAD, RowPast } from "./row-past.ts";
import type { Habits, RateRows, RowJudgement } from "./usual-rows.ts";

/** Rows before anything is compared, and before it is known how large surprises are. */
const FIRST_ROWS = 14;
const LEAST_SPREAD_ROWS = 42;
/** A quiet stretch does not make a meter quieter than this share of what it is over the years. */
const LEAST_SHARE_OF_SPREAD = 0.5;

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

class Judge {
  readonly judgement: RowJudgement;
  private readonly past: RowPast;
  private readonly habits: Habits;
  private readonly isUsual: (row: number) => boolean;
  private size: Size = { mean: 0, isStill: true };
  private limits: Limits = { low: Infinity, high: Infinity };
  private leastSpread = LEAST_SPREAD;
  private spread = { row: 0, known: LEAST_SPREAD };
  private learnedAt = 0;
  private readonly told: ToldRun[] = [];
  private run = { from: 0, side: 0 };

  constructor(rows: RateRows, habits: Habits, isUsual: (row: number) => boolean) {
    const length = rows.rate.length;
    const column = (): Float64Array => new Float64Array(length).fill(Number.NaN);
    this.past = new RowPast(rows, habits);
    this.habits = habits;
    this.isUsual = isUsual;
    this.judgement = { side: new Int8Array(length), score: column(), limit: column(), expected: column(), low: column(), high: column() };
  }

  take(row: number): void {
    const { past, habits } = this;
    // Often at first, when every row teaches.
    if (row - this.learnedAt >= (row < habits.leastRows ? FIRST_ROWS : habits.learnEvery)) this.learn(row);
    past.tell(row);
    if (row < FIRST_ROWS) return;
    const level = past.level(row, habits.recentRows);
    if (level === undefined) return;
    const spread = this.spreadAt(row);
    past.surprise[row] = (past.plain[row] as number) - level;
    if (row < LEAST_SPREAD_ROWS) return;
    const latest = past.level(row, habits.latestRows) ?? level;
    const known: Band[] = [
      { low: level, high: level },
      { low: latest, high: latest },
    ];
    const cycle = past.cycle(row);
    if (cycle !== undefined) known.push(cycle);
    this.judge(row, { known, spread });
    this.follow(row);
  }

  /** What kinds of day do differently, how large rates are and how rare surprises, out of the rows before. */
  private learn(to: number): void {
    const { past, habits, told, judgement } = this;
    const lesson = { from: Math.max(0, to - habits.tailRows), to };
    this.learnedAt = to;
    this.size = learnSize(past, lesson, FIRST_ROWS);
    this.leastSpread = LEAST_SHARE_OF_SPREAD * past.spread(to, { rows: habits.tailRows, least: LEAST_SPREAD, isAll: true });
    learnKinds(past, lesson);
    this.limits = learnedLimits(past, lesson, { scores: judgement.score, told });
  }

  /** How large the last surprises were; that changes slowly, so it is looked at once in `latestRows`. */
  private spreadAt(row: number): number {
    const { spreadRows, latestRows } = this.habits;
    if (row >= this.spread.row + latestRows || row < LEAST_SPREAD_ROWS) {
      this.spread = { row, known: this.past.spread(row, { rows: spreadRows, least: this.leastSpread }) };
    }
    return this.spread.known;
  }

  private judge(row: number, { known, spread }: { known: readonly Band[]; spread: number }): void {
    const { judgement, past } = this;
    const limits = this.limitsAt(row);
    const value = past.plain[row] as number;
    let [score, low, high] = [Number.NaN, Infinity, Number.NEGATIVE_INFINITY];
    for (const band of known) {
      const here = (value - Math.max(band.low, Math.min(band.high, value))) / spread;
      score = Number.isNaN(score) || Math.sign(here) === Math.sign(score) ? nearer(score, here) : 0;
      low = Math.min(low, band.low - limits.low * spread);
      high = Math.max(high, band.high + limits.high * spread);
    }
    judgement.score[row] = score;
    judgement.limit[row] = score < 0 ? limits.low : limits.high;
    judgement.expected[row] = past.rateOf((known[0] as Band).low, row);
    judgement.low[row] = past.rateOf(low, row);
    judgement.high[row] = past.rateOf(high, row);
    const isTold = row >= this.habits.leastRows && !this.size.isStill && Math.abs(score) > (judgement.limit[row] as number);
    judgement.side[row] = isTold && this.isWorth(row) ? Math.sign(score) : 0;
  }

  /** Larger while nobody knows what the next season brings. */
  private limitsAt(row: number): Limits {
    const { cycleMs, firstCycle } = this.habits;
    const { tMs } = this.past.rows;
    const isFirst = (tMs[row] as number) - (tMs[0] as number) < cycleMs;
    return isFirst ? { low: firstCycle * this.limits.low, high: firstCycle * this.limits.high } : this.limits;
  }

  private isWorth(row: number): boolean {
    const { worth } = this.habits;
    const expected = this.judgement.expected[row] as number;
    const off = Math.abs((this.past.rows.rate[row] as number) - expected);
    return off > worth * this.size.mean && off > worth * Math.abs(expected);
  }

  /** Whether the row is past for others; a long run to one side is a new habit. */
  private follow(row: number): void {
    const { past, run } = this;
    const side = this.judgement.side[row] as number;
    if (side !== run.side) this.run = { from: row, side };
    if (side === 0) return;
    const { from } = this.run;
    this.note(row, { row: from, side, score: Math.abs(this.judgement.score[row] as number) });
    if (this.isUsual(from)) return;
    past.isPast[row] = 0;
    if (row - from < this.habits.habitRows) return;
    past.isPast.fill(1, from, row + 1);
    past.habitFrom = from;
  }

  private note(row: number, told: ToldRun): void {
    const last = this.told.at(-1);
    if (row > told.row && last?.row === told.row) last.score = Math.max(last.score, told.score);
    else this.told.push(told);
  }
}

/** The one of two scores to the same side that is nearer to usual. */
function nearer(a: number, b: number): number {
  return Number.isNaN(a) || Math.abs(b) < Math.abs(a) ? b : a;
}
