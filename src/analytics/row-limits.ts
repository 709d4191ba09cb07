import { rareSurprise } from "./rare-surprises.ts";
import type { Lesson } from "./row-lessons.ts";
import type { RowPast } from "./row-past.ts";

/** So many more than are to be expected may be told to one side before they are a habit. */
const OFTEN = 3;

/** Scores from which on a row is told, to either side. */
export interface Limits {
  readonly low: number;
  readonly high: number;
}

/** A stretch that was told, and how far out it was at the most. */
export interface ToldRun {
  readonly row: number;
  readonly side: number;
  score: number;
}

/** How far out a row has to be to be as rare as the habits say. `scores` and what was told are those of the rows before. */
export function learnedLimits(past: RowPast, { from, to }: Lesson, known: { scores: Float64Array; told: readonly ToldRun[] }): Limits {
  const { scratch, isPast, habits } = past;
  let n = 0;
  for (let i = from; i < to; i += 1) {
    const score = known.scores[i] as number;
    if (isPast[i] === 1 && !Number.isNaN(score)) scratch[n++] = score;
  }
  const chance = habits.falseAlarms / 2;
  const ascending = scratch.subarray(0, n).sort();
  const most = Math.ceil(chance * (to - from)) + OFTEN;
  const limit = (side: -1 | 1): number =>
    Math.max(
      rareSurprise(ascending, { side, chance }),
      oftenTold(
        known.told.filter((one) => one.side === side && one.row >= from),
        most,
      ),
    );
  return { low: limit(-1), high: limit(1) };
}

/** Of more than `most` stretches told the one that leaves so many above it: what comes that often is a habit too. */
function oftenTold(told: readonly ToldRun[], most: number): number {
  const scores = told.map(({ score }) => score).sort((a, b) => b - a);
  return scores[most] ?? 0;
}
