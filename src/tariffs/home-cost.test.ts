import { Decimal as Short } from "decimal.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { daysInMonth } from "#calendar/civil.ts";
import { dateStart, dateText } from "#calendar/local-text.ts";
import { Periods } from "#calendar/periods.ts";
import { zoneNamed } from "#calendar/zone.ts";
import { billing, bills } from "./billing.ts";
import { type Cost, Costing } from "./costing.ts";
import { type FlatPrice, flatPlan } from "./flat-plan.ts";
import { parsePlan } from "./parse-plan.ts";
import type { Component, Plan } from "./plan.ts";
import { madeIntervals } from "./synthetic.ts";

const Decimal = Short.clone({ precision: 60 });
type Decimal = Short;
const zone = zoneNamed("Europe/Berlin");
const QUARTER_MS = 900_000;
const at = (date: string): number => dateStart(date, zone) as number;
const calendar = new Periods({ kind: "calendar" }, zone);
const eur = (prices: FlatPrice[]): Plan => flatPlan(prices, { currency: "EUR" });
const PRICE: FlatPrice = { fromDate: "2026-01-01", perKwh: "0.3102", baseFeePerMonth: "0" };

/** A house that uses and sells something else every quarter-hour. */
function house(plan: Plan, from: string, to: string, seed = 1, periods = calendar) {
  const range = { fromMs: at(from), toMs: at(to) };
  const kw = (step: number) => (_: number, row: number) => ((row * 7919 * (seed + step)) % 1_733) / 500;
  const bought = madeIntervals(range, kw(0));
  const sold = madeIntervals(range, kw(3));
  return { ...range, bought, sold, history: billing(plan, bought, { periods, nowMs: range.toMs, exported: sold }) };
}

const rest: Component[] = [
  { kind: "energy", name: "Energy", rates: { schedule: "tou", bands: { day: "0.31", night: "0.17" } } },
  {
    kind: "energy",
    name: "Steps",
    tiers: [{ upTo: 200, rate: "0.02" }, { upTo: 500, rate: "0.05" }, { rate: "0.11" }],
  },
  { kind: "fixed", name: "Meter", rate: "0.37", per: "day" },
  { kind: "fixed", name: "Customer", rate: "31", per: "month", proration: "calendar-days" },
  { kind: "fixed", name: "Service", rate: "4", per: "month" },
  { kind: "credit", name: "Bonus", rate: "0.01", per: "kWh" },
  { kind: "demand", name: "Peak", rate: "3.5", peak: { pick: { meanOf: 3 }, distinctDays: true } },
  { kind: "percent", name: "Tax", percent: "19", of: "above" },
  { kind: "minimum", name: "Least", amount: "900", of: "above" },
  { kind: "feed-in", name: "Sold", rates: { schedule: "tou", bands: { day: "0.08", night: "0.05" } } },
];
const parsed = parsePlan({
  schema: 1,
  name: "Everything",
  currency: "EUR",
  versions: [
    {
      validFrom: "2025-01-01",
      schedules: { tou: { rules: [{ band: "day", from: "06:00", to: "22:00" }], otherwise: "night" } },
      components: rest,
      rounding: { line: "none", total: 6, mode: "half-even" },
    },
    {
      validFrom: "2026-03-11",
      schedules: { tou: { rules: [{ band: "day", days: ["weekday"] }], otherwise: "night" } },
      components: rest.map((one) => (one.name === "Meter" ? { ...one, rate: "0.41" } : one)),
      rounding: { line: "none", total: 6, mode: "half-even" },
    },
  ],
});
if ("problems" in parsed) throw new Error(JSON.stringify(parsed.problems));
const everything = parsed.plan;

const FIGURES = ["energy", "baseFee", "other", "earned", "cost"] as const;
function same(cost: Cost | undefined, parts: readonly (Cost | undefined)[]): void {
  for (const key of FIGURES) {
    const sum = parts.reduce((total, part) => total.plus(part?.[key] ?? 0), new Decimal(0));
    expect(
      sum
        .minus(cost?.[key] ?? 0)
        .abs()
        .toNumber(),
    ).toBeLessThan(1e-18);
  }
}

describe("the cost of a stretch", () => {
  it("is half a kWh at 0.3102: 0.1551", () => {
    const bought = madeIntervals({ fromMs: at("2026-01-01"), toMs: at("2026-01-01") + 4 * QUARTER_MS }, () => 0.5);
    const costs = new Costing(billing(eur([PRICE]), bought, { periods: calendar, nowMs: at("2026-01-02") }));
    const cost = costs.of({ fromMs: at("2026-01-01"), toMs: at("2026-01-02") });
    expect(cost?.cost.toString()).toBe("0.1551");
    expect(cost?.boughtKwh).toBe(0.5);
  });

  it.each([
    [
      "a flat price that changes",
      eur([PRICE, { fromDate: "2026-03-17", perKwh: "0.2871", baseFeePerMonth: "12.90", feedInPerKwh: "0.0812" }]),
    ],
    ["a plan with everything", everything],
  ])("of %s adds up however it is cut, on days of 23 and 25 hours too", (_, plan) => {
    for (const [from, to] of [
      ["2026-03-01", "2026-04-09"],
      ["2025-10-20", "2025-11-03"],
    ] as const) {
      const { fromMs, toMs, history } = house(plan, from, to);
      const costs = new Costing(history);
      const instant = fc.integer({ min: fromMs - 86_400_000, max: toMs + 86_400_000 });
      fc.assert(
        fc.property(fc.uniqueArray(instant, { minLength: 2, maxLength: 6 }), (cuts) => {
          const ordered = cuts.sort((a, b) => a - b);
          const parts = ordered.slice(1).map((cut, i) => costs.of({ fromMs: ordered[i] as number, toMs: cut }));
          same(costs.of({ fromMs: ordered[0] as number, toMs: ordered.at(-1) as number }), parts);
        }),
        { numRuns: 60 },
      );
    }
  });

  it("of a period that is over is its bill before rounding, by any plan", () => {
    for (const plan of [everything, eur([{ ...PRICE, baseFeePerMonth: "9.90", feedInPerKwh: "0.08" }])]) {
      for (const periods of [calendar, new Periods({ kind: "anchored", anchor: "2026-01-17" }, zone)]) {
        const { history } = house(plan, "2026-01-01", "2026-07-01", 5, periods);
        const costs = new Costing(history);
        const over = bills(history).filter(({ period }) => !period.open && period.fromMs >= at("2026-01-01"));
        expect(over.length).toBeGreaterThan(3);
        for (const bill of over) {
          const cost = costs.of(bill.period);
          const unrounded = bill.lines.reduce((sum, line) => sum.plus(line.unrounded), new Decimal(0));
          expect(cost?.cost.minus(cost.earned).minus(unrounded).abs().toNumber()).toBeLessThan(1e-9);
        }
      }
    }
  });

  it("counts the base fee by the days of each month, and a day that is cut by its time", () => {
    const plan = eur([{ ...PRICE, baseFeePerMonth: "31" }]);
    const { history } = house(plan, "2026-03-01", "2026-04-09");
    const costs = new Costing(history);
    const fee = (fromMs: number, toMs: number) => costs.of({ fromMs, toMs })?.baseFee.toNumber();
    expect(fee(at("2026-03-05"), at("2026-03-06"))).toBe(1);
    // 2026-03-29 has 23 hours.
    expect(fee(at("2026-03-29"), at("2026-03-30"))).toBe(1);
    expect(fee(at("2026-03-29"), at("2026-03-29") + 11.5 * 3_600_000)).toBe(0.5);
    expect(fee(at("2026-01-01"), at("2027-01-01"))).toBe(12 * 31);
    expect(fee(at("2028-02-01"), at("2028-03-01"))).toBe(31);
  });

  it("prices nothing before a plan that begins later, and nothing that is missing", () => {
    const { history } = house(everything, "2024-11-01", "2025-02-01");
    const costs = new Costing(history);
    expect(costs.of({ fromMs: at("2024-11-01"), toMs: at("2024-12-01") })).toBeUndefined();
    const gone = madeIntervals({ fromMs: at("2026-01-01"), toMs: at("2026-01-02") }, () => Number.NaN);
    const none = new Costing(billing(eur([PRICE]), gone, { periods: calendar, nowMs: at("2026-01-02") }));
    expect(none.of({ fromMs: at("2026-01-01"), toMs: at("2026-01-02") })?.energy.toNumber()).toBe(0);
  });
});

describe("the bill of a flat plan", () => {
  const price = (least: number) => fc.integer({ min: least, max: 99_999 }).map((n) => (n / 10_000).toFixed(4));

  it("is kWh × price + fee − feed-in to the cent, as plain arithmetic over days says", () => {
    const rows = fc.uniqueArray(
      fc.record({
        fromDate: fc.integer({ min: 0, max: 100 }).map((n) => dateText(at("2025-12-20") + n * 86_400_000 + 43_200_000, zone)),
        perKwh: price(0),
        baseFeePerMonth: fc.integer({ min: 0, max: 5_000 }).map((n) => (n / 100).toFixed(2)),
        feedInPerKwh: price(0),
      }),
      { minLength: 1, maxLength: 4, selector: (row) => row.fromDate },
    );
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 900 }), (prices, seed) => {
        const { bought, sold, history } = house(eur(prices), "2026-01-01", "2026-05-01", seed);
        const ordered = [...prices].sort((a, b) => (a.fromDate < b.fromDate ? -1 : 1));
        const first = ordered[0] as FlatPrice;
        for (const bill of bills(history)) expect(bill.total.toString()).toBe(oracle(bill.period.name).toString());

        /** Every quarter-hour and every day by itself, in exact decimals. */
        function oracle(month: string): Decimal {
          const inForce = (date: string): FlatPrice => ordered.findLast((row) => row.fromDate <= date) ?? first;
          const kwh = new Map<string, Decimal>();
          const add = (line: string, amount: Short.Value) => kwh.set(line, (kwh.get(line) ?? new Decimal(0)).plus(amount));
          const [fromMs, toMs] = [at(month), zone.nextStart("month", at(month))];
          for (const day of zone.starts("day", fromMs, toMs)) add(`fee ${inForce(dateText(day, zone)).fromDate}`, 1);
          for (const [name, intervals] of Object.entries({ bought, sold })) {
            for (const [i, endMs] of intervals.tMs.entries()) {
              const startMs = endMs - QUARTER_MS;
              if (startMs < fromMs || startMs >= toMs) continue;
              add(`${name} ${inForce(dateText(startMs, zone)).fromDate}`, (intervals.energyKwh[i] as number).toFixed(9));
            }
          }
          const days = daysInMonth(Number(month.slice(0, 4)), Number(month.slice(5, 7)));
          return ordered
            .flatMap((row) => [
              new Decimal(row.baseFeePerMonth).times(kwh.get(`fee ${row.fromDate}`) ?? 0).div(days),
              new Decimal(row.perKwh).times(kwh.get(`bought ${row.fromDate}`) ?? 0),
              new Decimal(row.feedInPerKwh ?? "0").times(kwh.get(`sold ${row.fromDate}`) ?? 0).negated(),
            ])
            .reduce((sum, money) => sum.plus(money.toDecimalPlaces(2, Decimal.ROUND_HALF_UP)), new Decimal(0));
        }
      }),
      { numRuns: 15 },
    );
  });

  it("says first what also holds for the time before, and has no fee line without a fee", () => {
    const plan = eur([PRICE]);
    expect(parsePlan(JSON.parse(JSON.stringify(plan)))).toEqual({ plan });
    expect(plan.versions.map((version) => version.validFrom)).toEqual(["1970-01-01"]);
    expect(plan.versions[0]?.components.map((one) => one.kind)).toEqual(["energy"]);
    expect(() => eur([])).toThrow(RangeError);
  });
});

describe("feed-in", () => {
  it("is a line of its own that is taken off, by the time of day where the plan says so", () => {
    const { history } = house(everything, "2026-01-01", "2026-02-01");
    const [bill] = bills(history);
    const sold = bill?.lines.filter((line) => line.kind === "feed-in") ?? [];
    expect(sold.map((line) => line.name)).toEqual(["Sold, day", "Sold, night"]);
    expect(sold.every((line) => line.amount.isNegative() && line.coverage === 1)).toBe(true);
  });

  it("is left out, and said to be, where nobody counts what is sold", () => {
    const { bought } = house(eur([PRICE]), "2026-01-01", "2026-02-01");
    const plan = eur([{ ...PRICE, feedInPerKwh: "0.08" }]);
    const [bill] = bills(billing(plan, bought, { periods: calendar, nowMs: at("2026-02-01") }));
    expect(bill?.lines.map((line) => line.kind)).toEqual(["energy"]);
    expect(bill?.remarks.at(-1)).toBe("Feed-in: what was sold is not counted, so the line is left out.");
  });
});
