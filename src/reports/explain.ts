import { Decimal } from "decimal.js";
import type { Zone } from "#calendar/zone.ts";
import type { Bill } from "#tariffs/bill.ts";
import { billing, bills } from "#tariffs/billing.ts";
import type { Plan } from "#tariffs/plan.ts";
import type { Ledger } from "./billing-desk.ts";
import { dayOf, daySpans } from "./days.ts";
import { sumOf, within } from "./interval-columns.ts";
import { demandOf, periodRow } from "./period-rows.ts";
import type { Conservation, Explanation } from "./plant-answers.ts";

/** What besides the ledger is needed to argue about a bill. */
export interface ExplainFacts {
  readonly plan: Plan;
  readonly zone: Zone;
  readonly nowMs: number;
  readonly holidays: readonly string[];
  /** What the register rose by over the period, and how fine it and the pulses are. NaN where it is not known. */
  readonly registerKwh: number;
  readonly toleranceKwh: number;
}

/** Why a period's bill is what it is. Missing: undefined where it has no bill. */
export function explanationOf(ledger: Ledger, k: number, facts: ExplainFacts): Explanation | undefined {
  const row = periodRow(ledger, k);
  const { bill } = row;
  if (bill === undefined) return undefined;
  const from = row.demand?.ratchetFromMs;
  const source = from === undefined ? undefined : ledger.periods.index(from);
  const sourceBill = source === undefined ? undefined : ledger.bills.get(source);
  return {
    row,
    bill,
    costOfRule: bill.lines.reduce((sum, line) => sum.plus(line.demand?.costOfRule ?? 0), new Decimal(0)),
    ...(source === undefined ? {} : { ratchetPeriod: ledger.periods.period(source) }),
    ratchetPeaks: (sourceBill && demandOf(sourceBill)?.peaks) ?? [],
    withExcluded: withExcluded(ledger, k, { bill, facts }),
    conservation: conservationOf(ledger, k, { bill, facts }),
  };
}

interface Billed {
  readonly bill: Bill;
  readonly facts: ExplainFacts;
}

/** The same period had R17 intervals counted as demand, in it and in all it looks back at. */
function withExcluded(ledger: Ledger, k: number, { bill, facts }: Billed): Explanation["withExcluded"] {
  const { periods, intervals, exported } = ledger;
  const { plan, nowMs, holidays } = facts;
  const sold = exported === undefined ? {} : { exported };
  const counting = billing(plan, intervals, { periods, nowMs, holidays, ...sold, excluded: "count-as-demand" });
  const [other = bill] = bills(counting, periods.period(k));
  const demand = demandOf(other);
  return { meteredKw: demand?.meteredKw ?? Number.NaN, billedKw: demand?.billedKw ?? Number.NaN, total: other.total };
}

const HAIR_KWH = 1e-6;

function conservationOf(ledger: Ledger, k: number, { bill, facts }: Billed): Conservation {
  const period = ledger.periods.period(k);
  const rows = within(ledger.intervals, period);
  const intervalsKwh = sumOf(rows.energyKwh);
  const daysKwh = daysOf(ledger, k, facts.zone);
  const { registerKwh, toleranceKwh } = facts;
  const agrees = (kwh: number, within: number): boolean => Number.isNaN(kwh) || Math.abs(kwh - intervalsKwh) <= within + HAIR_KWH;
  return {
    registerKwh,
    intervalsKwh,
    daysKwh,
    billedKwh: bill.energyKwh,
    toleranceKwh,
    holds: agrees(registerKwh, toleranceKwh) && agrees(daysKwh, 0) && agrees(bill.energyKwh, 0),
  };
}

/** Sum of the local days of a period, each as the page of days shows it. */
function daysOf({ intervals, periods }: Ledger, k: number, zone: Zone): number {
  const { fromMs, toMs, name } = periods.period(k);
  const last = new Date(zone.localOf(toMs - 1)).toISOString().slice(0, 10);
  const days = daySpans(name, last, zone).map((span) =>
    dayOf(intervals, clipped(span, { fromMs, toMs }), { zone, attribution: "lies-in" }),
  );
  return sumOf(Float64Array.from(days, (day) => day.energyKwh));
}

function clipped(span: { fromMs: number; toMs: number }, to: { fromMs: number; toMs: number }): { fromMs: number; toMs: number } {
  return { fromMs: Math.max(span.fromMs, to.fromMs), toMs: Math.min(span.toMs, to.toMs) };
}
