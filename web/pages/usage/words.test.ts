import { expect, test } from "vitest";
import { pageName, usageSentence } from "./words.ts";

const say = (today: number, byPath: { path: string; count: number }[]) =>
  usageSentence({ today, days: 30, byPath: byPath.map((row) => ({ ...row, lastSeenMs: 0 })) }).replaceAll("\u00a0", " ");

test("the sentence says what today was, and which page is wanted most", () => {
  expect(say(41, [{ path: "/data-quality", count: 212 }])).toBe("41 views today; Data quality is opened most, 212 times in 30 days.");
  expect(say(1, [{ path: "/kiosk", count: 2 }])).toBe("1 view today; Kiosk is opened most, twice in 30 days.");
  expect(say(0, [])).toBe("No page was opened today.");
});

test("a path that is no page of ours stands for itself, whatever its name", () => {
  expect(["/old", "constructor", "/"].map(pageName)).toEqual(["/old", "constructor", "Live"]);
});
