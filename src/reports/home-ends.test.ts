import { afterEach, beforeEach, expect, it } from "vitest";
import { HomeWorld } from "#test/home-world.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A winter's day in Berlin: its midnight. */
const DAY = Date.UTC(2026, 0, 14, 23);

let world: HomeWorld;
beforeEach(async () => {
  world = await HomeWorld.open(DAY + 2 * DAY_MS);
  // Ten minutes of each hour take 6 kW, and of these the first is the hour's first.
  const readings = Array.from({ length: 48 * 60 + 1 }, (_, i) => {
    const tens = Math.floor(i / 60) * 10 + Math.min(10, i % 60);
    return [DAY + i * MINUTE_MS, 100 + tens / 10] as const;
  });
  await world.say("energy-import", readings);
});
afterEach(() => world.close());

/** Ends within intervals of which the load came first. */
const RANGE = { fromMs: DAY + 12 * HOUR_MS + 10 * MINUTE_MS, toMs: DAY + DAY_MS + 20 * HOUR_MS + 10 * MINUTE_MS };

it("the ends of a stretch are priced as the intervals they lie in, not at the mean price of the stretch", async () => {
  const prices = [
    { fromDate: "2026-01-01", perKwh: "0.10", baseFeePerMonth: "0" },
    { fromDate: "2026-01-16", perKwh: "0.90", baseFeePerMonth: "0" },
  ];
  const { boughtKwh, cost } = await world.home({ prices }).selection(RANGE);
  // The load of the first hour is over, that of the last is in: 11 hours of the first day and 21 of the second.
  expect(boughtKwh).toBeCloseTo(32, 6);
  expect(cost?.toNumber()).toBeCloseTo(11 * 0.1 + 21 * 0.9, 6);
});

it("a chart of coarse rows ends at the energy of the selection", async () => {
  const chart = await world.home().chart(RANGE, { points: 20 });
  expect(chart.stepMs).toBeGreaterThan(HOUR_MS);
  expect(chart.boughtKwh.at(-1)).toBeCloseTo(32, 6);
  expect(chart.boughtKwh[0]).toBeLessThan(3);
});
