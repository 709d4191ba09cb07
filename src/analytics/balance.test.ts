import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { balanceOf } from "./balance.ts";
import { blank } from "./demand-intervals.ts";
import type { Intervals } from "./intervals.ts";

const QUARTER_MS = 900_000;
const meter = (...kwh: readonly number[]): Intervals => ({
  ...blank(kwh.length, { lengthMs: QUARTER_MS, layer: "meter" }),
  tMs: Float64Array.from(kwh, (_, i) => (i + 1) * QUARTER_MS),
  energyKwh: Float64Array.from(kwh),
});

describe("the balance of a house", () => {
  it("is what came in less what went out", () => {
    const { columns, total } = balanceOf({
      gridIn: meter(1, 0, 0.2),
      gridOut: meter(0, 3, 0),
      solar: [meter(0, 4, 0.5), meter(0, 1, 0)],
      batteryIn: [meter(0, 1.5, 0)],
      batteryOut: [meter(0.5, 0, 0.3)],
    });
    expect([...columns.houseKwh]).toEqual([1.5, 0.5, 1]);
    expect(total).toMatchObject({ gridInKwh: 1.2, gridOutKwh: 3, solarKwh: 5.5, houseKwh: 3, known: 3, intervals: 3 });
    expect(total.selfConsumption).toBeCloseTo(2.5 / 5.5, 12);
    expect(total.autarky).toBeCloseTo(0.6, 12);
  });

  it("takes no part for nothing: what is not metered is unknown, and a silent meter makes the house unknown", () => {
    const { columns, total } = balanceOf({ gridIn: meter(1, 2, 3), gridOut: meter(0, 0, 1), solar: [meter(1, Number.NaN, 5)] });
    expect([...columns.houseKwh]).toEqual([2, Number.NaN, 7]);
    expect([...columns.batteryInKwh]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect(total).toMatchObject({ gridInKwh: 4, solarKwh: 6, houseKwh: 9, batteryInKwh: Number.NaN, known: 2, intervals: 3 });
    const plain = balanceOf({ gridIn: meter(1, 2) }).total;
    expect(plain).toMatchObject({ gridInKwh: 3, houseKwh: 3, gridOutKwh: Number.NaN, selfConsumption: Number.NaN, autarky: 0 });
    expect(balanceOf({ gridIn: meter(Number.NaN) }).total).toMatchObject({ houseKwh: Number.NaN, autarky: Number.NaN, known: 0 });
  });

  it("refuses meters of other intervals", () => {
    expect(() => balanceOf({ gridIn: meter(1, 2), solar: [meter(1)] })).toThrow("same intervals");
  });

  it("has as much coming in as going out, and shares between nothing and all", () => {
    const kwh = fc.oneof(
      { arbitrary: fc.double({ min: 0, max: 20, noNaN: true }), weight: 9 },
      { arbitrary: fc.constant(Number.NaN), weight: 1 },
    );
    const column = fc.array(kwh, { minLength: 12, maxLength: 12 }).map((all) => meter(...all));
    const parts = fc.record({
      gridIn: column,
      gridOut: column,
      solar: fc.array(column, { minLength: 1, maxLength: 3 }),
      batteryIn: fc.tuple(column),
      batteryOut: fc.tuple(column),
    });
    fc.assert(
      fc.property(parts, (all) => {
        const { columns, total } = balanceOf(all);
        for (const { at, isWhole } of [...columns.houseKwh].map((house, i) => ({ at: i, isWhole: !Number.isNaN(house) }))) {
          const row = (name: Exclude<keyof typeof columns, "tMs">): number => columns[name][at] as number;
          const inKwh = row("gridInKwh") + row("solarKwh") + row("batteryOutKwh");
          if (isWhole) expect(inKwh).toBeCloseTo(row("houseKwh") + row("gridOutKwh") + row("batteryInKwh"), 9);
          else expect(inKwh - row("gridOutKwh") - row("batteryInKwh")).toBeNaN();
        }
        if (total.known === 0) return;
        expect(total.gridInKwh + total.solarKwh + total.batteryOutKwh).toBeCloseTo(
          total.houseKwh + total.gridOutKwh + total.batteryInKwh,
          8,
        );
        for (const share of [total.selfConsumption, total.autarky]) expect(Number.isNaN(share) || (share >= 0 && share <= 1)).toBe(true);
      }),
    );
  });
});
