import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type NearestOptions, NO_PARTNER, nearestIndex } from "./nearest.ts";

const pair = (left: readonly number[], right: readonly number[], options: NearestOptions): number[] => [
  ...nearestIndex(Float64Array.from(left), Float64Array.from(right), options),
];

/** Looks at every row of `right` for every row of `left`. */
function slowly(left: readonly number[], right: readonly number[], { toleranceMs, direction = "nearest", exact = true }: NearestOptions) {
  return left.map((at) => {
    let best = NO_PARTNER;
    for (const [row, other] of right.entries()) {
      const apart = Math.abs(other - at);
      if (apart > toleranceMs || (apart === 0 && !exact)) continue;
      if ((direction === "backward" && other > at) || (direction === "forward" && other < at)) continue;
      const bestAt = right[best] ?? Infinity;
      const bestApart = Math.abs(bestAt - at);
      const takes =
        apart < bestApart || (apart === bestApart && other === bestAt && other <= at) || (apart === bestApart && other < bestAt);
      if (takes) best = row;
    }
    return best;
  });
}

describe("the nearest partner", () => {
  it("is the earlier of two that are equally near", () => {
    expect(pair([20], [10, 30], { toleranceMs: 10 })).toEqual([0]);
  });

  it("is the later one where that is nearer, and none where both are too far", () => {
    expect(pair([0, 21, 100], [10, 30], { toleranceMs: 15 })).toEqual([0, 1, NO_PARTNER]);
  });

  it("may be exactly as far as the tolerance", () => {
    expect(pair([60], [30], { toleranceMs: 30 })).toEqual([0]);
    expect(pair([61], [30], { toleranceMs: 30 })).toEqual([NO_PARTNER]);
  });

  it("is the last of several at one instant", () => {
    expect(pair([5], [5, 5, 5, 6], { toleranceMs: 0 })).toEqual([2]);
  });

  it("lies behind or ahead where only that is wanted, and is not at the very instant where that is ruled out", () => {
    const options = { toleranceMs: Infinity };
    expect(pair([10, 50, 100], [10, 20, 30, 60, 70], { ...options, direction: "backward" })).toEqual([0, 2, 4]);
    expect(pair([10, 50, 100], [10, 20, 30, 60, 70], { ...options, direction: "forward" })).toEqual([0, 3, NO_PARTNER]);
    expect(pair([10, 60], [10, 20, 60, 70], { ...options, direction: "backward", exact: false })).toEqual([NO_PARTNER, 1]);
    expect(pair([20], [10, 20, 30], { ...options, exact: false })).toEqual([0]);
  });

  it("is nobody where there is nobody", () => {
    expect(pair([1, 2], [], { toleranceMs: Infinity })).toEqual([NO_PARTNER, NO_PARTNER]);
    expect(pair([], [1], { toleranceMs: Infinity })).toEqual([]);
  });

  it("is the one that a look at all rows finds", () => {
    const times = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 25 }).map((list) => list.sort((a, b) => a - b));
    const options = fc.record({
      toleranceMs: fc.oneof(fc.integer({ min: 0, max: 20 }), fc.constant(Infinity)),
      direction: fc.constantFrom("nearest" as const, "backward" as const, "forward" as const),
      exact: fc.boolean(),
    });
    fc.assert(
      fc.property(times, times, options, (left, right, how) => {
        const found = pair(left, right, how);
        const expected = slowly(left, right, how);
        // Rows at one instant are told apart by their place alone: forward the first, backward the last, as pandas does.
        expect(found.map((row) => right[row])).toEqual(expected.map((row) => right[row]));
      }),
    );
  });
});
