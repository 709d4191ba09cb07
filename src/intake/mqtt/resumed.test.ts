import { expect, it } from "vitest";
import { ResumedIds } from "./resumed.ts";

it("is the first only once per id", () => {
  const ids = new ResumedIds(65_535);
  expect([1, 2, 1, 65_535, 2, 65_535, 9].map((id) => ids.first(id))).toEqual([true, true, false, true, false, false, true]);
});

it("is never the first where no session was kept", () => {
  expect(new ResumedIds(0).first(1)).toBe(false);
});

it("is the first for no more messages than can have been under way", () => {
  const ids = new ResumedIds(2);
  expect([1, 1, 2, 3].map((id) => ids.first(id))).toEqual([true, false, true, false]);
});
