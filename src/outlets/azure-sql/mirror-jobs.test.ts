import { Decimal } from "decimal.js";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { PeriodRow } from "#reports/plant-answers.ts";
import { MirrorWorld, START_MS, ZONE } from "#test/fake-tds/mirror-world.ts";
import { until } from "#test/until.ts";

let world: MirrorWorld;
beforeEach(async () => {
  world = await MirrorWorld.make();
});
afterEach(async () => {
  await world.end();
});

describe("live samples, months and jobs", () => {
  test("tiles leave once their end is over, and the purge takes out what is older than 60 days", async () => {
    const tMs = Float64Array.from([START_MS - 15_000, START_MS]);
    const column = (values: number[]): Float64Array => Float64Array.from(values);
    world.plant.tiles = {
      tMs,
      pulses: column([3, 4]),
      energyKwh: column([5.1, 6.8]),
      powerKw: column([1224, 1632]),
      totalKwh: column([Number.NaN, 99]),
      quality: new Uint16Array(2),
    };
    world.open();
    await world.settled();
    expect(world.database.rows("dbo.KYZ_Live15s")).toEqual([[new Date("2026-06-01T07:59:45Z"), 3n, 5.1, 1224, null]]);
    await world.pass(15_000);
    expect(world.database.rows("dbo.KYZ_Live15s")).toHaveLength(2);
    world.database.put("dbo.KYZ_Live15s", [new Date("2026-01-01T00:00:00Z"), 1n, 1, 1, null]);
    expect(await world.mirror?.purge(new AbortController().signal)).toBe(1);
    expect(world.database.rows("dbo.KYZ_Live15s")).toHaveLength(2);
  });

  test("months carry the tariff's own floor, in one transaction", async () => {
    const month = (date: string, [meteredKw, ratchetKw, billedKw]: [number, number, number]): PeriodRow => {
      const fromMs = ZONE.dayStart(Date.parse(`${date}T17:00:00Z`));
      const excluded = { count: 0, energyKwh: 0, highestKw: Number.NaN };
      return {
        period: { fromMs, toMs: ZONE.nextStart("month", fromMs), name: date },
        energyKwh: 1000,
        peakKw: meteredKw + 5,
        coverage: 1,
        loadFactor: 0.5,
        excluded,
        invalid: { count: 0, energyKwh: 0 },
        demand: { rule: "metered", billedKw, meteredKw, ratchetKw, minimumKw: 50, peaks: [], costOfRule: new Decimal(0) },
      };
    };
    world.plant.months = [month("2026-04-01", [1000, 0, 1000]), month("2026-05-01", [400, 700, 700])];
    world.open();
    await world.settled();
    expect(await world.mirror?.refreshMonths()).toBe(2);
    expect(world.database.rows("dbo.KYZ_MonthlyDemand")).toEqual([
      [new Date("2026-04-01T00:00:00Z"), 1000, 1005, 1000, null, 0, 1000],
      [new Date("2026-05-01T00:00:00Z"), 400, 405, 1000, 1000, 700, 700],
    ]);
    expect(world.server.transactions).toEqual(["begin", "commit"]);
  });

  test("a job that meets a broken line tries again", async () => {
    world.open();
    await world.settled();
    let cut = 0;
    world.server.script = {
      answer: (statement) => (statement.sql.startsWith("DELETE TOP") && cut++ === 0 ? { cut: true } : world.database.answer(statement)),
    };
    const purging = world.mirror?.purge(new AbortController().signal);
    await until(() => cut === 1, "the cut");
    for (let i = 0; i < 20; i++) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      world.clock.pass(200);
    }
    expect(await purging).toBe(0);
    expect(cut).toBe(2);
  });
});
