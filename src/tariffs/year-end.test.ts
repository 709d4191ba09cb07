import { Decimal } from "decimal.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dateStart, dateText } from "#calendar/local-text.ts";
import { Periods } from "#calendar/periods.ts";
import { zoneNamed } from "#calendar/zone.ts";
import { billing } from "./billing.ts";
import { flatPlan } from "./flat-plan.ts";
import { paidInAdvance, settlementYear } from "./instalments.ts";
import { madeIntervals } from "./synthetic.ts";
import { expectedByMonth, yearEnd } from "./year-end.ts";

const zone = zoneNamed("Europe/Berlin");
const at = (date: string): number => dateStart(date, zone) as number;
const monthDay = fc
  .date({ min: new Date("2026-01-01"), max: new Date("2026-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(5, 10));

describe("a year of settlement", () => {
  it("begins at the local midnight of its date and tiles time with the others", () => {
    fc.assert(
      fc.property(monthDay, fc.integer({ min: at("2020-01-01"), max: at("2033-01-01") }), (settlement, tMs) => {
        const year = settlementYear(tMs, { settlement, zone });
        expect(year.fromMs <= tMs && tMs < year.toMs).toBe(true);
        expect(dateText(year.fromMs, zone).slice(5)).toBe(settlement);
        expect(settlementYear(year.toMs, { settlement, zone }).fromMs).toBe(year.toMs);
        expect([365, 366]).toContain(zone.daysBetween(year.fromMs, year.toMs));
      }),
    );
  });

  it("that is to begin on a leap day begins on the first of March in other years", () => {
    const year = settlementYear(at("2026-07-01"), { settlement: "02-29", zone });
    expect(dateText(year.fromMs, zone)).toBe("2026-03-01");
    expect(dateText(settlementYear(at("2028-07-01"), { settlement: "02-29", zone }).fromMs, zone)).toBe("2028-02-29");
  });
});

describe("instalments", () => {
  const paid = (rows: { fromDate: string; amount: string }[], now: string, settlement = "01-01") =>
    paidInAdvance(rows, { settlement, zone, nowMs: at(now) });

  it("of a year are twelve times the amount when it does not change", () => {
    const first = fc.integer({ min: 0, max: 700 }).map((n) => dateText(at("2023-01-01") + n * 86_400_000 + 43_200_000, zone));
    fc.assert(
      fc.property(first, monthDay, fc.integer({ min: 1, max: 50_000 }), (fromDate, settlement, cents) => {
        const amount = (cents / 100).toFixed(2);
        for (const now of ["2026-05-17", "2028-02-29"]) {
          const of = paid([{ fromDate, amount }], now, settlement);
          expect(of?.yearCount).toBe(12);
          expect(of?.yearPaid.toString()).toBe(new Decimal(amount).times(12).toString());
          expect(of?.paid.toString()).toBe(new Decimal(amount).times(of?.paidCount ?? 0).toString());
        }
      }),
    );
  });

  it("fall due once a month, at the amount in force that day, however a change lies", () => {
    const rows = [
      { fromDate: "2025-03-31", amount: "90" },
      { fromDate: "2026-07-10", amount: "104.50" },
    ];
    const of = paid(rows, "2026-08-31");
    expect(of?.yearCount).toBe(12);
    // Six of 90 until June 30, then July 31 and August 31.
    expect([of?.paidCount, of?.paid.toString(), of?.each.toString()]).toEqual([8, "749", "104.5"]);
    expect(of?.yearPaid.toString()).toBe("1167");
    expect(paid(rows, "2026-08-30")?.paidCount).toBe(7);
  });

  it("count from the first one on, and stop at an amount of 0", () => {
    const of = paid([{ fromDate: "2026-03-15", amount: "50" }], "2026-05-14");
    expect([of?.paidCount, of?.yearCount]).toEqual([2, 10]);
    const rows = [
      { fromDate: "2026-03-15", amount: "50" },
      { fromDate: "2026-10-01", amount: "0" },
    ];
    expect(paid(rows, "2026-12-31")).toMatchObject({ paidCount: 7, yearCount: 7 });
    expect(paid([{ fromDate: "2027-03-15", amount: "50" }], "2026-05-14")).toMatchObject({ paidCount: 0, yearCount: 0 });
    expect(paid([], "2026-05-14")).toBeUndefined();
  });
});

describe("the year's end", () => {
  const plan = flatPlan(
    [
      { fromDate: "2025-01-01", perKwh: "0.30", baseFeePerMonth: "10", feedInPerKwh: "0.08" },
      { fromDate: "2026-10-01", perKwh: "0.40", baseFeePerMonth: "12", feedInPerKwh: "0.08" },
    ],
    { currency: "EUR" },
  );
  const nowMs = at("2026-07-01");
  const year = settlementYear(nowMs, { settlement: "01-01", zone });
  const periods = new Periods({ kind: "calendar" }, zone);
  const bought = madeIntervals({ fromMs: year.fromMs, toMs: nowMs }, () => 0.5);
  const sold = madeIntervals({ fromMs: year.fromMs, toMs: nowMs }, () => 0.1);
  const history = billing(plan, bought, { periods, nowMs, exported: sold });
  const days = zone.starts("day", nowMs, year.toMs);
  const rest = days.map((fromMs) => ({ fromMs, toMs: zone.nextStart("day", fromMs), boughtKwh: 12, soldKwh: 2.4 }));
  const asked = { year, nowMs, yearPaid: new Decimal("1600"), rest, plusMinusKwh: 100 };

  it("is what it has cost and what the rest will by the prices in force then", () => {
    const end = yearEnd(history, asked);
    const half = 181 * 24 - 1;
    const soFar = new Decimal(half * 0.5)
      .times("0.30")
      .plus(60)
      .minus(new Decimal((half * 0.1).toFixed(6)).times("0.08"));
    const later = new Decimal(92 * 12)
      .times("0.30")
      .plus(30)
      .plus(new Decimal(92 * 12).times("0.40"))
      .plus(36)
      .minus(new Decimal(184 * 2.4).times("0.08"));
    expect(end?.cost.toNumber()).toBeCloseTo(soFar.plus(later).toNumber(), 6);
    expect(end?.balance.toNumber()).toBeCloseTo(new Decimal(1600).minus(soFar).minus(later).toNumber(), 6);
    expect(end?.plusMinus.toNumber()).toBeCloseTo(35, 6);
  });

  it("meets expected energy month by month with the price of its time", () => {
    const perDay = (tMs: number) => ({ boughtKwh: 12 * zone.daysBetween(nowMs, tMs), soldKwh: 2.4 * zone.daysBetween(nowMs, tMs) });
    const months = expectedByMonth({ fromMs: nowMs, toMs: year.toMs }, zone, perDay);
    expect(months.map(({ boughtKwh }) => Math.round(boughtKwh))).toEqual([372, 372, 360, 372, 360, 372]);
    expect(yearEnd(history, { ...asked, rest: months })?.cost.toNumber()).toBeCloseTo(
      yearEnd(history, asked)?.cost.toNumber() as number,
      1,
    );
  });

  it("falls with what is expected to be sold, rises with what is expected to be used, and is certain at the end of the year", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 40, noNaN: true }), fc.double({ min: 0, max: 40, noNaN: true }), (more, sun) => {
        const with_ = rest.map((one) => ({ ...one, boughtKwh: one.boughtKwh + more, soldKwh: one.soldKwh + sun }));
        const before = yearEnd(history, asked)?.cost.toNumber() as number;
        const after = yearEnd(history, { ...asked, rest: with_ })?.cost.toNumber() as number;
        expect(after - before).toBeCloseTo(92 * more * 0.7 - 184 * sun * 0.08, 5);
      }),
      { numRuns: 20 },
    );
    const over = yearEnd(history, { ...asked, nowMs: year.toMs, rest: [], plusMinusKwh: 0 });
    expect(over?.plusMinus.toNumber()).toBe(0);
  });
});
