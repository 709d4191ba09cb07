import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BuildingWorld, polled, type Said } from "#test/building-world.ts";
import type { ZoneRow } from "./building-answers.ts";

// Thursday 2026-03-12, a little before three in the afternoon: the picture begins on Wednesday at three.
const NOW = "2026-03-12 14:50";
const BEGIN = "2026-03-11 15:00";
const MINUTE = 60_000;
const F = { unit: "°F" };

let world: BuildingWorld;
beforeEach(async () => {
  world = await BuildingWorld.open(NOW);
});
afterEach(() => world.close());

const every = (from: string, to = NOW): Said[] =>
  polled(world.at(from), world.at(to) + 1, { everyMs: 10 * MINUTE, value: (_, i) => 72 + (i % 3) / 10 });
const bands = async (): Promise<ZoneRow["spark"]["bands"]> => {
  const { zones } = await world.reports.overview(world.range("2026-03-12", NOW));
  return (zones[0] as ZoneRow).spark.bands;
};

describe("the band of a small picture", () => {
  it("is in steps where setpoints changed, each with the margin, and begins with what was said days ago", async () => {
    await world.say("VAV 1-01 Space Temp", every("2026-03-10 00:00"), F);
    await world.say(
      "VAV 1-01 Effective Heating Setpoint",
      [
        ["2026-03-10 05:00", 70],
        ["2026-03-11 23:00", 60],
        ["2026-03-12 05:00", 70],
      ],
      F,
    );
    await world.say(
      "VAV 1-01 Effective Cooling Setpoint",
      [
        ["2026-03-10 05:00", 74],
        ["2026-03-11 23:00", 85],
        ["2026-03-12 05:00", 74],
      ],
      F,
    );
    expect(await bands()).toEqual([
      { fromMs: world.at(BEGIN), low: 68, high: 76 },
      { fromMs: world.at("2026-03-11 23:00"), low: 58, high: 87 },
      { fromMs: world.at("2026-03-12 05:00"), low: 68, high: 76 },
    ]);
  });

  it("follows the hours where there are setpoints for each", async () => {
    await world.say("VAV 1-01 Space Temp", every("2026-03-10 00:00"), F);
    for (const [name, value] of [
      ["Occupied Heating", 70],
      ["Occupied Cooling", 74],
      ["Unoccupied Heating", 60],
      ["Unoccupied Cooling", 85],
    ] as const)
      await world.say(`VAV 1-01 ${name} Setpoint`, [["2026-03-10 05:00", value]], F);
    const found = await bands();
    expect(found.map(({ low, high }) => [low, high])).toEqual([
      [68, 76],
      [58, 87],
      [68, 76],
    ]);
    expect(found.slice(1).map(({ fromMs }) => fromMs)).toEqual([world.at("2026-03-11 18:00"), world.at("2026-03-12 07:00")]);
  });

  it("ends where its station is silent, and is not there without setpoints", async () => {
    await world.say("VAV 1-01 Space Temp", [...every("2026-03-11 12:00", "2026-03-12 00:00"), ...every("2026-03-12 09:00")], F);
    expect(await bands()).toEqual([]);
    await world.say(
      "VAV 1-01 Effective Setpoint",
      [
        ["2026-03-11 12:00", 72],
        ["2026-03-12 09:00", 73],
      ],
      F,
    );
    const found = await bands();
    expect(found).toHaveLength(3);
    expect(found[0]).toEqual({ fromMs: world.at(BEGIN), low: 70, high: 74 });
    expect(found[1]?.low).toBeNaN();
    expect(found[2]).toEqual({ fromMs: world.at("2026-03-12 09:00"), low: 71, high: 75 });
  });
});
