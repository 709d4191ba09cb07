import { expect, test } from "vitest";
import type { QualityCounts } from "#contract/plant-quality.ts";
import { offsetText, qualitySentence } from "./words.ts";

const counts = (change: Partial<QualityCounts>): QualityCounts => ({
  fromMs: 0,
  toMs: 1,
  expected: 96,
  observed: 96,
  missing: 0,
  estimated: 0,
  excluded: 0,
  invalid: 0,
  recovered: 0,
  suspect: 0,
  coverage: 1,
  ...change,
});
const say = (change: Partial<QualityCounts>) =>
  qualitySentence(counts(change), { intervalMinutes: 15, when: "of the last day" }).replaceAll("\u00a0", " ");

test("a whole day is told in one line", () => expect(say({})).toBe("All 96 quarter-hours of the last day are there."));

test("what R17 left out, what is invalid and what is estimated follows", () => {
  expect(say({ excluded: 2 })).toBe("All 96 quarter-hours of the last day are there; 2 were left out of demand by R17.");
  expect(say({ excluded: 1, invalid: 1, estimated: 3 })).toBe(
    "All 96 quarter-hours of the last day are there; 1 was left out of demand by R17, 1 is not valid, 3 are estimated.",
  );
});

test("missing ones come first", () => {
  expect(say({ observed: 94, missing: 2 })).toBe("94 of 96 quarter-hours of the last day are there, 2 are missing.");
  expect(say({ observed: 0, missing: 96 })).toBe("Nothing came: all 96 quarter-hours of the last day are missing.");
});

test("one of many is in the singular", () => {
  expect(say({ observed: 1, missing: 95 })).toBe("1 of 96 quarter-hours of the last day is there, 95 are missing.");
  expect(say({ expected: 1, observed: 1 })).toBe("The one quarter-hour of the last day is there.");
});

test("a plant in its first minutes has nothing to miss", () =>
  expect(say({ expected: 0, observed: 0 })).toBe("The first quarter-hour is not over yet."));

test("a clock offset has a sign and a unit that fits", () =>
  expect([412, -2300, 180_000].map(offsetText).map((text) => text.replaceAll("\u00a0", " "))).toEqual(["+0.4 s", "−2.3 s", "+3 min"]));
