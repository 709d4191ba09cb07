import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawing, normal } from "./meter-world.ts";
import { rareSurprise } from "./rare-surprises.ts";
import { middleInPlace, selectInPlace } from "./select.ts";

const ROWS = 700;
const CHANCE = 1 / 365;
/** Mean limit over many draws. */
const meanLimit = (of: (draw: () => number) => number, side: -1 | 1 = 1): number => {
  let sum = 0;
  for (let seed = 1; seed <= 60; seed += 1) {
    const draw = drawing(seed);
    sum += rareSurprise(Float64Array.from({ length: ROWS }, () => of(draw)).sort(), { side, chance: CHANCE });
  }
  return sum / 60;
};

describe("a surprise that comes once a year", () => {
  it("is where an exponential tail has it, and a little further out where the tail is a normal one", () => {
    expect(meanLimit((draw) => -Math.log(1 - draw())) / Math.log(365)).toBeCloseTo(1, 1);
    // 2.78 deviations are passed by one in 365; the exponential tail says more, never less.
    expect(meanLimit(normal)).toBeGreaterThan(2.78);
    expect(meanLimit(normal)).toBeLessThan(3.3);
    expect(meanLimit(normal, -1)).toBeGreaterThan(2.78);
  });

  it("is not moved much by some that are no habit, and is not known of few", () => {
    const spoiled = (draw: () => number): number => (draw() < 0.01 ? 50 : normal(draw));
    expect(meanLimit(spoiled)).toBeLessThan(5);
    expect(rareSurprise(new Float64Array(39), { side: 1, chance: CHANCE })).toBe(Infinity);
  });
});

it("the k-th smallest is what sorting finds", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 80 }), fc.nat(), (values, pick) => {
      const k = pick % values.length;
      expect(selectInPlace(Float64Array.from(values), values.length, k)).toBe(Float64Array.from(values).sort()[k]);
      expect(middleInPlace(Float64Array.from(values), values.length)).toBe(Float64Array.from(values).sort()[(values.length - 1) >> 1]);
    }),
  );
  expect(middleInPlace(new Float64Array(0), 0)).toBeNaN();
});
