import { afterEach, describe, expect, it } from "vitest";
import { MeterWorld } from "#test/meter-world.ts";

let world: MeterWorld;
afterEach(() => world.close());

const HOUR_MS = 3_600_000;

describe("a meter told in hours by a supplier, with readings of a person beside them", () => {
  it("has the same days from whichever minute it is asked", async () => {
    world = await MeterWorld.open("2024-03-12 08:00");
    const startMs = world.at("2024-03-01");
    const hours = Array.from({ length: 10 * 24 }, (_, i) => [startMs + (i + 1) * HOUR_MS, (i % 7) / 4] as const);
    const usedUntil = (tMs: number) =>
      hours.reduce((sum, [end, used]) => sum + used * Math.min(1, Math.max(0, (tMs - end) / HOUR_MS + 1)), 0);
    await world.say("main", hours, { source: "tibber", kind: "interval", intervalMs: HOUR_MS });
    const read = ["2024-03-03 10:24", "2024-03-05 09:36", "2024-03-09 17:12"].map((at) => world.at(at));
    // What the person read is a little more than what the supplier says.
    await world.say(
      "main",
      read.map((at, i) => [at, 5000 + usedUntil(at) + i / 10]),
    );
    const meters = await world.meters();
    const days = async (from: string) => (await meters.consumption("house.main", { ...world.range(from, "2024-03-11"), by: "day" }))?.rows;
    const whole = await days("2024-03-01");
    for (const from of ["2024-03-01 04:40", "2024-03-03 10:24", "2024-03-04 13:05", "2024-03-06 23:59"]) {
      const some = await days(from);
      const inner = (some?.amount.length ?? 0) - 1;
      expect([...(some?.amount.slice(1) ?? [])]).toEqual(
        [...(whole?.amount ?? [])].slice(-inner).map((amount) => expect.closeTo(amount, 9)),
      );
      expect([...(some?.measured.slice(1) ?? [])]).toEqual([...(whole?.measured ?? [])].slice(-inner).map((of) => expect.closeTo(of, 9)));
    }
  });
});

describe("hours", () => {
  it.each([
    ["Australia/Lord_Howe", "2024-10-05", 48, [30]],
    ["Australia/Lord_Howe", "2024-04-06", 49, [30]],
    ["Europe/Berlin", "2024-03-30", 47, []],
    ["Europe/Berlin", "2024-10-26", 49, []],
  ] as const)("begin by the clock in %s on %s and the day after it, whose clock changes", async (zone, date, count, odd) => {
    world = await MeterWorld.open("2024-12-01", { zone });
    const startMs = world.at(date);
    await world.say(
      "main",
      Array.from({ length: 4 * 24 * 4 }, (_, i) => [startMs - 24 * HOUR_MS + i * 900_000, i / 10] as const),
      { source: "reader" },
    );
    const toMs = world.zone.addDays(startMs, 2);
    const answer = await (await world.meters()).consumption("house.main", { fromMs: startMs, toMs, by: "hour" });
    const edges = [...(answer?.rows.edgesMs ?? [])];
    expect(edges).toHaveLength(count + 1);
    const minutes = edges.map((at) => (world.zone.localOf(at) / 60_000) % 60);
    expect(minutes.filter((minute) => minute !== 0)).toEqual(odd);
    expect((answer?.rows.amount ?? new Float64Array(0)).reduce((sum, amount) => sum + amount, 0)).toBeCloseTo(answer?.total.amount ?? 0, 9);
  });
});
