import { DAY_MS } from "#calendar/civil.ts";

/** What is judged: one row per stretch of about the same length, ascending. */
export interface RateRows {
  /** Middle of the stretch. */
  readonly tMs: Float64Array;
  /** What was used in a unit of time as the season weighs it. */
  readonly rate: Float64Array;
  /** What habits go by: the weekday, the hour of the day. */
  readonly kind: Uint8Array;
}

/** How much past is looked at, and how sure somebody wants to be. */
export interface Habits {
  readonly kinds: number;
  /** Rows before it that tell the level, not older than `recentMs`. */
  readonly recentRows: number;
  readonly recentMs: number;
  /** The last few rows, for levels that move. */
  readonly latestRows: number;
  /** Rows whose surprises tell how much is usual. */
  readonly spreadRows: number;
  /** The same time of earlier cycles (years): this far around it, so many cycles, with at least so many rows. */
  readonly cycleMs: number;
  readonly aroundMs: number;
  readonly cycles: number;
  readonly cycleRows: number;
  /** Within the first cycle nobody knows what the next season brings: surprises have to be so many times as large. */
  readonly firstCycle: number;
  /** With fewer rows nothing is told. */
  readonly leastRows: number;
  /** Surprises that tell how rare a larger one is. */
  readonly tailRows: number;
  /** What is learned of kinds and of rare surprises is learned anew after so many rows. */
  readonly learnEvery: number;
  /** More rows than this in a row to one side are a new habit. */
  readonly habitRows: number;
  /** How often a row that is like its past may surprise any one part of that past, as a share of rows; half to either side. */
  readonly falseAlarms: number;
  /** Less than this share of what is used on average is not worth reading. */
  readonly worth: number;
}

const YEAR_MS = 365.25 * DAY_MS;

/**
 * Habits of days: four weeks, the last week, ten days around the date in three earlier years. One of them
 * alone would be surprised twice a year by ordinary use; all at once they are less often than once, which the table of errors shows.
 */
export const DAILY_HABITS: Habits = {
  kinds: 7,
  recentRows: 28,
  recentMs: 56 * DAY_MS,
  latestRows: 7,
  spreadRows: 56,
  cycleMs: YEAR_MS,
  aroundMs: 10 * DAY_MS,
  cycles: 3,
  cycleRows: 10,
  firstCycle: 2,
  leastRows: 84,
  tailRows: 730,
  learnEvery: 42,
  habitRows: 14,
  falseAlarms: (2 * DAY_MS) / YEAR_MS,
  worth: 0.25,
};

/** What was found out about each row. Missing: NaN where there is too little past. */
export interface RowJudgement {
  /** -1 below, 1 above what its past knows, 0 neither. */
  readonly side: Int8Array;
  /** Distance from what is usual in robust deviations, by the past that explains it best; signed. */
  readonly score: Float64Array;
  /** The score at which it is told, to the side it lies on. */
  readonly limit: Float64Array;
  /** Rates: what is likely, and between which ones nothing is told. */
  readonly expected: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}
