import { expect, test } from "vitest";
import { lastYear, untilRemoved, whyNotCompared } from "./compare.ts";

const DAY_MS = 86_400_000;
const stretch = (amount: number | null, missingDays = 0) => ({ amount, missingMs: missingDays * DAY_MS, fromMs: 0, toMs: 20 * DAY_MS });

test("a part of a year before is not compared: it would look like a hundredfold", () => {
  expect(lastYear(stretch(100), stretch(1, 19.5))).toBeNull();
  expect(whyNotCompared(stretch(100), stretch(1, 19.5))?.replaceAll("\u00a0", " ")).toBe("only 12 h of the same days last year are known");
  expect(whyNotCompared(stretch(100, 18), stretch(100))?.replaceAll("\u00a0", " ")).toBe("only 2 d of these days are known");
});

test("what is known but for a minute is compared, and what is not known at all says so itself", () => {
  expect(lastYear(stretch(100, 0.001), stretch(90))).toBe(90);
  expect(whyNotCompared(stretch(100, 0.001), stretch(90))).toBeUndefined();
  expect(lastYear(stretch(100), stretch(null, 20))).toBeNull();
  expect(whyNotCompared(stretch(100), stretch(null, 20))).toBeUndefined();
});

test("of the time after a meter was removed nobody has to know", () => {
  expect(untilRemoved(stretch(10, 8), 12 * DAY_MS).missingMs).toBe(0);
  expect(untilRemoved(stretch(10, 9), 12 * DAY_MS).missingMs).toBe(DAY_MS);
  expect(untilRemoved(stretch(null, 20), -DAY_MS).missingMs).toBe(0);
  expect(untilRemoved(stretch(10, 9), Number.POSITIVE_INFINITY).missingMs).toBe(9 * DAY_MS);
});
