import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { convert } from "#units/unit.ts";
import { deviationOf, deviations, resolutionOf } from "./deviations.ts";

describe("a value against those of similar days", () => {
  it("has their median and quartiles, and how many robust deviations it is away", () => {
    const found = deviationOf({ value: 30, usual: [10, 12, 14, 16, 18] });
    expect(found).toMatchObject({ usual: 14, low: 12, high: 16, days: 5 });
    expect(found.score).toBeCloseTo(16 / (1.4826 * 2), 9);
    expect(deviationOf({ value: 2, usual: [10, 12, 14, 16, 18] }).score).toBeLessThan(-4);
  });

  it("does not explode where a series never moves: one step of it is one deviation", () => {
    expect(deviationOf({ value: 72.1, usual: [72, 72, 72, 72], resolution: 0.1 }).score).toBeCloseTo(1, 6);
    expect(deviationOf({ value: 72, usual: [72, 72, 72, 72] }).score).toBe(0);
    expect(deviationOf({ value: 73, usual: [72, 72, 72, 72] }).score).toBe(1);
  });

  it("knows days without a value, and says nothing of how unusual with fewer than three", () => {
    expect(deviationOf({ value: 5, usual: [Number.NaN, 1, 3] })).toMatchObject({ usual: 2, days: 2, score: Number.NaN });
    expect(deviationOf({ value: Number.NaN, usual: [1, 2, 3] })).toMatchObject({ usual: 2, score: Number.NaN });
    expect(deviationOf({ value: 5, usual: [] })).toMatchObject({ usual: Number.NaN, low: Number.NaN, days: 0 });
  });

  it("has its share of what the whole was above usual, where it is part of it", () => {
    const whole = { value: 500, usual: [400, 400, 400] };
    const [chiller, fan, room] = deviations(
      [
        { value: 120, usual: [60, 60, 60], partOfWhole: true },
        { value: 10, usual: [20, 20, 20], partOfWhole: true },
        { value: 78, usual: [72, 72, 72] },
      ],
      whole,
    );
    expect([chiller?.sharePct, fan?.sharePct, room?.sharePct]).toEqual([60, -10, Number.NaN]);
    expect(deviationOf({ value: 1, usual: [0, 0, 0], partOfWhole: true }, { value: 390, usual: [400, 400, 400] }).sharePct).toBeNaN();
  });

  it("has the smallest step of a series for its resolution, and none of what never moves", () => {
    expect(resolutionOf([71, 72.5, 72, 75])).toBe(0.5);
    expect(resolutionOf([0.1 + 0.2, 0.3, 0.4])).toBeCloseTo(0.1, 9);
    expect(resolutionOf([5, 5, Number.NaN])).toBeNaN();
  });
});

describe("whatever the numbers are", () => {
  const tenths = fc.integer({ min: -500, max: 1_500 }).map((value) => value / 10);
  const series = fc.record({ value: tenths, usual: fc.array(tenths, { minLength: 3, maxLength: 20 }) });

  it("the score is finite, has the sign of the difference, and is the same in another unit", () => {
    fc.assert(
      fc.property(series, (of) => {
        const { score, usual, low, high } = deviationOf(of);
        expect(Number.isFinite(score)).toBe(true);
        expect(Math.sign(score)).toBe(Math.sign(of.value - usual));
        expect(low).toBeLessThanOrEqual(usual);
        expect(high).toBeGreaterThanOrEqual(usual);
        const cool = (value: number): number => convert(value, "°F", "°C");
        expect(deviationOf({ value: cool(of.value), usual: of.usual.map(cool) }).score).toBeCloseTo(score, 5);
      }),
    );
  });

  it("neither order nor days without a value matter", () => {
    fc.assert(
      fc.property(series, (of) => {
        const mixed = [Number.NaN, ...of.usual].reverse();
        expect(deviationOf({ ...of, usual: mixed })).toEqual(deviationOf(of));
      }),
    );
  });
});
