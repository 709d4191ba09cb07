import { afterEach, beforeEach, expect, test } from "vitest";
import { openUsage, pagePath } from "#api/usage.ts";
import { DAY_MS, type House, openHouse } from "./house.ts";
import { NOW_MS, ZONE } from "./plant-house.ts";

let house: House;
let nowMs: number;
beforeEach(async () => {
  house = await openHouse();
  nowMs = NOW_MS;
});
afterEach(() => house.close());

const open = (keptDays = 180) => openUsage({ store: house.store, nowMs: () => nowMs, zone: ZONE, keptDays });

test("what was counted is there after a restart", async () => {
  const first = open();
  await first.view("/plant");
  await first.view("/plant");
  await first.close();
  const again = open();
  await again.view("/plant");
  expect((await again.summary(1)).byPath).toEqual([{ path: "/plant", count: 3, lastSeenMs: NOW_MS }]);
  await again.close();
});

test("days are those of the plant's clock, and older ones than are kept are forgotten for good", async () => {
  const usage = open(30);
  await usage.view("/old");
  await usage.close();
  nowMs += 20 * DAY_MS;
  await usage.view("/new");
  expect((await usage.summary(365)).byPath.map(({ path }) => path)).toEqual(["/new", "/old"]);
  nowMs += 15 * DAY_MS;
  await usage.view("/newest");
  await usage.close();
  expect((await usage.summary(365)).byPath.map(({ path }) => path)).toEqual(["/new", "/newest"]);
  expect(await house.store.setting("usage.2026-03-10")).toBe("");
});

test("addresses somebody makes up are folded into one beyond 200 a day", async () => {
  const usage = open();
  for (let i = 0; i < 300; i++) await usage.view(`/made-up/${i}`);
  await usage.view("/made-up/7");
  const { byPath, total } = await usage.summary(1);
  expect([byPath.length, total, byPath[0]]).toEqual([201, 301, { path: "/(others)", count: 100, lastSeenMs: NOW_MS }]);
  await usage.close();
});

test("a path is cut at its query, rooted, and 200 characters long at the most", () => {
  expect(["/a?token=x", "a#b", "", "  ", `/${"x".repeat(500)}`].map(pagePath)).toEqual(["/a", "/a", "/", "/", `/${"x".repeat(199)}`]);
});
