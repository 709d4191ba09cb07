import { DAY_MS } from "#calendar/civil.ts";
import type { CleanReadings } from "./clean-readings.ts";
import type { PlausibleRise } from "./plausible-rise.ts";

/** As many readings can be wrong together as a reader sends in a day; of readings rarer than that, one. */
const MOST_WRONG = 96;

/** What the readings after a doubtful one are held against. */
export interface Held {
  readonly levelMs: number;
  readonly level: number;
  /** Instant of the next thing somebody said: behind it all may be different. */
  readonly untilMs: number;
  readonly rise: PlausibleRise;
  readonly digit: number;
}

/**
 * The reading that goes on from where the register stood before a doubtful one, as if the readings between had not been.
 * Missing: -1 where there is none near.
 */
export function backAt({ tMs, value }: CleanReadings, row: number, held: Held): number {
  const isHigh = (value[row] as number) > held.level;
  for (let j = row + 1; j < tMs.length && j - row <= MOST_WRONG; j += 1) {
    const [atMs, shown] = [tMs[j] as number, value[j] as number];
    if (atMs > held.untilMs) return -1;
    if (j > row + 1 && (tMs[j - 1] as number) - (tMs[row] as number) > DAY_MS) return -1;
    const rise = shown - held.level;
    const hasLeft = isHigh ? shown < (value[row] as number) - held.digit : true;
    if (hasLeft && rise >= -held.digit && rise <= held.rise.most((atMs - held.levelMs) / DAY_MS)) return j;
  }
  return -1;
}

/** The next reading where it goes on from a doubtful one. Missing: -1. */
export function nextAbove({ tMs, value }: CleanReadings, row: number, { untilMs, digit }: Held): number {
  const next = row + 1;
  const isAbove = next < tMs.length && (tMs[next] as number) <= untilMs && (value[next] as number) >= (value[row] as number) - digit;
  return isAbove ? next : -1;
}
