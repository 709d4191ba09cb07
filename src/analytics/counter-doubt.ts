import { HOUR_MS, MINUTE_MS } from "#calendar/civil.ts";
import type { Column } from "#series/column.ts";
import type { CounterLimits } from "./counter-limits.ts";
import { isReading } from "./counter-reading.ts";

/**
 * A register that was elsewhere for more readings than this, or for longer than about an hour, did not show nonsense for a moment.
 * A few readings may be nonsense however rarely it is read.
 */
export const BLIP_ROWS = 360;
const BLIP_MS = HOUR_MS + 5 * MINUTE_MS;
const BLIP_FEW = 3;
const DECIDED_ROWS = 720;
/** Readings that stay elsewhere are believed when there are so many, or a few over so long; until it comes back after all. */
const SETTLED_ROWS = 60;
const SETTLED_MS = HOUR_MS;
const SETTLED_FEW = 2;

/** A register seen where it should not be. */
export interface Doubt {
  readonly levelKwh: number;
  readonly levelMs: number;
  /** From here on somebody said what it is. */
  readonly untilMs: number;
  readonly limits: CounterLimits;
  /** A person said that it comes back. */
  readonly decided?: boolean;
}

/**
 * The row at which a register is back where it was before `row`, and did not count its way there.
 * Missing: -1 where it does not come back soon.
 */
export function comeBackRow(column: Column, row: number, doubt: Doubt): number {
  const { tMs, value, quality } = column;
  const { levelKwh, levelMs, untilMs, limits, decided = false } = doubt;
  const shown = value[row] as number;
  const shownMs = tMs[row] as number;
  const most = decided ? DECIDED_ROWS : BLIP_ROWS;
  const fellKwh = levelKwh - shown;
  let jumped = fellKwh < 0;
  let [beforeKwh, beforeMs, elsewhere] = [shown, shownMs, 0];
  let [leftKwh, leftMs] = [Number.NaN, Number.NaN];
  for (let next = row + 1; next < tMs.length && (tMs[next] as number) < untilMs; next += 1) {
    const kwh = value[next] as number;
    if (!isReading(kwh, quality[next] as number)) continue;
    elsewhere += 1;
    if (elsewhere > most) return -1;
    const atMs = tMs[next] as number;
    if (!decided && elsewhere > BLIP_FEW && atMs - shownMs > BLIP_MS) return -1;
    const rose = kwh - beforeKwh;
    // Half the way back in one step is no counting.
    if (!limits.isPossible(rose, atMs - beforeMs) || (rose >= fellKwh / 2 && fellKwh > 0)) {
      jumped = true;
      [leftKwh, leftMs] = [beforeKwh, beforeMs];
    } else if (rose < 0 && kwh >= leftKwh - limits.flickerKwh && limits.isPossibleLate(kwh - leftKwh, atMs - leftMs)) {
      // Nonsense for a moment while it counts elsewhere is no way back.
      jumped = fellKwh < 0;
      leftKwh = Number.NaN;
    }
    const isBack = kwh >= levelKwh - limits.flickerKwh && limits.isPossibleLate(kwh - levelKwh, atMs - levelMs);
    // From above it has to have fallen: readings that waited and came at once climb on.
    if (isBack && jumped && (fellKwh > 0 || kwh - levelKwh <= -fellKwh / 2)) return next;
    beforeKwh = kwh;
    beforeMs = atMs;
  }
  return -1;
}

/** Whether enough is known after a row to say that the register stays where it is. */
export function isSettled({ tMs, value, quality }: Column, row: number, untilMs: number): boolean {
  let readings = 0;
  for (let next = row + 1; next < tMs.length; next += 1) {
    if ((tMs[next] as number) >= untilMs) return true;
    if (!isReading(value[next] as number, quality[next] as number)) continue;
    readings += 1;
    if (readings >= SETTLED_ROWS) return true;
    if (readings >= SETTLED_FEW && (tMs[next] as number) - (tMs[row] as number) >= SETTLED_MS) return true;
  }
  return false;
}
