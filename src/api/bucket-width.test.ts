import fc from "fast-check";
import { expect, test } from "vitest";
import { bucketsTouched, bucketWidth, NICE_WIDTHS_MS } from "./bucket-width.ts";

const DAY_MS = 86_400_000;

test("the width is the smallest nice one whose buckets fit the budget", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2e12 }),
      fc.integer({ min: 1, max: 20 * 365 * DAY_MS }),
      fc.integer({ min: 2, max: 50_000 }),
      (fromMs, span, budget) => {
        const range = { fromMs, toMs: fromMs + span };
        const width = bucketWidth(range, budget);
        expect(bucketsTouched(range, width)).toBeLessThanOrEqual(budget);
        if (width > DAY_MS) expect(width % DAY_MS).toBe(0);
        else expect(NICE_WIDTHS_MS).toContain(width);
        const smaller = NICE_WIDTHS_MS.filter((nice) => nice < width);
        for (const nice of smaller) expect(bucketsTouched(range, nice)).toBeGreaterThan(budget);
      },
    ),
  );
});

test("every nice width divides a day", () => {
  for (const width of NICE_WIDTHS_MS) expect(DAY_MS % width).toBe(0);
});

test("a year as a thousand points is twelve hours each", () => {
  expect(bucketWidth({ fromMs: 0, toMs: 365 * DAY_MS }, 1_000)).toBe(12 * 3_600_000);
});
