import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Intervals } from "#analytics/intervals.ts";
import { dateStart } from "#calendar/local-text.ts";
import { Periods } from "#calendar/periods.ts";
import { zoneNamed } from "#calendar/zone.ts";
import type { Bill, DemandBasis } from "./bill.ts";
import { billing, bills } from "./billing.ts";
import { parsePlan } from "./parse-plan.ts";
import type { Component, Plan } from "./plan.ts";
import { runningDemands } from "./running-demand.ts";
import { seedPlan } from "./seed-plan.ts";
import { madeIntervals } from "./synthetic.ts";

const HOUR_MS = 3_600_000;
const zone = zoneNamed("Europe/Berlin");
const fromMs = dateStart("2025-01-01", zone) as number;
const toMs = dateStart("2025-06-01", zone) as number;
const HOURS = (toMs - fromMs) / HOUR_MS;
const calendar = new Periods({ kind: "calendar" }, zone);

/** Five months of hours with 300 values of chance in them, some missing. */
const load = fc
  .array(
    fc.tuple(fc.integer({ min: 0, max: HOURS - 1 }), fc.oneof(fc.constant(Number.NaN), fc.double({ min: 0, max: 5_000, noNaN: true }))),
    { maxLength: 300 },
  )
  .map((changes) => new Map(changes))
  .map((changes) => madeIntervals({ fromMs, toMs, lengthMs: HOUR_MS }, (_, row) => changes.get(row) ?? 100));
const period = fc.integer({ min: 0, max: 4 });

const made = (plan: Plan, intervals: Intervals, periods = calendar): Bill[] => bills(billing(plan, intervals, { periods, nowMs: toMs }));
const basis = (bill: Bill): DemandBasis => bill.lines.find((line) => line.demand)?.demand as DemandBasis;
const planOf = (components: readonly Component[], more: object = {}): Plan => {
  const parsed = parsePlan({ schema: 1, name: "Test", currency: "EUR", versions: [{ validFrom: "2020-01-01", components, ...more }] });
  if ("problems" in parsed) throw new Error(JSON.stringify(parsed.problems));
  return parsed.plan;
};

const schedules = { tou: { rules: [{ band: "day", days: ["weekday"], from: "07:30", to: "21:00" }], otherwise: "night" } };
const linear = planOf(
  [
    { kind: "fixed", name: "Meter", rate: "0.37", per: "day" },
    { kind: "fixed", name: "Customer", rate: "31", per: "month", proration: "calendar-days" },
    { kind: "energy", name: "Energy", rates: { schedule: "tou", bands: { day: "0.31", night: "0.17" } } },
    { kind: "credit", name: "Export credit", rate: "0.01", per: "kWh" },
    { kind: "percent", name: "Tax", percent: "19", of: "above" },
  ],
  { schedules, rounding: { line: "none", total: 6, mode: "half-even" } },
);

describe("a bill", () => {
  it("of a period cut in two adds up to the whole where the plan is linear", () => {
    fc.assert(
      fc.property(load, fc.integer({ min: 1, max: 29 }), (intervals, days) => {
        const cut = new Date(Date.UTC(2025, 2, 1 + days)).toISOString().slice(0, 10);
        const listed = (readDates: string[]): Periods => new Periods({ kind: "listed", readDates }, zone);
        const total = (periods: Periods): number =>
          made(linear, intervals, periods)
            .filter((bill) => bill.period.name >= "2025-03-01" && bill.period.name < "2025-04-01")
            .reduce((sum, bill) => sum + bill.total.toNumber(), 0);
        expect(total(listed(["2025-03-01", cut, "2025-04-01"]))).toBeCloseTo(total(listed(["2025-03-01", "2025-04-01"])), 4);
      }),
      { numRuns: 25 },
    );
  });

  it("is the sum of its lines, its energy that of all intervals, and that of its bands", () => {
    fc.assert(
      fc.property(load, (intervals) => {
        const all = made(linear, intervals);
        for (const bill of all) {
          const sum = bill.lines.reduce((total, line) => total.plus(line.amount), bill.total.minus(bill.total));
          expect(sum.toDecimalPlaces(6, 6).equals(bill.total)).toBe(true);
          const bands = bill.lines.filter((line) => line.kind === "energy").reduce((kwh, line) => kwh + line.quantity.toNumber(), 0);
          expect(bands).toBeCloseTo(bill.energyKwh, 6);
        }
        const known = intervals.energyKwh.filter((kwh) => !Number.isNaN(kwh)).reduce((sum, kwh) => sum + kwh, 0);
        expect(all.reduce((sum, bill) => sum + bill.energyKwh, 0)).toBeCloseTo(known, 5);
      }),
      { numRuns: 25 },
    );
  });

  it("never falls when an interval uses more", () => {
    fc.assert(
      fc.property(load, fc.integer({ min: 0, max: HOURS - 1 }), fc.double({ min: 0, max: 3_000, noNaN: true }), (intervals, row, more) => {
        fc.pre(!Number.isNaN(intervals.energyKwh[row] as number));
        const higher = { ...intervals, energyKwh: intervals.energyKwh.slice(), demandKw: intervals.demandKw.slice() };
        higher.energyKwh[row] = (higher.energyKwh[row] as number) + more;
        higher.demandKw[row] = (higher.demandKw[row] as number) + more;
        const before = made(seedPlan(), intervals);
        for (const [i, after] of made(seedPlan(), higher).entries())
          expect(after.total.toNumber()).toBeGreaterThanOrEqual((before[i]?.total.toNumber() as number) - 1e-9);
      }),
      { numRuns: 25 },
    );
  });
});

describe("billing demand", () => {
  it("is never below what was metered, the ratchet or the minimum, and is one of them", () => {
    fc.assert(
      fc.property(load, fc.integer({ min: 0, max: 500 }), (intervals, minimumKw) => {
        for (const bill of made(seedPlan({ minimumKw }), intervals)) {
          const { billedKw, meteredKw, ratchetKw } = basis(bill);
          expect(billedKw).toBe(Math.max(meteredKw, ratchetKw, minimumKw));
        }
      }),
      { numRuns: 25 },
    );
  });

  it("is what a plain recursion over the periods says, however they are cut", () => {
    fc.assert(
      fc.property(load, fc.integer({ min: 1, max: 28 }), fc.integer({ min: 0, max: 23 }), (intervals, day, hour) => {
        const pad = (n: number): string => String(n).padStart(2, "0");
        const periods = new Periods({ kind: "anchored", anchor: `2024-07-${pad(day)}T${pad(hour)}:00` }, zone);
        const plain: number[] = [];
        for (const { fromMs: start, toMs: end } of periods.between(fromMs, toMs)) {
          const own = [...intervals.demandKw].filter((kw, row) => {
            const begun = (intervals.tMs[row] as number) - HOUR_MS;
            return begun >= start && begun < end && !Number.isNaN(kw);
          });
          const top = own.toSorted((a, b) => b - a).slice(0, 3);
          const mean = top.length === 0 ? 0 : top.reduce((sum, kw) => sum + kw, 0) / top.length;
          plain.push(Math.max(50, mean, 0.6 * Math.max(0, ...plain.slice(-11))));
        }
        const billed = made(seedPlan(), intervals, periods).map((bill) => basis(bill).billedKw);
        expect(billed.length).toBe(plain.length);
        for (const [i, kw] of billed.entries()) expect(kw).toBeCloseTo(plain[i] as number, 6);
      }),
      { numRuns: 25 },
    );
  });

  it("is never lower with a ratchet than without", () => {
    fc.assert(
      fc.property(load, (intervals) => {
        const without = made(seedPlan({ ratchetPercent: "0" }), intervals);
        for (const [i, bill] of made(seedPlan(), intervals).entries())
          expect(basis(bill).billedKw).toBeGreaterThanOrEqual(basis(without[i] as Bill).billedKw);
      }),
      { numRuns: 25 },
    );
  });

  it("does not depend on how much of the history is asked for", () => {
    fc.assert(
      fc.property(load, period, (intervals, i) => {
        const history = billing(seedPlan(), intervals, { periods: calendar, nowMs: toMs });
        const all = bills(history);
        const one = bills(history, all[i]?.period);
        expect(one).toEqual([all[i]]);
      }),
      { numRuns: 10 },
    );
  });
});

describe("the level of the running interval", () => {
  it("is where billing demand begins to rise: at it nothing is due, a kilowatt above it something is", () => {
    fc.assert(
      fc.property(
        load,
        fc.integer({ min: 24, max: HOURS - 2 }),
        fc.integer({ min: 0, max: 3_000 }),
        fc.boolean(),
        (intervals, row, minimumKw, distinctDays) => {
          const seed = seedPlan({ minimumKw });
          const [version] = seed.versions;
          const components = (version?.components ?? []).map((one) =>
            one.kind === "demand" && one.peak ? { ...one, peak: { ...one.peak, distinctDays } } : one,
          );
          const plan = planOf(components);
          const endMs = intervals.tMs[row] as number;
          const history = billing(plan, intervals, { periods: calendar, nowMs: endMs });
          const [running] = runningDemands(history, { endMs, energyKwh: 0 });
          const level = running?.raises?.kw as number;
          expect(running?.costAt(level).now.toNumber()).toBeCloseTo(0, 6);
          expect(running?.costAt(Math.max(0, level - 1)).now.toNumber()).toBeLessThanOrEqual(1e-6);
          expect(running?.costAt(level + 1).now.toNumber()).toBeGreaterThan(1);
          expect(running?.costAt((running.highest?.kw as number) + 1).meteredKw).toBeGreaterThanOrEqual(running?.metered.kw as number);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("tells the cost that the bill then shows", () => {
    fc.assert(
      fc.property(load, fc.integer({ min: 24, max: HOURS - 2 }), fc.double({ min: 0, max: 6_000, noNaN: true }), (intervals, row, kw) => {
        const endMs = intervals.tMs[row] as number;
        const until = (last: number): Intervals => {
          const cut = madeIntervals({ fromMs, toMs: endMs, lengthMs: HOUR_MS }, (_, i) => intervals.demandKw[i] as number);
          cut.demandKw[row] = last;
          return cut;
        };
        const demand = (last: number): number => basis(made(seedPlan(), until(last)).at(-1) as Bill).billedKw;
        const [running] = runningDemands(billing(seedPlan(), until(Number.NaN), { periods: calendar, nowMs: endMs }), {
          endMs,
          energyKwh: 0,
        });
        // The first intervals of a period may lower a mean of three that only few made; that is no cost.
        fc.pre((running?.metered.peaks.length ?? 0) >= 3);
        expect(running?.costAt(kw).billedKw).toBeCloseTo(demand(kw), 6);
      }),
      { numRuns: 25 },
    );
  });
});
