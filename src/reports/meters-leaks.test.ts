import { afterEach, describe, expect, it } from "vitest";
import { MeterWorld } from "#test/meter-world.ts";

let world: MeterWorld;
afterEach(() => world.close());

const DAY_MS = 86_400_000;
const STEP_MS = 600_000;
const WATER = { quantity: "water-volume", unit: "m³", source: "import" } as const;

describe("a leak that ended days ago", () => {
  it("is still told when a late reading makes the days since then new", async () => {
    world = await MeterWorld.open("2024-06-20 09:00", { meters: [{ meter: "water", unit: "m³" }] });
    const startMs = world.at("2024-01-20");
    const endedMs = world.at("2024-06-16 00:30");
    const tMs = Float64Array.from({ length: Math.floor((world.clockMs - startMs) / STEP_MS) }, (_, i) => startMs + i * STEP_MS);
    let shown = 100;
    const value = tMs.map((at, i) => {
      const isLeaking = at > endedMs - 5 * DAY_MS && at <= endedMs;
      shown += isLeaking || i % 40 === 0 ? 0.01 : 0;
      return Math.round(shown * 1000) / 1000;
    });
    const id = await world.say("water", [], WATER);
    await world.store.importColumn(id, { tMs, value, quality: new Uint16Array(tMs.length) }, { receivedMs: world.clockMs });
    const range = world.range("2024-06-01", "2024-06-21");
    const meters = await world.meters();
    const leaks = async () =>
      (await meters.anomalies(range)).filter(({ rule }) => rule === "leak").map(({ id: name, toMs }) => [name, toMs]);
    const told = await leaks();
    expect(told).toEqual([[expect.stringContaining("leak:"), endedMs]]);
    for (const back of [10, 34, 58, 82, 106]) {
      const row = tMs.length - 1 - back * 6;
      await world.say("water", [[(tMs[row] as number) + 30_000, value[row] as number]], WATER);
      expect(await leaks()).toEqual(told);
    }
  });
});
