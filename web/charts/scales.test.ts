import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { limited, panned, zoomed } from "./chart-stack.ts";
import { axisTicks, numberWords, stepDigits, threeDigits, valueTicks } from "./numbers.ts";
import { padRange } from "./panel-scene.ts";
import { durationWords } from "./time-words.ts";
import { integralUnit, shownUnit, unitFamily } from "./unit-scale.ts";

const numbers = fc.integer({ min: -1e9, max: 1e9 }).map((thousandths) => thousandths / 1000);

describe("the value axis", () => {
  it("holds all values with room above, and amounts stand on zero", () => {
    fc.assert(
      fc.property(numbers, numbers, fc.boolean(), (a, b, fromZero) => {
        const [low, high] = padRange(Math.min(a, b), Math.max(a, b), fromZero);
        expect(low).toBeLessThan(high);
        expect(low).toBeLessThanOrEqual(Math.min(a, b));
        expect(high).toBeGreaterThanOrEqual(Math.max(a, b));
        if (fromZero && Math.min(a, b) >= 0) expect(low).toBe(0);
        if (Math.min(a, b) >= 0 && Math.abs(a - b) > 1) expect(low).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it("has round marks inside its range, two at least", () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.double({ min: 1e-2, max: 1e6, noNaN: true }), (low, length) => {
        const ticks = axisTicks(low, low + length, 2);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        for (const tick of ticks) {
          expect(tick).toBeGreaterThanOrEqual(low - length * 1e-6);
          expect(tick).toBeLessThanOrEqual(low + length * 1.000001);
        }
      }),
    );
  });

  it("shows as many digits as its marks need", () => {
    const ticks = valueTicks(70, 85, 6);
    expect(ticks).toEqual([70, 72.5, 75, 77.5, 80, 82.5, 85]);
    expect(stepDigits(2.5)).toBe(1);
    expect(stepDigits(100)).toBe(0);
    expect(stepDigits(0.002)).toBe(3);
  });
});

describe("units on an axis", () => {
  it("are brought together and chosen by the largest value", () => {
    expect(unitFamily("kW")).toEqual({ base: "W", factor: 1000 });
    expect(shownUnit("W", 999).unit).toBe("W");
    expect(shownUnit("W", 414_800).unit).toBe("kW");
    expect(shownUnit("°C", 1e9)).toEqual({ unit: "°C", factor: 1 });
  });

  it("know what a rate becomes over an hour", () => {
    expect(integralUnit("kW")?.unit).toBe("kWh");
    expect((integralUnit("W")?.perMs ?? 0) * 3_600_000).toBeCloseTo(0.001, 12);
    expect((integralUnit("L/min")?.perMs ?? 0) * 3_600_000).toBeCloseTo(60, 9);
    expect(integralUnit("°C")).toBeUndefined();
  });

  it("write numbers with three digits, a true minus and a dash for what is not known", () => {
    expect(numberWords(-1.5, 1)).toBe("−1.5");
    expect(numberWords(-0.0001, 1)).toBe("0.0");
    expect(numberWords(Number.NaN, 1)).toBe("—");
    expect([0.0123, 8.24, 41.6, 388, 37_634].map(threeDigits)).toEqual([4, 2, 1, 0, 0]);
  });
});

describe("the window", () => {
  const day = { fromMs: 0, toMs: 86_400_000 };

  it("keeps the instant under the pointer while it zooms", () => {
    const close = zoomed(day, 0.5, 0.25);
    expect(close).toEqual({ fromMs: 10_800_000, toMs: 54_000_000 });
  });

  it("pans by a share of its length and keeps it", () => {
    expect(panned(day, -0.25)).toEqual({ fromMs: -21_600_000, toMs: 64_800_000 });
  });

  it("is never shorter than two seconds", () => {
    expect(limited({ fromMs: 1000, toMs: 1010 })).toEqual({ fromMs: 5, toMs: 2005 });
  });

  it("is said in two parts at the most", () => {
    expect([40_000, 8_100_000, 27_000_000, 277_200_000, 604_800_000].map(durationWords)).toEqual([
      "40 s",
      "2 h 15 min",
      "7 h 30 min",
      "3 d 5 h",
      "7 d",
    ]);
  });
});
