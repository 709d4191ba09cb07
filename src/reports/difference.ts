import { Decimal } from "decimal.js";
import type { Intervals } from "#analytics/intervals.ts";
import type { Range } from "#store/store.ts";
import type { Bill, Peak } from "#tariffs/bill.ts";
import type { Ledger } from "./billing-desk.ts";
import { highestRow, sumOf, within } from "./interval-columns.ts";
import { demandOf } from "./period-rows.ts";
import type { Difference } from "./plant-answers.ts";
import { rowOf } from "./rows.ts";

/** Two states of one history. */
export interface States {
  readonly before: Ledger;
  readonly after: Ledger;
}

/** What became different in a range: intervals, energy and peak of it, and every bill, also later ones through a ratchet. */
export function differenceOf(range: Range, states: States): Difference {
  const [before, after] = [within(states.before.intervals, range), within(states.after.intervals, range)];
  return {
    range: { fromMs: range.fromMs, toMs: range.toMs },
    changed: changedRows(before, after),
    energyKwh: { before: sumOf(before.energyKwh), after: sumOf(after.energyKwh) },
    peak: peaksOf(before, after),
    bills: changedBills(states),
  };
}

const unknown = (): number => Number.NaN;

function changedRows(before: Intervals, after: Intervals): Difference["changed"] {
  const byEnd = new Map(Array.from(before.tMs, (tMs, row) => [tMs, row]));
  const changed: Difference["changed"][number][] = [];
  for (let row = 0; row < after.tMs.length; row++) {
    const endMs = after.tMs[row] as number;
    const old = byEnd.get(endMs);
    const then = old === undefined ? { ...NOTHING, endMs } : rowOf(before, old, unknown);
    const now = rowOf(after, row, unknown);
    if (!isSame(then, now)) changed.push({ endMs, before: then, after: now });
  }
  return changed;
}

const NOTHING = {
  energyKwh: Number.NaN,
  powerKw: Number.NaN,
  demandKw: Number.NaN,
  possibleKw: Number.NaN,
  pulses: Number.NaN,
  totalKwh: Number.NaN,
  quality: 0,
  coverage: 0,
};

type Row = Difference["changed"][number]["after"];

function isSame(a: Row, b: Row): boolean {
  return (
    Object.is(a.energyKwh, b.energyKwh) &&
    Object.is(a.demandKw, b.demandKw) &&
    Object.is(a.possibleKw, b.possibleKw) &&
    a.quality === b.quality &&
    a.source === b.source
  );
}

function peaksOf(before: Intervals, after: Intervals): Difference["peak"] {
  const [then, now] = [peakOf(before), peakOf(after)];
  return { ...(then === undefined ? {} : { before: then }), ...(now === undefined ? {} : { after: now }) };
}

function peakOf({ tMs, demandKw }: Intervals): Peak | undefined {
  const row = highestRow(demandKw);
  return row < 0 ? undefined : { tMs: tMs[row] as number, kw: demandKw[row] as number };
}

function changedBills({ before, after }: States): Difference["bills"] {
  const numbers = [...new Set([...before.bills.keys(), ...after.bills.keys()])].sort((a, b) => a - b);
  return numbers.flatMap((k) => {
    const [then, now] = [before.bills.get(k), after.bills.get(k)];
    const period = (now ?? then)?.period;
    if (period === undefined || isSameBill(then, now)) return [];
    return [
      {
        period,
        billedKw: { before: billedOf(then), after: billedOf(now) },
        total: { before: then?.total ?? new Decimal(0), after: now?.total ?? new Decimal(0) },
      },
    ];
  });
}

function isSameBill(a: Bill | undefined, b: Bill | undefined): boolean {
  return a !== undefined && b !== undefined && a.total.equals(b.total) && Object.is(billedOf(a), billedOf(b));
}

function billedOf(bill: Bill | undefined): number {
  return (bill && demandOf(bill)?.billedKw) ?? Number.NaN;
}
