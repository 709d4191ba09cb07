import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HOME, HomeWorld, type Reading } from "#test/home-world.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A winter's day in Berlin: its midnight. */
const DAY = Date.UTC(2026, 0, 14, 23);
/** The reader's first word. */
const SEAM = DAY + 30 * HOUR_MS;

let world: HomeWorld;
beforeEach(async () => {
  world = await HomeWorld.open(DAY + 2 * DAY_MS);
});
afterEach(() => world.close());

const every = (fromMs: number, toMs: number, stepMs: number, of: (tMs: number) => number): Reading[] =>
  Array.from({ length: Math.floor((toMs - fromMs) / stepMs) + 1 }, (_, i) => [fromMs + i * stepMs, of(fromMs + i * stepMs)] as const);

describe("a meter whose past comes from another source", () => {
  const meter = {
    ...HOME.meter,
    sources: [
      { name: "old", title: "Old", rank: "derived" as const },
      { name: "reader", title: "Reader", rank: "live" as const },
    ],
  };
  const kwhAt = (tMs: number): number => Math.round(1e4 * (100 + (tMs - DAY) / HOUR_MS)) / 1e4;
  beforeEach(async () => {
    await world.say("energy-import", every(DAY, SEAM + 5 * HOUR_MS, 10 * MINUTE_MS, kwhAt), { source: "old" });
    await world.say(
      "power",
      every(DAY, SEAM + 5 * HOUR_MS, 10 * MINUTE_MS, () => 990),
      { source: "old" },
    );
    await world.say(
      "energy-import",
      every(SEAM, DAY + 2 * DAY_MS, MINUTE_MS, (tMs) => kwhAt(tMs) + 5_000),
    );
    await world.say(
      "power",
      every(SEAM, DAY + 2 * DAY_MS, MINUTE_MS, () => 1_010),
    );
  });

  it.each([
    ["before the reader", DAY + 3 * HOUR_MS + 7 * MINUTE_MS, DAY + 5 * HOUR_MS + 7 * MINUTE_MS, [990, 990]],
    ["over the seam", SEAM - HOUR_MS - 7 * MINUTE_MS, SEAM + HOUR_MS + 7 * MINUTE_MS, [990, 1_010]],
    ["over all of it", DAY, DAY + 2 * DAY_MS, [990, 1_010]],
  ])("has its power and its energy %s", async (_name, fromMs, toMs, [minW, maxW]) => {
    const home = world.home({ meter });
    const kwh = (toMs - fromMs) / HOUR_MS;
    const selection = await home.selection({ fromMs, toMs });
    expect(selection.boughtKwh).toBeCloseTo(kwh, 3);
    expect(selection).toMatchObject({ minW, maxW, derived: false });
    for (const points of [60, 20_000]) {
      const chart = await home.chart({ fromMs, toMs }, { points });
      expect(chart.derived).toBe(false);
      // No line is broken where one takes over from the other.
      expect(chart.powerW.every((watts) => watts >= 990)).toBe(true);
      expect([Math.min(...chart.minW), Math.max(...chart.maxW)]).toEqual([minW, maxW]);
      expect(chart.boughtKwh.at(-1)).toBeGreaterThan(kwh - 0.2);
      expect(chart.boughtKwh.at(-1)).toBeLessThan(kwh + 1e-3);
    }
  });
});

describe("a meter that only counts what is sold", () => {
  it("has negative power in the chart and in the selection, and no cost but its fee", async () => {
    await world.say(
      "energy-export",
      every(DAY, DAY + 2 * DAY_MS, MINUTE_MS, (tMs) => 100 + (2 * (tMs - DAY)) / HOUR_MS),
    );
    const home = world.home();
    for (const points of [60, 20_000]) {
      const chart = await home.chart({ fromMs: DAY + 1, toMs: DAY + DAY_MS }, { points });
      expect(chart.derived).toBe(true);
      for (const watts of chart.powerW) expect(watts).toBeCloseTo(-2_000, 3);
      expect(chart.soldKwh.at(-1)).toBeCloseTo(48, 1);
    }
    const { meanW, maxW, soldKwh } = await home.selection({ fromMs: DAY, toMs: DAY + DAY_MS });
    expect([meanW, maxW, soldKwh]).toEqual([-2_000, -2_000, 48].map((one) => expect.closeTo(one, 3)));
  });
});

it("a balance says of how much of the time it is, where a meter was silent", async () => {
  const rising = (toMs: number) => every(DAY, toMs, MINUTE_MS, (tMs) => 100 + (tMs - DAY) / HOUR_MS);
  await world.say("energy-import", rising(DAY + DAY_MS));
  await world.say("energy", rising(DAY + DAY_MS), { point: "roof" });
  await world.say("energy", rising(DAY + 6 * HOUR_MS), { point: "shed" });
  const of = async (solar: string[]) =>
    world.home({ roles: { grid: "meter", solar, battery: [] } }).balance({ fromMs: DAY, toMs: DAY + DAY_MS });
  expect(await of(["roof"])).toMatchObject({ coverage: 1, gridInKwh: expect.closeTo(24, 3) });
  expect(await of(["roof", "shed"])).toMatchObject({ coverage: expect.closeTo(0.25, 1), gridInKwh: expect.closeTo(6, 0) });
});
