import { expect, it } from "vitest";
import { covers, distinctFilters } from "./filters.ts";

it.each([
  ["#", "a/b", true],
  ["a/#", "a", true],
  ["a/#", "a/#", true],
  ["a/#", "a/+/c", true],
  ["a/+", "a/b", true],
  ["a/+", "a/#", false],
  ["a/+", "a/b/c", false],
  ["a/b", "a/+", false],
  ["+/b", "a/b", true],
  ["+/b", "#", false],
  ["a/b/c", "a/b", false],
])("%s covers %s: %s", (wide, narrow, answer) => expect(covers(wide, narrow)).toBe(answer));

it("keeps one of two equal filters and none that another one covers", () => {
  expect(distinctFilters(["a/b", "a/+", "a/+", "c"])).toEqual(["a/+", "c"]);
});
