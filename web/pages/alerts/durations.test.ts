import fc from "fast-check";
import { expect, test } from "vitest";
import { durationText, parseDuration } from "./durations.ts";

test("a length of time is understood as people write it", () => {
  expect(["10m", "90 s", "1 h 30 min", "1h30m", "a day", "An hour", "1.5 h", "1,5 h", "2 days"].map(parseDuration)).toEqual([
    600_000, 90_000, 5_400_000, 5_400_000, 86_400_000, 3_600_000, 5_400_000, 5_400_000, 172_800_000,
  ]);
});

test("what is no length of time is not taken for one", () => {
  expect(["", "10", "ten minutes", "10 parsecs", "10m x", "-5 min", "1e9 h"].map(parseDuration)).toEqual(Array(7).fill(undefined));
});

test("whatever is written down is read back as it was", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 31_536_000_000 }), (ms) => {
      expect(parseDuration(durationText(ms))).toBe(ms);
    }),
  );
});
