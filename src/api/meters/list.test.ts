import { expect, test } from "vitest";
import { STANDINGS } from "#reports/meter-answers.ts";
import { standingSentence } from "./list.ts";
import { decimalsOf } from "./round.ts";

const counts = (given: Partial<Record<(typeof STANDINGS)[number], number>>) =>
  ({ ...Object.fromEntries(STANDINGS.map((standing) => [standing, 0])), ...given }) as Record<(typeof STANDINGS)[number], number>;

test.each([
  [{ live: 19, due: 6, implausible: 2 }, "27 meters: 19 live, 6 due, 2 implausible"],
  [{ implausible: 2, live: 1, silent: 1 }, "4 meters: 1 live, 1 silent, 2 implausible"],
  [{ waiting: 1 }, "1 meter: 1 waiting"],
  [{}, "No meters yet"],
])("%j is told as %s", (given, sentence) => {
  expect(standingSentence(counts(given))).toBe(sentence);
});

test("a dial has as many places as its readings were written with", () => {
  expect(decimalsOf([412.6, 413, 413.25])).toBe(2);
  expect(decimalsOf([0.1 + 0.2])).toBe(1);
  expect(decimalsOf([1e21, Number.NaN])).toBe(0);
  expect(decimalsOf([])).toBe(0);
});
