import { leafMeters } from "./top-meters.ts";
import { inUnit, isUnit, sumOf, unitsOf, type YearRow } from "./year-rows.ts";

/** Groups by months. Units: of `unit`. Missing: null in a month of which nothing is known. */
export interface GroupStacks {
  readonly unit: string;
  /** Local months, "2026-01". */
  readonly months: readonly string[];
  readonly groups: readonly { readonly name: string; readonly months: readonly (number | null)[]; readonly total: number }[];
  readonly total: number;
}

/** What each group used, month by month, in the unit most of them have; sums and what they are made of are not added up. Missing: undefined where fewer than two groups used anything. */
export function groupStacks(rows: readonly YearRow[], nowMs: number): GroupStacks | undefined {
  const unit = unitsOf(rows)[0] ?? "";
  const own = withoutMains(
    withoutDevices(rows).filter((row) => isUnit(row.unit, unit)),
    (row) => inUnit(row.year.amount, row.unit, unit) ?? 0,
  );
  const names = [...new Set(own.map((row) => row.group))].toSorted((a, b) =>
    a === "" ? 1 : b === "" ? -1 : a.localeCompare(b, undefined, { numeric: true }),
  );
  const months = (own[0]?.months ?? []).filter((month) => month.fromMs <= nowMs);
  const groups = names
    .map((name) => {
      const inGroup = own.filter((row) => row.group === name);
      const amounts = months.map((_, index) => sumOf(inGroup.map((row) => inUnit(row.months[index]?.amount ?? null, row.unit, unit))));
      return { name: name === "" ? "No group" : name, months: amounts, total: sumOf(amounts) ?? 0 };
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

/** Where what a sum holds is told apart by a formula, the devices it goes on from one to the next count the same again. */
function withoutDevices(rows: readonly YearRow[]): YearRow[] {
  const leaves = leafMeters(rows);
  const isApart = ({ id, devices }: YearRow) => leaves.some((leaf) => leaf.within.includes(id) && !devices.includes(leaf.id));
  const left = new Set(rows.filter((row) => row.devices.length > 0 && isApart(row)).flatMap(({ devices }) => devices));
  return leaves.filter(({ id }) => !left.has(id));
}

const NEARLY = 0.95;

/** A main meter counts what those beside it under the same sum count too: on top of them it would count twice. */
function withoutMains(rows: readonly YearRow[], sizeOf: (row: YearRow) => number): YearRow[] {
  return rows.filter((row) => {
    const beside = rows.filter((other) => other !== row && other.within.some((id) => row.within.includes(id)));
    const others = beside.reduce((sum, other) => sum + sizeOf(other), 0);
    return !(others > sizeOf(row) / 2 && sizeOf(row) >= NEARLY * others && beside.length > 1);
  });
}
