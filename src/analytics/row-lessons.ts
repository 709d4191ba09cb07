import type { RowPast } from "./row-past.ts";
import { middleInPlace } from "./select.ts";

/** Of what a kind of day does differently so many rows are taken back: with few of them it is mostly chance. */
const SHRINK_ROWS = 8;
/** Rates are looked at by their size below this share of the middle one, by their ratio above. */
const RATIO_SHARE = 0.5;
/** A meter that stands still in more of its rows than this share tells nothing by moving. */
const MOST_STILL = 0.85;
const OTHER_UNIT = 0.2;

/** Rows out of which something is learned: [from, to). */
export interface Lesson {
  readonly from: number;
  readonly to: number;
}

/** How much is used on average, and whether it hardly ever moves. */
export interface Size {
  readonly mean: number;
  readonly isStill: boolean;
}

/** Learns how large rates are; rows of the past are told anew where that is another size. `firstRow`: none before has a surprise. */
export function learnSize(past: RowPast, { from, to }: Lesson, firstRow: number): Size {
  const { rows, scratch, isPast } = past;
  let [moved, sum, count] = [0, 0, 0];
  for (let i = from; i < to; i += 1) {
    const rate = Math.abs(rows.rate[i] as number);
    if (rate > 0) scratch[moved++] = rate;
    if (isPast[i] === 0) continue;
    count += 1;
    sum += rate;
  }
  const unit = moved === 0 ? 0 : RATIO_SHARE * middleInPlace(scratch, moved);
  if (Math.abs(unit - past.unit) > OTHER_UNIT * past.unit) tellAnew(past, { unit, to, firstRow });
  return { mean: count === 0 ? 0 : sum / count, isStill: moved < (1 - MOST_STILL) * (to - from) };
}

/** Tells the rows before one in another unit, and how surprising the latest of them were. */
function tellAnew(past: RowPast, { unit, to, firstRow }: { unit: number; to: number; firstRow: number }): void {
  const { recentRows, spreadRows } = past.habits;
  past.unit = unit;
  for (let i = 0; i < to; i += 1) past.tell(i);
  for (let i = Math.max(firstRow, to - spreadRows); i < to; i += 1) {
    const level = past.level(i, recentRows);
    past.surprise[i] = level === undefined ? Number.NaN : (past.plain[i] as number) - level;
  }
}

/** Learns what each kind of row does differently from the others: the middle of its surprises. */
export function learnKinds(past: RowPast, lesson: Lesson): void {
  const { kinds } = past.habits;
  if (kinds < 2) return;
  const left = leftOf(past, lesson);
  const learned = left.map((one, kind) => (past.effects[kind] as number) + one);
  const mean = learned.reduce((sum, one) => sum + one, 0) / kinds;
  const change = learned.map((one, kind) => one - mean - (past.effects[kind] as number));
  past.effects.set(learned.map((one) => one - mean));
  const { plain, surprise, rows } = past;
  for (let i = 0; i < lesson.to; i += 1) {
    const own = change[rows.kind[i] as number] as number;
    plain[i] = (plain[i] as number) - own;
    surprise[i] = (surprise[i] as number) - own;
  }
}

/** What surprises of each kind have in common. They are without its effect already: this is what is left to be added to it. */
function leftOf({ rows, habits, isPast, surprise, scratch }: RowPast, { from, to }: Lesson): Float64Array {
  const { kind } = rows;
  const counts = new Uint32Array(habits.kinds);
  const isTold = (i: number): boolean => isPast[i] === 1 && !Number.isNaN(surprise[i]);
  for (let i = from; i < to; i += 1) if (isTold(i)) counts[kind[i] as number] = (counts[kind[i] as number] as number) + 1;
  // Each kind has a stretch of the room to itself, in the order of time.
  const ends = counts.map((_, one) => counts.subarray(0, one).reduce((sum, n) => sum + n, 0));
  for (let i = from; i < to; i += 1) {
    if (!isTold(i)) continue;
    const own = kind[i] as number;
    const end = ends[own] as number;
    scratch[end] = surprise[i] as number;
    ends[own] = end + 1;
  }
  return Float64Array.from(counts, (n, one) => {
    const end = ends[one] as number;
    return n === 0 ? 0 : (middleInPlace(scratch.subarray(end - n, end), n) * n) / (n + SHRINK_ROWS);
  });
}
