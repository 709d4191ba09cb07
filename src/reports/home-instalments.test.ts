import { afterEach, beforeEach, expect, it } from "vitest";
import { HomeWorld } from "#test/home-world.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Midnights in Berlin. */
const NEW_YEAR = Date.UTC(2025, 11, 31, 23);
const FIRST_OF_NOVEMBER = Date.UTC(2026, 9, 31, 23);

const prices = [{ fromDate: "2026-01-01", perKwh: "0.25", baseFeePerMonth: "12" }];

let world: HomeWorld;
beforeEach(async () => {
  // 24 kWh a day since the first of November, 20 whole days of them.
  world = await HomeWorld.open(FIRST_OF_NOVEMBER + 20 * DAY_MS);
  const readings = Array.from({ length: 20 * 96 + 1 }, (_, i) => [FIRST_OF_NOVEMBER + i * 15 * MINUTE_MS, 100 + i / 4] as const);
  await world.say("energy-import", readings);
});
afterEach(() => world.close());

it("readings that began in the middle of the year: one cost, told since when, and the months before are usual days", async () => {
  const instalments = [{ fromDate: "2026-01-01", amount: "195" }];
  const { instalments: said, year } = await world.home({ prices, instalments }).summary({ weekStart: 1 });
  expect(said?.costSoFar.toFixed(6)).toBe(year.cost?.toFixed(6));
  // 20 days of 6 euros, and the fee of 21 days: that of a day begun is due.
  expect(said?.costSoFar.toNumber()).toBeCloseTo(20 * 6 + (12 * 21) / 30, 6);
  expect(said?.costFromMs).toBe(FIRST_OF_NOVEMBER);
  // 304 days from January to October and ten fees.
  expect(said?.costBefore?.toNumber()).toBeCloseTo(304 * 6 + 120, 6);
  expect(said?.balanceSoFar.toNumber()).toBeCloseTo(11 * 195 - (304 + 20) * 6 - 120 - (12 * 21) / 30, 6);
  expect(said?.yearEnd?.cost.toNumber()).toBeCloseTo(365 * 6 + 144, 2);
  expect(said?.yearEnd?.balance.toNumber()).toBeCloseTo(12 * 195 - 365 * 6 - 144, 2);
  // A season nobody has seen: a quarter of ten months, and of the days to come.
  expect(said?.yearEnd?.plusMinus.toNumber()).toBeGreaterThan(0.25 * 304 * 6 - 1);
  expect(said?.yearEnd?.method).toContain("before the first reading on 2026-11-01 is taken as so many usual days");
});

it("whoever pays for the first time after the first reading owes nothing for the time before", async () => {
  const instalments = [{ fromDate: "2026-11-05", amount: "195" }];
  const { instalments: said } = await world.home({ prices, instalments }).summary({ weekStart: 1 });
  expect(said?.fromMs).toBe(NEW_YEAR);
  expect(said?.costBefore?.toNumber()).toBe(0);
  expect(said?.yearEnd?.cost.toNumber()).toBeCloseTo(61 * 6 + 24, 2);
});

it("with too little history what was before is not known, and no year's end is told", async () => {
  world.clockMs = FIRST_OF_NOVEMBER + 5 * DAY_MS;
  const { instalments: said } = await world
    .home({ prices, instalments: [{ fromDate: "2026-01-01", amount: "195" }] })
    .summary({ weekStart: 1 });
  expect([said?.costBefore, said?.yearEnd]).toEqual([undefined, undefined]);
});
