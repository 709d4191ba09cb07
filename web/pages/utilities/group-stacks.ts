import { topMeters } from "./top-meters.ts";
import type { YearRow } from "./year-rows.ts";

/** Groups by months. Units: of `unit`. Missing: null in a month of which nothing is known. */
export interface GroupStacks {
  readonly unit: string;
  /** Local months, "2026-01". */
  readonly months: readonly string[];
  readonly groups: readonly { readonly name: string; readonly months: readonly (number | null)[]; readonly total: number }[];
  readonly total: number;
}

/** What each group used, month by month, in the unit most of them have. Missing: undefined where fewer than two groups used anything. */
export function groupStacks(rows: readonly YearRow[], nowMs: number): GroupStacks | undefined {
  const unit = mostUsedUnit(rows);
  const own = rows.filter((row) => row.unit === unit && row.group !== "");
  const names = [...new Set(own.map((row) => row.group))].toSorted((a, b) => a.localeCompare(b, undefined, { numeric: true }));
  const months = (own[0]?.months ?? []).filter((month) => month.fromMs <= nowMs);
  const groups = names
    .map((name) => {
      const top = topMeters(own.filter((row) => row.group === name));
      const amounts = months.map((_, index) => sum(top.map((row) => row.months[index]?.amount ?? null)));
      return { name, months: amounts, total: sum(amounts) ?? 0 };
    })
    .filter((group) => group.total > 0);
  if (unit === undefined || groups.length < 2) return undefined;
  return {
    unit,
    months: months.map((month) => month.fromLocal.slice(0, 7)),
    groups,
    total: groups.reduce((all, group) => all + group.total, 0),
  };
}

function mostUsedUnit(rows: readonly YearRow[]): string | undefined {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(row.unit, (counts.get(row.unit) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0];
}

function sum(parts: readonly (number | null)[]): number | null {
  const known = parts.filter((part) => part !== null);
  return known.length === 0 ? null : known.reduce((total, part) => total + part, 0);
}
