import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { STEP } from "./meter-index.ts";
import { atDay, indexAt, risingFrom } from "./register-world.ts";
import { twoSidedP } from "./student-t.ts";
import { usualRate } from "./usual-rate.ts";

const byDays = (...points: (readonly [day: number, register: number, step?: number])[]) =>
  indexAt(points.map(([day, register, step = 0]) => [atDay(day), register, step]));

describe("what a meter uses as a rule", () => {
  it("is the slope of a line where that fits for sure", () => {
    const rate = usualRate(byDays([0, 100], [10, 119], [20, 141], [30, 160], [40, 180]));
    expect(rate.by).toBe("sure line");
    expect(rate.perDay).toBeCloseTo(2.01, 9);
  });

  it("is the slope of a line that fits, but may do so by chance", () => {
    // R² = 0.66.
    const rate = usualRate(byDays([0, 0], [10, 40], [20, 42], [30, 43]));
    expect(rate.by).toBe("line");
    expect(rate.perDay).toBeCloseTo(1.31, 9);
  });

  it("is the median of all pairs where no line fits", () => {
    const rate = usualRate(byDays([0, 0], [1, 100], [50, 101], [100, 102], [150, 103], [200, 104]));
    expect(rate).toEqual({ perDay: expect.closeTo(3 / 149, 9), by: "pairs" });
    expect(usualRate(byDays([0, 0], [10, 30], [20, 40])).by).toBe("pairs");
  });

  it("is from the first to the last reading of two, and where most pairs say nothing", () => {
    expect(usualRate(byDays([0, 100], [50, 200]))).toEqual({ perDay: 2, by: "ends" });
    expect(usualRate(byDays([0, 0], [10, 0], [20, 0], [30, 0], [40, 0], [41, 82]))).toEqual({ perDay: 2, by: "ends" });
    expect(usualRate(byDays([0, 5], [10, 5], [20, 5], [30, 5]))).toEqual({ perDay: 0, by: "ends" });
  });

  it("is not known of one reading, or of none", () => {
    expect(usualRate(byDays([0, 5])).perDay).toBeNaN();
    expect(usualRate(byDays()).perDay).toBeNaN();
  });

  it("leaves out time of which nobody knows what was used", () => {
    const rate = usualRate(byDays([0, 0], [10, 20], [510, 20, STEP.unknown], [520, 40]));
    expect(rate.perDay).toBeCloseTo(2, 9);
  });

  it("of thousands of readings is that of their line", () => {
    const rate = usualRate(byDays(...Array.from({ length: 5000 }, (_, i): [number, number] => [i / 24, i * 0.25])));
    expect(rate.perDay).toBeCloseTo(6, 6);
  });

  it("is never below zero, and grows with the unit", () => {
    const register = fc.array(fc.tuple(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 1000 })), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(register, fc.constantFrom(0.001, 10, 1000), (steps, unit) => {
        const { perDay } = usualRate(indexAt(risingFrom(0, steps)));
        expect(perDay).toBeGreaterThanOrEqual(0);
        const scaled = usualRate(
          indexAt(
            risingFrom(
              0,
              steps.map(([days, used]) => [days, used * unit]),
            ),
          ),
        ).perDay;
        expect(scaled).toBeCloseTo(perDay * unit, 6 - Math.log10(unit));
      }),
    );
  });
});

describe("Student's distribution", () => {
  it("says what every table of it says", () => {
    for (const [t, freedom, p] of [
      [12.706, 1, 0.05],
      [4.303, 2, 0.05],
      [2.776, 4, 0.05],
      [2.228, 10, 0.05],
      [3.169, 10, 0.01],
      [1.984, 100, 0.05],
      [0, 5, 1],
    ] as const) {
      expect(twoSidedP(t, freedom)).toBeCloseTo(p, 4);
    }
    expect(twoSidedP(1, 1)).toBeCloseTo(0.5, 12);
  });
});
