import { describe, expect, it } from "vitest";
import { dateStart } from "#calendar/local-text.ts";
import { type PeriodRule, Periods } from "#calendar/periods.ts";
import { zoneNamed } from "#calendar/zone.ts";
import { QUALITY } from "#series/quality.ts";
import type { Bill, BillLine, DemandBasis } from "./bill.ts";
import { billing, bills } from "./billing.ts";
import type { BillingOptions } from "./frame.ts";
import type { Plan } from "./plan.ts";
import { SEED_LINES, seedPlan } from "./seed-plan.ts";
import { type Made, madeIntervals } from "./synthetic.ts";

const zone = zoneNamed("America/Indiana/Indianapolis");
const at = (date: string): number => dateStart(date, zone) as number;
const QUARTER_MS = 900_000;

interface Case extends Partial<BillingOptions> {
  readonly from: string;
  readonly to: string;
  readonly rule?: PeriodRule;
}

function billed(plan: Plan, { from, to, rule, ...options }: Case, make: (startMs: number, row: number) => number | Made): Bill[] {
  const intervals = madeIntervals({ fromMs: at(from), toMs: at(to) }, make);
  const periods = new Periods(rule ?? { kind: "calendar" }, zone);
  return bills(billing(plan, intervals, { periods, nowMs: at(to), ...options }));
}

const lineOf = (bill: Bill | undefined, name: string): BillLine => bill?.lines.find((line) => line.name === name) as BillLine;
const basisOf = (bill: Bill | undefined): DemandBasis => lineOf(bill, SEED_LINES.demand).demand as DemandBasis;
const short = (bill: Bill | undefined) => {
  const { rule, ratchetKw, billedKw } = basisOf(bill);
  return [rule, ratchetKw, billedKw, lineOf(bill, SEED_LINES.demand).amount.toFixed(2)];
};
/** Months since January 2025 of the plant's clock. */
const month = (startMs: number): number => {
  const [year = 0, m = 0] = new Date(zone.localOf(startMs)).toISOString().split("-").map(Number);
  return (year - 2025) * 12 + m - 1;
};
const monthly = (kw: readonly number[]) => (startMs: number) => kw[month(startMs)] as number;

describe("the ratchet of a plain industrial tariff", () => {
  it("holds 60 % of 1000 kW for eleven periods, then 60 % of what it held itself", () => {
    const made = billed(seedPlan(), { from: "2025-01-01", to: "2026-02-01" }, (t) => (month(t) === 0 ? 1000 : 400));
    expect(made.map(short)).toEqual([
      ["metered", 0, 1000, "24740.00"],
      ...Array.from({ length: 11 }, () => ["ratchet", 600, 600, "14844.00"]),
      ["metered", 360, 400, "9896.00"],
    ]);
  });

  it("holds 60 kW of twelve periods at 100 kW", () => {
    const made = billed(seedPlan(), { from: "2025-01-01", to: "2026-02-01" }, (t) => (month(t) < 12 ? 100 : 40));
    expect(short(made.at(-1))).toEqual(["ratchet", 60, 60, "1484.40"]);
  });

  it("is no lower than the minimum of 50 kW: 20 and 45 kW are billed as 50", () => {
    const made = billed(seedPlan(), { from: "2025-01-01", to: "2025-03-01" }, monthly([20, 45]));
    expect(made.map((bill) => [basisOf(bill).rule, basisOf(bill).billedKw])).toEqual([
      ["minimum", 50],
      ["minimum", 50],
    ]);
  });

  /*
   * The original counted rows: with a month without data it looked back a month further than its own database views, which
   * count months. A period without intervals is a period here, so eleven periods are eleven.
   */
  it("counts periods that have no interval", () => {
    const made = billed(seedPlan(), { from: "2025-01-01", to: "2026-02-01" }, (t) =>
      month(t) === 0 ? 1000 : month(t) === 5 ? Number.NaN : 400,
    );
    expect(basisOf(made.at(-1)).ratchetKw).toBe(360);
    expect(made[5]?.remarks).toContain("Nothing is known about this period: no energy and no demand.");
    expect(made[5]?.energyKwh).toBeNaN();
  });

  /* The original began its look-back with the first period it showed, so the oldest bills of a page were too low. */
  it("sees all history, also where only the newest bills are asked for", () => {
    const intervals = madeIntervals({ fromMs: at("2025-01-01"), toMs: at("2025-07-01") }, (t) => (month(t) === 0 ? 1000 : 400));
    const history = billing(seedPlan(), intervals, { periods: new Periods({ kind: "calendar" }, zone), nowMs: at("2025-07-01") });
    const newest = bills(history, { fromMs: at("2025-05-01"), toMs: at("2025-07-01") });
    expect(newest.map((bill) => [bill.period.name, basisOf(bill).billedKw])).toEqual([
      ["2025-05-01", 600],
      ["2025-06-01", 600],
    ]);
  });

  it("says which period set it, until when it counts, and what it costs", () => {
    const [, , march] = billed(seedPlan(), { from: "2025-01-01", to: "2025-04-01" }, monthly([1000, 700, 400]));
    expect(basisOf(march)).toMatchObject({ ratchetFromMs: at("2025-01-01"), ratchetUntilMs: at("2026-01-01"), meteredKw: 400 });
    expect(basisOf(march).costOfRule.toFixed(2)).toBe("4948.00");
  });

  it("takes the demand of old bills in a first year, and says when it does not know them", () => {
    const seedPeaks = [{ period: "2024-08-15", kw: 655 }];
    const known = billed(seedPlan({ seedPeaks }), { from: "2025-01-01", to: "2025-02-01" }, () => 300);
    expect(basisOf(known[0])).toMatchObject({
      rule: "ratchet",
      billedKw: 393,
      ratchetFromMs: at("2024-08-01"),
      ratchetUntilMs: at("2025-08-01"),
    });
    const unknown = billed(seedPlan(), { from: "2025-01-01", to: "2025-02-01" }, () => 300);
    expect(unknown[0]?.remarks.join()).toContain("demand before 2025-01-01 is not known");
  });
});

describe("a bill", () => {
  it("of 80 kW and 2000 kWh at 120, 10 and 0.05 is 1020", () => {
    const plan = seedPlan({ customerCharge: "120", demandRatePerKw: "10", energyRatePerKwh: "0.05" });
    // 80 kW in three quarters is 60 kWh; the other 1,940 kWh are spread over the rest of the month.
    const others = (1_940 * 4) / (31 * 96 - 3);
    const [bill] = billed(plan, { from: "2025-01-01", to: "2025-02-01" }, (_, row) => (row < 3 ? 80 : others));
    expect(bill?.lines.map(({ amount }) => amount.toFixed(2))).toEqual(["120.00", "100.00", "800.00"]);
    expect(bill?.total.toFixed(2)).toBe("1020.00");
  });

  it("names the three intervals that set demand and the one below, of equal ones the earlier", () => {
    const kw = [100, 300, 200, 300, 100, 200];
    const [bill] = billed(seedPlan(), { from: "2025-01-01", to: "2025-01-02" }, (_, row) => kw[row] ?? 50);
    const end = (row: number): number => at("2025-01-01") + (row + 1) * QUARTER_MS;
    expect(basisOf(bill).peaks).toEqual([
      { tMs: end(1), kw: 300 },
      { tMs: end(3), kw: 300 },
      { tMs: end(2), kw: 200 },
    ]);
    expect(basisOf(bill).next).toEqual({ tMs: end(5), kw: 200 });
    expect(lineOf(bill, SEED_LINES.demand).intervalsMs).toEqual([end(1), end(3), end(2)]);
  });

  /*
   * The original counted rows by the date of their end, so the quarter that ends at midnight lay in the next day, month and
   * period. It lies where its energy was used: in the day before.
   */
  it("counts the quarter that ends at local midnight to the period before", () => {
    const lastQuarter = at("2025-02-01") - QUARTER_MS;
    const [january, february] = billed(seedPlan(), { from: "2025-01-01", to: "2025-02-02" }, (t) => (t === lastQuarter ? 900 : 90));
    expect(basisOf(january).peaks[0]).toEqual({ tMs: at("2025-02-01"), kw: 900 });
    expect(basisOf(february).peaks[0]?.kw).toBe(90);
  });

  it("counts 92 quarters on the spring day and 100 on the autumn day", () => {
    const kwh = (from: string, to: string): number => {
      const plan = seedPlan();
      const [bill] = billed(plan, { from, to, rule: { kind: "listed", readDates: [from, to] } }, () => 4);
      return bill?.energyKwh as number;
    };
    expect([kwh("2025-03-09", "2025-03-10"), kwh("2025-11-02", "2025-11-03"), kwh("2025-06-01", "2025-06-02")]).toEqual([92, 100, 96]);
  });

  it("says what is missing, and that the peak may lie there", () => {
    const [bill] = billed(seedPlan(), { from: "2025-01-01", to: "2025-02-01" }, (_, row) => (row < 96 ? Number.NaN : 100));
    expect(bill?.coverage).toBeCloseTo(30 / 31, 9);
    expect(bill?.remarks[0]).toBe("96 of 2976 intervals are missing: their energy is not in the bill, and the peak may lie among them.");
  });

  it("of a period that runs is to date and says so", () => {
    const [bill] = billed(seedPlan(), { from: "2025-01-01", to: "2025-01-11" }, () => 100);
    expect([bill?.period.open, bill?.coverage, bill?.energyKwh]).toEqual([true, 1, 24_000]);
    expect(bill?.remarks[0]).toBe("The period is not over: figures are to date.");
  });
});

describe("demand that is not certain", () => {
  const recovered: Made = { kw: 300, noDemand: true, possibleKw: 900, quality: QUALITY.recoveredAfterGap };
  const [january, february] = billed(seedPlan(), { from: "2025-01-01", to: "2025-03-01" }, (t, row) =>
    row === 100 ? recovered : month(t) === 0 ? 600 : 200,
  );

  it("is never a peak, and the bill says between which two it lies", () => {
    expect(basisOf(january)).toMatchObject({ meteredKw: 600, uncertain: { lowKw: 600, highKw: 700 }, billedHighKw: 700 });
    expect(january?.remarks.join()).toContain("metered demand is not certain, between 600 and 700 kW");
    expect(january?.energyKwh).toBe(600 * 744 - 75);
    expect(january?.estimated).toBeCloseTo(75 / (600 * 744 - 75), 9);
  });

  it("is carried by the ratchet into later periods", () => {
    expect(basisOf(february)).toMatchObject({ rule: "ratchet", billedKw: 360, billedHighKw: 420 });
    expect(basisOf(february).uncertain).toBeUndefined();
  });
});

describe("intervals with R17", () => {
  const excluded: Made = { kw: 900, noDemand: true, quality: QUALITY.excludedFromDemand };
  const [bill] = billed(seedPlan(), { from: "2025-01-01", to: "2025-02-01" }, (_, row) => (row === 100 ? excluded : 600));

  it("count as energy and not as demand, also where one of them is the peak", () => {
    expect(basisOf(bill).meteredKw).toBe(600);
    expect(bill?.energyKwh).toBe(600 * 744 + 75);
    expect(bill?.coverage).toBe(1);
  });

  it("are told in kW and money with and without them", () => {
    const { amount, ...rest } = basisOf(bill).withExcluded as NonNullable<DemandBasis["withExcluded"]>;
    expect(rest).toEqual({ count: 1, highestKw: 900, meteredKw: 700, billedKw: 700 });
    expect(amount.toFixed(2)).toBe("17318.00");
    expect(bill?.totalWithExcluded?.minus(bill.total).toFixed(2)).toBe("2474.00");
  });

  it("never count where the pulse input was not trusted either", () => {
    const both: Made = { ...excluded, quality: QUALITY.excludedFromDemand | QUALITY.invalidAlarm };
    const [invalid] = billed(seedPlan(), { from: "2025-01-01", to: "2025-02-01" }, (_, row) => (row === 100 ? both : 600));
    expect(basisOf(invalid).withExcluded).toBeUndefined();
  });

  it("can be read the other ways, for comparison", () => {
    const made = (reading: NonNullable<BillingOptions["excluded"]>): Bill =>
      billed(seedPlan(), { from: "2025-01-01", to: "2025-02-01", excluded: reading }, (_, row) =>
        row === 100 ? excluded : 600,
      )[0] as Bill;
    expect(basisOf(made("count-as-demand")).meteredKw).toBe(700);
    expect(made("no-energy").energyKwh).toBe(600 * 744 - 150);
  });
});

it("a late file that lowers the peak lowers its bill and those the ratchet held", () => {
  const before = billed(seedPlan(), { from: "2025-01-01", to: "2025-04-01" }, (t, row) => (row < 3 ? 1000 : month(t) === 0 ? 500 : 300));
  const after = billed(seedPlan(), { from: "2025-01-01", to: "2025-04-01" }, (t) => (month(t) === 0 ? 500 : 300));
  expect(before.map((bill) => basisOf(bill).billedKw)).toEqual([1000, 600, 600]);
  expect(after.map((bill) => basisOf(bill).billedKw)).toEqual([500, 300, 300]);
});

it("100 kW for a year cost 29,688 at 24.74", () => {
  const made = billed(seedPlan(), { from: "2025-01-01", to: "2026-01-01" }, () => 100);
  const cost = made.map((bill) => lineOf(bill, SEED_LINES.demand).amount).reduce((a, b) => a.plus(b));
  expect(cost.toFixed(2)).toBe("29688.00");
});
