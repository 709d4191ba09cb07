import { topMeters } from "./top-meters.ts";
import { inUnit, isUnit, sumOf, unitsOf, type YearRow } from "./year-rows.ts";

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
  const unit = unitsOf(rows)[0] ?? "";
  const own = rows.filter((row) => isUnit(row.unit, unit) && row.group !== "");
  const names = [...new Set(own.map((row) => row.group))].toSorted((a, b) => a.localeCompare(b, undefined, { numeric: true }));
  const months = (own[0]?.months ?? []).filter((month) => month.fromMs <= nowMs);
  const groups = names
    .map((name) => {
      const top = topMeters(own.filter((row) => row.group === name));
      const amounts = months.map((_, index) => sumOf(top.map((row) => inUnit(row.months[index]?.amount ?? null, row.unit, unit))));
      return { name, months: amounts, total: sumOf(amounts) ?? 0 };
    })
    .filter((group) => group.total > 0);
  if (groups.length < 2) return undefined;
  return {
    unit,
    months: months.map((month) => month.fromLocal.slice(0, 7)),
    groups,
    total: groups.reduce((all, group) => all + group.total, 0),
  };
}
