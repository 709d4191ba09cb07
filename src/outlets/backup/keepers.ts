import type { Zone } from "#calendar/zone.ts";

/** Of how many hours, days and months the newest copy is kept each. */
export interface KeepRule {
  readonly hours: number;
  readonly days: number;
  readonly months: number;
}

export type KeptAs = "hourly" | "daily" | "monthly";

const UNITS = [
  { unit: "hour", as: "hourly", of: "hours" },
  { unit: "day", as: "daily", of: "days" },
  { unit: "month", as: "monthly", of: "months" },
] as const;

/**
 * Which copies the rule keeps, and why: the newest of each of the last hours, days and months, on the local clock, in which
 * there is one. Hours without a copy do not count, so a machine that was off loses none by that. The newest is always kept.
 * Units: epoch milliseconds. Shape: newest first; at most hours + days + months of them, and one at least.
 * Missing: empty where there are none.
 */
export function keepers(timesMs: readonly number[], rule: KeepRule, zone: Zone): ReadonlyMap<number, readonly KeptAs[]> {
  const newestFirst = [...new Set(timesMs)].toSorted((a, b) => b - a);
  const kept = new Map<number, KeptAs[]>();
  for (const { unit, as, of } of UNITS) {
    const seen = new Set<number>();
    for (const tMs of newestFirst) {
      if (seen.size >= rule[of]) break;
      const start = zone.startOf(unit, tMs);
      if (seen.has(start)) continue;
      seen.add(start);
      kept.set(tMs, [...(kept.get(tMs) ?? []), as]);
    }
  }
  const newest = newestFirst[0];
  if (newest !== undefined && !kept.has(newest)) kept.set(newest, []);
  return new Map([...kept].toSorted(([a], [b]) => b - a));
}
