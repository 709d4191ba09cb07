import { describe, expect, it } from "vitest";
import { Periods } from "#calendar/periods.ts";
import { QUALITY } from "#series/quality.ts";
import { billing } from "./billing.ts";
import { type BillCheck, checkBill } from "./check-bill.ts";
import { at, PLANT_ZONE as zone } from "./made-bills.ts";
import { seedPlan } from "./seed-plan.ts";
import { madeIntervals } from "./synthetic.ts";
import type { TypedBill } from "./typed-bill.ts";

const R17_ROW = 96 * 40;
const dayOfYear = (t: number): number => Math.floor((t - at("2026-01-01")) / 86_400_000);

/** Each day at another power, so that shifted dates are seen; one quarter of 900 kW with R17, in February. */
const intervals = madeIntervals({ fromMs: at("2026-01-01"), toMs: at("2026-04-01") }, (t, row) =>
  row === R17_ROW ? { kw: 900, noDemand: true, quality: QUALITY.excludedFromDemand } : row === R17_ROW + 200 ? 620 : 300 + dayOfYear(t),
);
const history = billing(seedPlan(), intervals, {
  periods: new Periods({ kind: "anchored", anchor: "2026-01-01" }, zone),
  nowMs: at("2026-04-01"),
});
const check = (typed: Partial<TypedBill>): BillCheck => checkBill(history, { from: "2026-02-01", to: "2026-03-01", ...typed }) as BillCheck;
const { ours } = check({});
const kwh = ours.energyKwh;
const basis = ours.lines[2]?.demand;
const codes = (typed: Partial<TypedBill>): string[] => check(typed).hints.map((hint) => hint.code);

describe("a bill as it is printed", () => {
  it("agrees where it differs by rounding only", () => {
    const printed = { energyKwh: Math.round(kwh), billedKw: Number(basis?.billedKw.toFixed(1)), total: ours.total.toFixed(2) };
    const { agrees, compared, hints } = check(printed);
    expect([agrees, compared.map((one) => one.agrees), hints]).toEqual([true, [true, true, true], []]);
  });

  it("is compared as the difference of theirs to ours, line by line", () => {
    const { compared } = check({
      total: ours.total.plus(5).toFixed(2),
      lines: [
        { name: "Energy", amount: "1.00" },
        { name: "Lamp oil", amount: "2.00" },
      ],
    });
    expect(compared.map(({ name, difference, agrees }) => [name, difference.isNaN() ? "unknown" : difference.toFixed(0), agrees])).toEqual([
      ["Energy", ours.lines[1]?.amount.minus(1).negated().toFixed(0), false],
      ["Lamp oil", "unknown", false],
      ["Total", "5", false],
    ]);
  });

  it("may be farther off in kWh than its last digit where the caller knows a register's tolerance", () => {
    const typed = { from: "2026-02-01", to: "2026-03-01", energyKwh: Math.round(kwh) + 3 };
    expect([checkBill(history, typed)?.agrees, checkBill(history, typed, { toleranceKwh: 4.4 })?.agrees]).toEqual([false, true]);
  });

  it("is refused with dates that are none or go back", () => {
    expect(() => check({ from: "2026-02-30" })).toThrow(RangeError);
    expect(() => check({ from: "2026-03-01", to: "2026-03-01" })).toThrow(RangeError);
    expect(checkBill(history, { from: "2020-01-01", to: "2020-02-01" })).toBeUndefined();
  });

  it("may have any dates: what comes before it is still looked back at", () => {
    const odd = check({ from: "2026-02-03", to: "2026-03-05" });
    expect(odd.ours.period).toMatchObject({ fromMs: at("2026-02-03"), toMs: at("2026-03-05") });
    expect(odd.ours.lines[2]?.demand?.ratchetFromMs).toBe(at("2026-01-01"));
  });
});

describe("a likely reason", () => {
  it("is a shift of the dates by a day", () => {
    const shifted = check({ from: "2026-02-02", to: "2026-03-02" }).ours.energyKwh;
    expect(codes({ energyKwh: Math.round(shifted) })).toContain("dates-shifted");
    expect(check({ energyKwh: Math.round(shifted) }).hints[0]?.sentence).toContain("period a day later");
    const longer = check({ from: "2026-02-01", to: "2026-03-02" }).ours.energyKwh;
    expect(check({ energyKwh: Math.round(longer) }).hints[0]?.sentence).toContain("end a day later");
  });

  it("is R17, counted as demand or left out of the energy", () => {
    expect(codes({ billedKw: basis?.withExcluded?.billedKw as number })).toContain("excluded-counted");
    expect(codes({ energyKwh: kwh - 225 })).toContain("excluded-not-energy");
  });

  it("is a factor, where kWh and kW are off by the same", () => {
    const doubled = check({ energyKwh: kwh * 2, billedKw: (basis?.billedKw as number) * 2 });
    expect(doubled.hints[0]?.sentence).toBe(
      "kWh and kW of the bill are both 2 times ours. Pulses are counted on one edge instead of both, or on both instead of one (Form A or C).",
    );
    expect(codes({ energyKwh: kwh * 1.2, billedKw: (basis?.billedKw as number) * 1.2 })).toEqual(["factor"]);
  });

  it("is the highest interval in place of the mean of three", () => {
    expect(codes({ billedKw: 620 })).toContain("highest-interval");
  });

  it("is a rate or a line, where the quantities agree and the money does not", () => {
    const typed = { energyKwh: kwh, billedKw: basis?.billedKw as number, total: ours.total.times(1.0625).toFixed(2) };
    expect(
      check(typed)
        .hints.map((hint) => hint.sentence)
        .join(),
    ).toContain("6.25 % of ours");
  });
});
