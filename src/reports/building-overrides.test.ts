import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { QUALITY } from "#series/quality.ts";
import { BuildingWorld, polled, type Said } from "#test/building-world.ts";

// Thursday 2026-03-12, a little before three in the afternoon.
const NOW = "2026-03-12 14:50";
const MINUTE = 60_000;
const TEN = 10 * MINUTE;
const F = { unit: "°F" };
const PCT = { unit: "%", quantity: "damper-position" };

let world: BuildingWorld;
beforeEach(async () => {
  world = await BuildingWorld.open(NOW);
});
afterEach(() => world.close());

const today = () => world.range("2026-03-12", NOW);
const every = (value: (tMs: number, i: number) => number, from = "2026-03-11 12:00", to = NOW): Said[] =>
  polled(world.at(from), world.at(to) + 1, { everyMs: TEN, value });
/** A room that never stands exactly still. */
const about = (middle: number) => (_: number, i: number) => Math.round(10 * (middle + 0.3 * Math.sin(i))) / 10;
/** Two setpoints that were said 58 hours ago and did not change since. */
async function setpoints(box: string, heating = 70, cooling = 74): Promise<void> {
  await world.say(`${box} Effective Heating Setpoint`, [["2026-03-10 04:50", heating]], F);
  await world.say(`${box} Effective Cooling Setpoint`, [["2026-03-10 04:50", cooling]], F);
}
/** Somebody at the station speaks all the time. */
async function heartbeat(from = "2026-03-08 12:00"): Promise<void> {
  await world.say("Outdoor Air Temp", every(about(60), from), F);
}

describe("points held by hand", () => {
  const held = QUALITY.overridden;

  it("are told since when and with which value, those that ended too", async () => {
    await heartbeat();
    await setpoints("VAV 1-01");
    await world.say("VAV 1-01 Space Temp", every(about(72)), F);
    await world.say(
      "VAV 1-01 Damper Position",
      every(() => 40).map(([at, value]) => (Number(at) >= world.at("2026-03-11 15:00") ? [at, 100, held, "{overridden}"] : [at, value])),
      PCT,
    );
    await world.say("AHU-1 Supply Fan Command", [
      ["2026-03-09 08:00", "On", held, "{overridden}"],
      ["2026-03-12 11:00", "Off"],
    ]);
    const rows = await world.reports.overrides(today());
    expect(rows).toEqual([
      {
        ...{ equipment: "vav-1-01", point: "vav-1-01-damper-position", name: "VAV 1-01 Damper Position" },
        ...{ sinceMs: world.at("2026-03-11 15:00"), sinceOrBefore: false, value: 100, text: "", unit: "%", status: "{overridden}" },
      },
      {
        ...{ equipment: "ahu-1", point: "ahu-1-supply-fan-command", name: "AHU-1 Supply Fan Command" },
        ...{ sinceMs: world.at("2026-03-09 08:00"), sinceOrBefore: true, untilMs: world.at("2026-03-12 11:00") },
        ...{ text: "On", unit: "text", status: "{overridden}", value: expect.any(Number) },
      },
    ]);
    expect((await world.reports.overview(today())).overrides).toBe(1);
    expect(await world.reports.overrides(world.range("2026-03-11", "2026-03-11 14:00"))).toHaveLength(1);
  });
});
