import { afterEach, describe, expect, it } from "vitest";
import type { MeterRule, MeterWatch } from "#alerts/rule.ts";
import { MeterWorld, type SaidReading } from "#test/meter-world.ts";
import { MeterWatcher } from "./observe-meters.ts";

let world: MeterWorld;
afterEach(() => world.close());

const QUARTER_MS = 900_000;
const WATER = { unit: "m³", quantity: "water-volume", source: "reader" };

const rule = (watch: MeterWatch, meter = "*"): MeterRule => ({
  ...{ id: "r", name: "R", severity: "warning", channels: [], enabled: true, kind: "meter" },
  ...{ meter, watch, withinDays: 365 },
});

async function told(watch: MeterWatch, meter?: string): Promise<unknown> {
  const meters = await world.meters();
  const seen = await new MeterWatcher({ meters: () => [meters], nowMs: world.nowMs }).observe(rule(watch, meter));
  return seen.map(({ subject, value }) => [subject, value]);
}

describe("what is watched of meters", () => {
  it("is a leak for as long as it lasts and nobody called it usual, what should be read, decided, or calibrated", async () => {
    world = await MeterWorld.open("2024-03-20", {
      meters: [
        { meter: "water", unit: "m³" },
        { meter: "walked", unit: "kWh", readEveryDays: 10, calibratedUntil: "2024-12-31" },
        { meter: "doubt", unit: "kWh" },
        { meter: "gone", unit: "kWh", removedOn: "2024-01-31", calibratedUntil: "2024-06-30" },
      ],
    });
    const isRunning = (i: number) => i > 96 * 16 || (i % 96 > 28 && i % 6 === 0);
    let shown = 50_000;
    const water = Array.from({ length: 96 * 19 }, (_, i): SaidReading => {
      if (isRunning(i)) shown += 3;
      return [world.at("2024-03-01") + i * QUARTER_MS, shown / 1000];
    });
    await world.say("water", water, WATER);
    await world.say("walked", [
      ["2024-03-01", 5],
      ["2024-03-09", 6],
    ]);
    await world.say("doubt", [
      ...Array.from({ length: 15 }, (_, i): SaidReading => [world.at("2024-03-04") + i * 86_400_000, 900 + i]),
      ["2024-03-19", 4],
      ["2024-03-20", 5],
    ]);
    expect(await told("leak")).toEqual([["house.water", 1]]);
    expect(await told("implausible")).toEqual([
      ["house.water", 0],
      ["house.walked", 0],
      ["house.doubt", 1],
    ]);
    expect(await told("due")).toEqual([
      ["house.walked", 1],
      ["house.doubt", 0],
    ]);
    expect(await told("calibration")).toEqual([["house.walked", 1]]);
    expect(await told("calibration", "house.doubt")).toEqual([["house.doubt", 0]]);
    const [leak] = (await (await world.meters()).anomalies(world.range("2024-03-01", "2024-03-21"))).filter((one) => one.rule === "leak");
    await world.fact("water", "anomaly-dismissed", { id: leak?.id, why: "the garden" });
    expect(await told("leak")).toEqual([["house.water", 0]]);
  });
});
