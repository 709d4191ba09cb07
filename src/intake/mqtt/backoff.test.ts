import fc from "fast-check";
import { expect, it } from "vitest";
import { backoffMs } from "./backoff.ts";

const bounds = { minMs: 1000, maxMs: 60_000 };

it("doubles up to its bound", () => {
  expect([0, 1, 2, 3, 9].map((attempt) => backoffMs(attempt, bounds, () => 1))).toEqual([2000, 4000, 8000, 16_000, 60_000]);
  expect(backoffMs(0, bounds, () => 0)).toBe(1000);
});

it("stays within its bounds whatever the attempt and chance", () => {
  fc.assert(
    fc.property(fc.nat(10_000), fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (attempt, chance) => {
      const ms = backoffMs(attempt, bounds, () => chance);
      return ms >= 1000 && ms <= 60_000;
    }),
  );
});
