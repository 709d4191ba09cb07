import { expect, it } from "vitest";
import { ResumedIds } from "./resumed.ts";

it("is the first only once per id", () => {
  const ids = new ResumedIds(65_535);
  expect([1, 2, 1, 65_535, 2, 65_535, 9].map((id) => ids.first(id, false))).toEqual([true, true, false, true, false, false, true]);
});

it("is never the first where no session was kept", () => {
  expect(new ResumedIds(0).first(1, false)).toBe(false);
  expect(new ResumedIds(0).first(1, true)).toBe(false);
});

it("is the first for no more messages than can have been under way", () => {
  const ids = new ResumedIds(2);
  expect([1, 1, 2, 3].map((id) => ids.first(id, false))).toEqual([true, false, true, false]);
});

it("is the first for as many as say themselves that they come again", () => {
  const ids = new ResumedIds(2);
  expect([1, 2, 3, 3, 4].map((id) => ids.first(id, true))).toEqual([true, true, true, false, true]);
  expect([4, 5, 6, 7].map((id) => ids.first(id, false))).toEqual([false, true, true, false]);
});
