import type { Decimal } from "decimal.js";
import { dateStart, dateText } from "#calendar/local-text.ts";
import { Periods } from "#calendar/periods.ts";
import type { Zone } from "#calendar/zone.ts";
import type { Stretch } from "./costing.ts";
import { decimal, sumOf, ZERO } from "./money.ts";

/** What is paid in advance each month, from a local date on; the amount is exact decimal text. */
export interface Instalment {
  readonly fromDate: string;
  readonly amount: string;
}

/** What is paid in advance in a year of settlement. */
export interface PaidInAdvance {
  readonly year: Stretch;
  /** Until now, the payment of today included. */
  readonly paid: Decimal;
  readonly paidCount: number;
  /** All of the year, those to come included. */
  readonly yearPaid: Decimal;
  readonly yearCount: number;
  /** The one in force now, or the first to come. */
  readonly each: Decimal;
}

/** The year of settlement that holds an instant: `settlement` is the month and day it begins, `01-01`, by the clock of the place. */
export function settlementYear(tMs: number, { settlement, zone }: { readonly settlement: string; readonly zone: Zone }): Stretch {
  const year = Number(dateText(tMs, zone).slice(0, 4));
  const start = (of: number): number => dateStart(`${of}-${settlement}`, zone) ?? (dateStart(`${of}-03-01`, zone) as number);
  const begun = start(year) <= tMs ? year : year - 1;
  return { fromMs: start(begun), toMs: start(begun + 1) };
}

/**
 * What is paid in advance in the year of settlement that holds `nowMs`. One payment falls due each month, on the day of the first row's
 * date (held within short months), at the amount that is in force that day.
 * Missing: undefined without any row.
 */
export function paidInAdvance(
  rows: readonly Instalment[],
  { settlement, zone, nowMs }: { readonly settlement: string; readonly zone: Zone; readonly nowMs: number },
): PaidInAdvance | undefined {
  const ordered = [...rows].sort((a, b) => (a.fromDate < b.fromDate ? -1 : a.fromDate > b.fromDate ? 1 : 0));
  const first = ordered[0];
  if (first === undefined) return undefined;
  const inForce = (date: string): Decimal => decimal(ordered.findLast((row) => row.fromDate <= date)?.amount ?? first.amount);
  const year = settlementYear(nowMs, { settlement, zone });
  const due = dueDates(first.fromDate, year, zone);
  const amounts = due.map(({ date, dueMs }) => ({ amount: inForce(date), isPaid: dueMs <= nowMs }));
  const paid = amounts.filter(({ isPaid }) => isPaid);
  return {
    year,
    paid: sumOf(paid.map(({ amount }) => amount)),
    paidCount: paid.filter(counts).length,
    yearPaid: sumOf(amounts.map(({ amount }) => amount)),
    yearCount: amounts.filter(counts).length,
    each: inForce(dateText(nowMs, zone)),
  };
}

/** An amount of 0 is a month in which nothing is paid. */
function counts({ amount }: { readonly amount: Decimal }): boolean {
  return !amount.equals(ZERO);
}

function dueDates(firstDate: string, year: Stretch, zone: Zone): { readonly date: string; readonly dueMs: number }[] {
  const monthly = new Periods({ kind: "anchored", anchor: firstDate }, zone);
  const firstMs = dateStart(firstDate, zone) as number;
  return monthly
    .between(Math.max(firstMs, year.fromMs), year.toMs)
    .filter((month) => month.fromMs >= year.fromMs)
    .map((month) => ({ date: month.name, dueMs: month.fromMs }));
}
