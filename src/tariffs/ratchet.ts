import type { Periods } from "#calendar/periods.ts";
import { clean } from "./money.ts";
import type { Ratchet } from "./plan.ts";

/** What a look-back found. Missing: `from` is left out where nothing was known, and `kw` is 0. */
export interface LookBack {
  readonly kw: number;
  /** Number of the period whose demand it is. */
  readonly from?: number;
}

export interface History {
  readonly periods: Periods;
  /** Demand of a period by its number, billed or metered as the ratchet asks. Missing: undefined. */
  readonly demandOf: (k: number) => number | undefined;
}

/** The floor that earlier periods put under a period. Of equal demands the latest counts, for it is remembered longest. */
export function lookBack(ratchet: Ratchet, k: number, { periods, demandOf }: History): LookBack {
  if (!holdsIn(ratchet.applyMonths, periods.monthIndex(k))) return { kw: 0 };
  let highest = -Infinity;
  let from: number | undefined;
  for (let j = earliest(ratchet, k, periods); j <= (ratchet.includeCurrent ? k : k - 1); j += 1) {
    const kw = demandOf(j);
    if (kw === undefined || kw < highest || !holdsIn(ratchet.countMonths, periods.monthIndex(j))) continue;
    highest = kw;
    from = j;
  }
  if (from === undefined) return { kw: 0 };
  return { kw: clean((highest * Number(ratchet.percent)) / 100), from };
}

/** The earliest period that period k looks back at. */
export function earliest(ratchet: Ratchet, k: number, periods: Periods): number {
  if ("periods" in ratchet.lookBack) return k - ratchet.lookBack.periods;
  let j = k;
  while (periods.monthIndex(k) - periods.monthIndex(j - 1) <= ratchet.lookBack.months) j -= 1;
  return j;
}

/** The first period after j that no longer looks back at it. */
export function forgottenIn(ratchet: Ratchet, j: number, periods: Periods): number {
  let k = j + 1;
  while (earliest(ratchet, k, periods) <= j) k += 1;
  return k;
}

function holdsIn(months: readonly number[] | undefined, monthIndex: number): boolean {
  return months === undefined || months.includes((monthIndex % 12) + 1);
}
