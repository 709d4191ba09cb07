import type { MeterCostsAnswer } from "#contract/meter-history.ts";
import type { MeterFigureAnswer, MetersAnswer } from "#contract/meters.ts";
import { convertDifference, sameDimension } from "#units/unit.ts";
import { isComparable } from "./compare.ts";
import type { MeterMedium } from "./media.ts";
import { byMediumAndName, mediaOf } from "./meters-filter.ts";
import { type MoneySum, moneySum } from "./money.ts";
import { topMeters, unpricedMeters } from "./top-meters.ts";
import type { YearSearch } from "./utility-search.ts";

/** One meter in a year. */
export interface YearRow {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly medium: MeterMedium;
  readonly group: string;
  readonly kind: MetersAnswer["meters"][number]["kind"];
  readonly within: readonly string[];
  /** The last local day it counted; null for one that counts. */
  readonly removedOn: string | null;
  /** Ids of the devices a master goes on from one to the next. */
  readonly devices: readonly string[];
  readonly months: readonly MeterFigureAnswer[];
  readonly year: MeterFigureAnswer;
}

/** Meters of one site in a year, and its money. */
export interface YearSite {
  readonly site: string;
  readonly name: string;
  readonly currency: string;
  readonly rows: readonly YearRow[];
}

/** What a year holds, as the filters of the address let it through; meters in the order of every list. */
export function yearSites(
  answer: MeterCostsAnswer,
  list: MetersAnswer,
  search: Pick<YearSearch, "medium" | "group" | "meters">,
): YearSite[] {
  const known = new Map(list.meters.map((meter) => [meter.id, meter]));
  const chosen = search.meters === undefined ? undefined : new Set(search.meters);
  return answer.sites
    .map((site) => ({
      site: site.site,
      name: list.sites.find((one) => one.id === site.site)?.name ?? site.site,
      currency: site.currency,
      rows: site.rows
        .map((row): YearRow => {
          const meter = known.get(row.meter);
          return {
            ...row,
            id: row.meter,
            kind: meter?.kind ?? "physical",
            within: meter?.within ?? [],
            removedOn: meter?.removedOn ?? null,
            devices: devicesOf(meter),
          };
        })
        .filter(
          (row) =>
            (search.medium === undefined || row.medium === search.medium) &&
            (search.group === undefined || row.group === search.group) &&
            (chosen === undefined || chosen.has(row.id)),
        )
        .toSorted(byMediumAndName),
    }))
    .filter((site) => site.rows.length > 0);
}

const devicesOf = (meter: MetersAnswer["meters"][number] | undefined): string[] =>
  meter?.kind === "master" ? meter.parts.map((name) => `${meter.site}.${name}`) : [];

/** Rows under one heading, with what they come to. */
export interface CostSection {
  readonly title: string;
  readonly rows: readonly YearRow[];
  readonly months: readonly MoneySum[];
  readonly year: MoneySum;
  /** How many meters counted something and have no price, nor does one that counts it too. */
  readonly unpriced: number;
  /** Rows left out of the total: another one counts them too. */
  readonly leftOut: readonly string[];
}

/** Costs by group, in the order people count. */
export function costsByGroup(rows: readonly YearRow[]): CostSection[] {
  const groups = [...new Set(rows.map((row) => row.group))].toSorted((a, b) =>
    a === "" ? 1 : b === "" ? -1 : a.localeCompare(b, undefined, { numeric: true }),
  );
  return groups.map((group) =>
    costSection(
      group === "" ? "No group" : group,
      rows.filter((row) => row.group === group),
    ),
  );
}

/** Costs by medium. */
export function costsByMedium(rows: readonly YearRow[], titleOf: (medium: MeterMedium) => string): CostSection[] {
  return mediaOf(rows).map((medium) =>
    costSection(
      titleOf(medium),
      rows.filter((row) => row.medium === medium),
    ),
  );
}

/** What rows come to together: meters that another priced one counts too are left out. Months that nobody knows anything of do not count as missing. */
export function costSection(title: string, rows: readonly YearRow[]): CostSection {
  // A meter without a price cannot speak for those it holds: they are asked themselves.
  const isPriced = (row: YearRow) => row.year.cost !== null || row.months.some((month) => month.cost !== null);
  const unpriced = unpricedMeters(rows, isPriced).filter((row) => row.year.amount !== null);
  const counting = [...topMeters(rows.filter(isPriced)), ...unpriced];
  const sum = (figureOf: (row: YearRow) => MeterFigureAnswer | undefined): MoneySum =>
    moneySum(
      counting
        .map(figureOf)
        .filter((figure) => figure !== undefined && (figure.amount !== null || figure.cost !== null))
        .map((figure) => figure?.cost ?? null),
    );
  const months = rows[0]?.months.map((_, index) => sum((row) => row.months[index])) ?? [];
  const counted = new Set(counting.map((row) => row.id));
  return {
    title,
    rows,
    months,
    year: sum((row) => row.year),
    unpriced: unpriced.length,
    leftOut: rows
      .filter((row) => row.year.amount !== null && !counted.has(row.id))
      .map((row) => (row.group === "" ? row.name : `${row.name} (${row.group})`)),
  };
}

/** Amounts of a medium that can be told in one unit, each counted once. Missing: null where nothing is known. */
export interface AmountTotal {
  readonly unit: string;
  readonly amount: number | null;
  readonly measured: number | null;
  readonly before: number | null;
}

/** Totals of rows, told in the unit most of them have; what cannot be converted is told apart, the unit with most meters first. */
export function amountTotals(rows: readonly YearRow[], amountOf: (row: YearRow) => Amounts): AmountTotal[] {
  const top = topMeters(rows);
  return unitsOf(rows).map((unit) => {
    const parts = top.filter((row) => isUnit(row.unit, unit)).map((row) => told(amountOf(row), row.unit, unit));
    const both = parts.every(({ amount, before }) => (amount === null) === (before === null));
    return {
      unit,
      amount: sumOf(parts.map(({ amount }) => amount)),
      measured: sumOf(parts.map(({ measured }) => measured)),
      // A meter that was not there the year before would look like thrift.
      before: both ? sumOf(parts.map(({ before }) => before)) : null,
    };
  });
}

/** One unit for all that can be told in it: the one most rows have, the one with most rows first. */
export function unitsOf(rows: readonly Pick<YearRow, "unit">[]): string[] {
  const counts = new Map<string, number>();
  for (const { unit } of rows) counts.set(unit, (counts.get(unit) ?? 0) + 1);
  const found: string[] = [];
  for (const [unit] of [...counts].toSorted(([, a], [, b]) => b - a)) if (!found.some((one) => isUnit(unit, one))) found.push(unit);
  return found;
}

/** Whether an amount can be told in a unit. */
export const isUnit = (unit: string, other: string): boolean => unit === other || sameDimension(unit, other);

/** An amount in another unit of its kind. Missing: null stays null. */
export function inUnit(amount: number | null, from: string, to: string): number | null {
  return amount === null || from === to ? amount : convertDifference(amount, from, to);
}

function told({ amount, measured, before }: Amounts, from: string, to: string): Amounts {
  return { amount: inUnit(amount, from, to), measured: inUnit(measured, from, to), before: inUnit(before, from, to) };
}

export interface Amounts {
  readonly amount: number | null;
  readonly measured: number | null;
  readonly before: number | null;
}

/** A sum of what is known. Missing: null where nothing is. */
export function sumOf(parts: readonly (number | null)[]): number | null {
  const known = parts.filter((part) => part !== null);
  return known.length === 0 ? null : known.reduce((total, part) => total + part, 0);
}

/** Whether a month is over: what is asked up to now may end with now. */
export function isWhole(month: Pick<MeterFigureAnswer, "toMs" | "toLocal">, nowMs: number): boolean {
  return month.toMs <= nowMs && month.toLocal.slice(8, 16) === "01T00:00";
}

/** What the whole months of both years come to, up to the last month that is over in both. */
export function sameMonths(row: YearRow, before: YearRow | undefined, nowMs: number): Amounts {
  const over = row.months.map((month) => isWhole(month, nowMs));
  const here = row.months.filter((_, index) => over[index]);
  const there = (before?.months ?? []).filter((_, index) => over[index]);
  const complete = (months: readonly MeterFigureAnswer[]) => months.length > 0 && months.every(isComparable);
  return {
    amount: sumOf(here.map((month) => month.amount)),
    measured: sumOf(here.map((month) => month.measured)),
    before: complete(here) && complete(there) ? sumOf(there.map((month) => month.amount)) : null,
  };
}
