import { DAY_MS } from "#calendar/civil.ts";
import type { JudgedRegister, Shown } from "./judged-register.ts";
import { STEP } from "./meter-index.ts";
import { DOUBTFUL_TIMES } from "./plausible-rise.ts";

/** As many rows can be taken back as a reader sends in a day; of readings rarer than that, one. */
const MOST_TAKEN_BACK = 96;

interface Around {
  /** The reading after the fallen one goes on from it. */
  readonly goesOn: boolean;
  /** A person decided about the reading of an instant. */
  readonly isSettled: (tMs: number) => boolean;
}

/** The row that stands from which a fallen register goes on as if the rows behind it had been too high. Missing: -1. */
export function baseBelow(register: JudgedRegister, shown: Shown, around: Around): number {
  const { rows, rise, digit } = register;
  const newest = rows.length - 1;
  for (let base = newest - 1; base >= 0 && newest - base <= MOST_TAKEN_BACK; base -= 1) {
    const taken = base + 1;
    if (rows.stepAt(taken) & (STEP.replaced | STEP.reset) || around.isSettled(rows.timeAt(taken))) return -1;
    if (taken < newest && rows.timeAt(newest) - rows.timeAt(taken) > DAY_MS) return -1;
    const step = shown.value - rows.registerAt(base);
    if (step < -digit) continue;
    const isLikely = step <= rise.most((shown.tMs - rows.timeAt(base)) / DAY_MS);
    return isLikely && wereTooHigh(register, shown, { base, goesOn: around.goesOn }) ? base : -1;
  }
  return -1;
}

/** Whether it is the rows behind the base that are wrong, and not the reading below them. */
function wereTooHigh({ rows, level }: JudgedRegister, shown: Shown, { base, goesOn }: { base: number; goesOn: boolean }): boolean {
  // By what was used up to the base: what came after is what is in doubt.
  const doubtful = (DOUBTFUL_TIMES * rows.totalAt(base) * DAY_MS) / (rows.timeAt(base) - rows.timeAt(0));
  const daysTo = (tMs: number) => Math.max(1, (tMs - rows.timeAt(base)) / DAY_MS);
  const rose = rows.registerAt(base + 1) - rows.registerAt(base);
  const isDoubtful = rose > doubtful * daysTo(rows.timeAt(base + 1)) || (rows.stepAt(base + 1) & STEP.unknown) !== 0;
  if (goesOn) return isDoubtful || (rows.length - 2 === base && shown.value >= level / 2);
  return isDoubtful && shown.value - rows.registerAt(base) <= doubtful * daysTo(shown.tMs);
}

/** Whether the register runs more evenly without its newest row than without the fallen reading behind that. */
export function isSmootherWithoutNewest({ rows, level, levelMs }: JudgedRegister, shown: Shown, next: Shown): boolean {
  const before = { tMs: rows.timeAt(rows.length - 2), value: rows.registerAt(rows.length - 2) };
  return unevenness(before, shown, next) < unevenness(before, { tMs: levelMs, value: level }, next);
}

type Point = Pick<Shown, "tMs" | "value">;

/** How much the pace changes at the middle one of three readings: 0 where it does not. */
function unevenness(from: Point, middle: Point, to: Point): number {
  const pace = (a: Point, b: Point) => (b.value - a.value) / (b.tMs - a.tMs);
  return Math.abs(pace(from, middle) - pace(middle, to));
}
