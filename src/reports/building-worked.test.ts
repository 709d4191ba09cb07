import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BuildingWorld, polled, type Said } from "#test/building-world.ts";

const MINUTE = 60_000;
const F = { unit: "°F" };
const CFM = { unit: "cfm", quantity: "airflow" };

// Figures of the older system that were worked out by hand, asked the whole way from stored samples.
let world: BuildingWorld;
beforeEach(async () => {
  world = await BuildingWorld.open("2026-03-12 16:00");
});
afterEach(() => world.close());

const day = () => world.range("2026-03-12", "2026-03-13");
const rows = (from: string, everyMs: number, values: readonly number[]): Said[] =>
  values.map((value, i) => [world.at(from) + i * everyMs, value] as const);

describe("comfort of four samples", () => {
  it.each([
    ["all inside", [72, 72.5, 73, 72.5], 100, 0.5],
    ["one outside", [72, 72.25, 72.25, 74.5], 75, 0.75],
    // Two degrees off are inside: the band belongs to it.
    ["one at the very edge", [74, 72, 72, 72], 100, 0.5],
  ])("%s", async (_, temperatures, withinPct, meanError) => {
    await world.say("Zone-101 Space Temp", rows("2026-03-12 08:00", 15 * MINUTE, temperatures), F);
    await world.say("Zone-101 Effective Setpoint", rows("2026-03-12 08:00", 15 * MINUTE, [72, 72, 72, 72]), F);
    const zone = await world.reports.zone("zone-101", day());
    expect(zone?.comfort).toMatchObject({ samples: 4, withinPct, meanError, by: "one-setpoint" });
  });

  it("on the clock of the building, not on that of Greenwich", async () => {
    // Half past seven in Phoenix is half past two in the afternoon in Greenwich, five there is midnight.
    await world.say("Zone-101 Space Temp", rows("2026-03-12 05:30", 120 * MINUTE, [60, 72, 72, 72, 72, 60]), F);
    await world.say("Zone-101 Effective Setpoint", rows("2026-03-12 05:30", 120 * MINUTE, [72]), F);
    const zone = await world.fresh({ silenceMs: 180 * MINUTE }).zone("zone-101", day());
    expect(zone?.comfort).toMatchObject({ samples: 5, withinPct: 80 });
  });

  it("of a setpoint that was said once, 58 hours ago: the older system threw every sample away, for none lay within 30 s of it", async () => {
    await world.say(
      "Outdoor Air Temp",
      polled(world.at("2026-03-09"), world.at("2026-03-12 16:00"), { everyMs: 10 * MINUTE, value: (_, i) => i % 30 }),
      F,
    );
    await world.say("Zone-101 Effective Setpoint", [["2026-03-09 22:00", 72]], F);
    await world.say("Zone-101 Space Temp", rows("2026-03-12 08:00", 10 * MINUTE, [72, 72.5, 73, 72.5, 72, 72.5, 73, 72.5]), F);
    const zone = await world.reports.zone("zone-101", day());
    expect(zone?.comfort).toMatchObject({ samples: 8, withinPct: 100, meanError: 0.5 });
    expect(zone?.pairings[1]).toMatchObject({ role: "effective-setpoint", how: "carried", unpaired: 0 });
  });
});

describe("airflow of five samples", () => {
  const flow = [500, 560, 380, 20, 500];

  it("polled with its setpoint: each takes the nearest within 30 s", async () => {
    const flows = rows("2026-03-12 08:00", MINUTE, [...flow.slice(0, 4), 500, 500, 500, 500]);
    const setpoints = [500, 500, 400, 0].map((value, i) => [world.at("2026-03-12 08:00") + i * MINUTE + 10_000, value] as const);
    const later = [4, 5, 6, 7].map((i) => [world.at("2026-03-12 08:00") + i * MINUTE + 10_000, 500] as const);
    await world.say("VAV 1-01 Box Flow", flows, CFM);
    await world.say("VAV 1-01 Flow Setpoint", [...setpoints, ...later], CFM);
    const tight = { percent: 10, absoluteCfm: 0, pairingMs: 30_000 };
    const span = { fromMs: world.at("2026-03-12 08:00"), toMs: world.at("2026-03-12 08:04") };
    const seed = (await world.fresh({ flow: tight }).zone("vav-1-01", span))?.airflow;
    // 0, +60, -20 and +20 cfm: 10 % allows 50, 50, 40 and nothing.
    expect(seed).toMatchObject({ samples: 4, withinPct: 50, meanError: 15 });
    expect(seed?.meanErrorPct).toBeCloseTo(5.6667, 3);
    // Half a hundred cfm are nothing a box can help: one of four is off.
    expect((await world.reports.zone("vav-1-01", span))?.airflow).toMatchObject({ samples: 4, withinPct: 75, tolerance: { absolute: 50 } });
  });

  it("with a setpoint that speaks on change: what was said holds", async () => {
    await world.say(
      "VAV 1-01 Box Flow",
      flow.map((value, i) => [world.at("2026-03-12 08:00") + (i === 4 ? 300 : i * 60) * 1000, value] as const),
      CFM,
    );
    await world.say(
      "VAV 1-01 Flow Setpoint",
      [500, 500, 400, 0].map((value, i) => [world.at("2026-03-12 08:00") + ([10, 70, 150, 175][i] as number) * 1000, value] as const),
      CFM,
    );
    const zone = await world.reports.zone("vav-1-01", day());
    // The first has none yet; then +60, -120, +20 and +500 against 500, 500, 0 and 0.
    expect(zone?.airflow).toMatchObject({ samples: 4, withinPct: 25, meanError: 115 });
    expect(zone?.pairings.at(-1)).toMatchObject({ role: "flow-setpoint", how: "carried", unpaired: 1 });
  });
});

it("health has two variants, each by its name", async () => {
  const value = (_: number, i: number): number => 80 + (i % 3) / 10;
  await world.say("VAV 1-01 Space Temp", polled(world.at("2026-03-12"), world.at("2026-03-12 16:00"), { everyMs: 10 * MINUTE, value }), F);
  await world.say("VAV 1-01 Effective Setpoint", rows("2026-03-12 00:00", MINUTE, [72]), F);
  const later = await world.reports.zone("vav-1-01", day());
  const seed = await world.fresh({ health: "seed" }).zone("vav-1-01", day());
  expect(later?.health).toMatchObject({ variant: "later", status: "critical", reasons: ["hot_zone"], score: 0 });
  expect(seed?.health).toMatchObject({ variant: "seed", score: 0, reasons: [] });
});
