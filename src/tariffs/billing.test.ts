import { describe, expect, it } from "vitest";
import { dateStart } from "#calendar/local-text.ts";
import { type PeriodRule, Periods } from "#calendar/periods.ts";
import { zoneNamed } from "#calendar/zone.ts";
import type { Bill, BillLine } from "./bill.ts";
import { billing, bills } from "./billing.ts";
import type { Plan } from "./plan.ts";
import { SEED_LINES, seedPlan } from "./seed-plan.ts";
import { type Made, madeIntervals } from "./synthetic.ts";

const zone = zoneNamed("America/Indiana/Indianapolis");
const at = (date: string): number => dateStart(date, zone) as number;

interface Case {
  readonly from: string;
  readonly to: string;
  readonly rule?: PeriodRule;
  readonly now?: string;
}

function billed(plan: Plan, { from, to, rule, now }: Case, make: (startMs: number, row: number) => number | Made): Bill[] {
  const intervals = madeIntervals({ fromMs: at(from), toMs: at(to) }, make);
  const periods = new Periods(rule ?? { kind: "calendar" }, zone);
  return bills(billing(plan, intervals, { periods, nowMs: at(now ?? to) }));
}

const lineOf = (bill: Bill | undefined, name: string): BillLine => bill?.lines.find((line) => line.name === name) as BillLine;
const demandOf = (bill: Bill | undefined) => {
  const { demand, amount } = lineOf(bill, SEED_LINES.demand);
  return { rule: demand?.rule, ratchetKw: demand?.ratchetKw, billedKw: demand?.billedKw, amount: amount.toFixed(2) };
};
/** Months since January 2025 of an instant. */
const month = (startMs: number): number => {
  const [year = 0, m = 0] = new Date(startMs - 5 * 3_600_000).toISOString().split("-").map(Number);
  return (year - 2025) * 12 + m - 1;
};

describe("the ratchet", () => {
  it("holds 60 % of 1000 kW for eleven months, then 60 % of what it held itself", () => {
    const made = billed(seedPlan(), { from: "2025-01-01", to: "2026-02-01" }, (t) => (month(t) === 0 ? 1000 : 400));
    expect(made.map(demandOf)).toEqual([
      { rule: "metered", ratchetKw: 0, billedKw: 1000, amount: "24740.00" },
      ...Array.from({ length: 11 }, () => ({ rule: "ratchet", ratchetKw: 600, billedKw: 600, amount: "14844.00" })),
      { rule: "metered", ratchetKw: 360, billedKw: 400, amount: "9896.00" },
    ]);
  });
  it("x", () => {
    console.log(
      JSON.stringify(
        billed(seedPlan(), { from: "2025-01-01", to: "2025-02-15", now: "2025-02-20" }, (t) => (month(t) === 0 ? 1000 : 400)),
        null,
        1,
      ),
    );
  });
});
