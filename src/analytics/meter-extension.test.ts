import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY_MS } from "#calendar/civil.ts";
import { zoneNamed } from "#calendar/zone.ts";
import { CONSUMED } from "./meter-consumption.ts";
import { extendIndex } from "./meter-extension.ts";
import { consumptionOf, registerAt } from "./meter-fill.ts";
import { evenPace, monthlyPace } from "./meter-pace.ts";
import { atDay, GAS_PATTERN, indexAt, risingFrom } from "./register-world.ts";

const utc = zoneNamed("UTC");
const day = (text: string) => Date.parse(`${text}T00:00Z`);

describe("a register carried on", () => {
  it("gives each day its own weight: 1002.10 on 1 July, where the original gave a whole month's share to 30 June and showed 1042.9", () => {
    const endMs = day("2024-06-30");
    const readings = indexAt([5, 4, 3, 2, 1, 0].map((k) => [endMs - k * 10 * DAY_MS, 1000 - k * 20]));
    const index = extendIndex(readings, { fromMs: readings.tMs[0] as number, toMs: day("2024-08-31") });
    const days = Float64Array.from(["2024-06-30", "2024-07-01", "2024-07-31", "2024-08-31"], day);
    const shown = registerAt(index, days, monthlyPace(GAS_PATTERN, utc));
    // The original: 1000, 1042.9, 1077.0, 1124. Weights: June 3.2/30, July 2.7/31, August 3.6/31 a day.
    expect([...shown].map((register) => register.toFixed(2))).toEqual(["1000.00", "1002.10", "1053.61", "1124.00"]);
    const { flags, measured } = consumptionOf(index, days, monthlyPace(GAS_PATTERN, utc));
    expect([...flags]).toEqual(new Array(3).fill(CONSUMED.extended));
    expect([...measured]).toEqual([0, 0, 0]);
  });

  it("began at zero where its line meets zero", () => {
    const index = extendIndex(
      indexAt([
        [atDay(10), 20],
        [atDay(20), 40],
      ]),
      { fromMs: atDay(-100), toMs: atDay(20) },
    );
    expect([...index.tMs]).toEqual([atDay(-100), atDay(0), atDay(10), atDay(20)]);
    expect([...index.register]).toEqual([0, 0, 20, 40]);
    expect([...index.total]).toEqual([0, 0, 20, 40]);
  });

  it("that does not move stands still before and after: the original began it at zero, and counted all it ever showed", () => {
    const index = extendIndex(
      indexAt([
        [atDay(10), 500],
        [atDay(20), 500],
      ]),
      { fromMs: atDay(0), toMs: atDay(30) },
    );
    expect([...index.register]).toEqual([500, 500, 500, 500]);
  });

  it("is not made of a single reading: nobody knows its rate, so its use is unknown and not zero", () => {
    const index = extendIndex(indexAt([[atDay(10), 500]]), { fromMs: atDay(0), toMs: atDay(30) });
    expect([...index.tMs]).toEqual([atDay(10)]);
    expect(consumptionOf(index, Float64Array.from([atDay(0), atDay(30)]), evenPace()).amount[0]).toBeNaN();
  });

  it("never moves a reading, and changes nothing between readings", () => {
    const register = fc.array(fc.tuple(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 0, max: 300 })), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(register, fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 500 }), (steps, before, behind) => {
        const readings = indexAt(risingFrom(1000, steps));
        const index = extendIndex(readings, { fromMs: atDay(-before), toMs: (readings.tMs.at(-1) as number) + behind * DAY_MS });
        expect([...registerAt(index, readings.tMs, evenPace())]).toEqual([...readings.register]);
        for (let i = 1; i < index.total.length; i += 1)
          expect(index.total[i] as number).toBeGreaterThanOrEqual(index.total[i - 1] as number);
        expect(Math.min(...index.register)).toBeGreaterThanOrEqual(0);
        expect(index.total[0]).toBe(0);
      }),
    );
  });
});
