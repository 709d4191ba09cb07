import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Intervals } from "#analytics/intervals.ts";
import { QUALITY } from "#series/quality.ts";
import { PlantWorld, QUARTER_MS, START_MS } from "#test/plant-world.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

let world: PlantWorld;
beforeEach(async () => {
  world = await PlantWorld.open();
});
afterEach(() => world.close());

/** Intervals of a source as a PLC's file says them. */
function file(fromMs: number, kws: readonly number[]): Promise<void> {
  const samples = kws.map((kw, i) => ({ tMs: fromMs + (i + 1) * QUARTER_MS, value: kw / 4 }));
  return world.say("plc", "energy", samples);
}

function kwAt({ tMs, demandKw }: Intervals, endMs: number): number {
  return demandKw[tMs.indexOf(endMs)] as number;
}

describe("a file that comes late", () => {
  it("lowers the peak, and the difference says what changed in kWh, kW and money", async () => {
    await world.pulses(START_MS, START_MS + DAY_MS, (tMs) => (tMs < START_MS + 4 * HOUR_MS ? 800 : 400));
    const plant = world.plant();
    const [before] = await plant.bills(1);
    expect(before?.lines.find((line) => line.kind === "demand")?.demand).toMatchObject({ rule: "metered", meteredKw: 800 });

    world.clockMs += HOUR_MS;
    const beforeMs = world.clockMs;
    world.clockMs += 1000;
    await file(
      START_MS,
      Array.from({ length: 16 }, () => 600),
    );
    const range = { fromMs: START_MS, toMs: START_MS + 4 * HOUR_MS };
    const difference = await plant.difference(range, { beforeMs });
    expect(difference.changed).toHaveLength(16);
    expect(difference.changed[0]).toMatchObject({ before: { demandKw: 800, source: "kyz" }, after: { demandKw: 600, source: "plc" } });
    expect(difference.energyKwh).toEqual({ before: 3200, after: 2400 });
    expect(difference.peak).toMatchObject({ before: { kw: 800 }, after: { kw: 600 } });
    expect(difference.bills).toHaveLength(1);
    const [changed] = difference.bills;
    expect(changed?.billedKw).toEqual({ before: 800, after: 600 });
    // 200 × 24.74 and 800 × 0.04143, each bill rounded by its lines.
    expect(changed?.total.before.minus(changed.total.after).toFixed(2)).toBe("4981.15");
    const [after] = await plant.bills(1);
    expect(after?.total.toFixed()).toBe(changed?.total.after.toFixed());
    expect(kwAt(await plant.layer("kyz", range), START_MS + QUARTER_MS)).toBe(800);
  });
});

describe("R17", () => {
  it("keeps its interval out of demand and in energy, and the bill is told with and without", async () => {
    const said = [400, 900, 410, 405].map((kw, i) => ({
      tMs: START_MS + (i + 1) * QUARTER_MS,
      value: kw / 4,
      quality: kw === 900 ? QUALITY.excludedFromDemand : 0,
    }));
    world.clockMs = START_MS + DAY_MS;
    await world.say("kyz", "energy", said);
    const plant = world.plant();
    const [row] = await plant.periods(1);
    expect(row).toMatchObject({ energyKwh: 528.75, peakKw: 410, excluded: { count: 1, energyKwh: 225, highestKw: 900 } });
    const explained = await plant.explain("2026-03-01");
    expect(explained?.bill.lines.find((line) => line.kind === "demand")?.demand?.meteredKw).toBeCloseTo(405, 9);
    expect(explained?.withExcluded.meteredKw).toBeCloseTo((900 + 410 + 405) / 3, 9);
    expect(explained?.withExcluded.total.minus(explained.bill.total).toFixed(2)).toBe((((900 + 410 + 405) / 3 - 405) * 24.74).toFixed(2));
  });
});

describe("a silence of 40 minutes", () => {
  it("loses no energy and invents no peak; what could have been is said", async () => {
    await world.pulses(START_MS, START_MS + 6 * HOUR_MS, () => 400);
    const silentMs = START_MS + 6 * HOUR_MS;
    world.silence(40 * 60_000, 400);
    await world.pulses(silentMs + 40 * 60_000, START_MS + 12 * HOUR_MS, () => 400);
    const plant = world.plant();
    const all = await plant.intervals({ fromMs: START_MS, toMs: START_MS + 12 * HOUR_MS });
    const energy = all.energyKwh.reduce((sum, kwh) => sum + kwh, 0);
    expect(Math.abs(energy - 12 * 400)).toBeLessThanOrEqual(8);
    const [bill] = await plant.bills(1);
    const demand = bill?.lines.find((line) => line.kind === "demand")?.demand;
    expect(demand?.meteredKw).toBeLessThanOrEqual(408);
    expect(demand?.uncertain?.highKw).toBeGreaterThan(demand?.meteredKw ?? 0);
    const recovered = all.quality.filter((bits) => (bits & QUALITY.recoveredAfterGap) !== 0);
    expect(recovered.length).toBeGreaterThanOrEqual(2);
    const { recovered: counted, missingCount } = await plant.quality({ fromMs: START_MS, toMs: START_MS + 12 * HOUR_MS });
    expect(counted).toBe(recovered.length);
    expect(missingCount).toBe(0);
  });
});

describe("a restart", () => {
  it("within an interval changes nothing", async () => {
    const cutMs = START_MS + 3 * HOUR_MS + 7 * 60_000;
    await world.pulses(START_MS, cutMs, () => 500);
    await world.restart();
    await world.pulses(cutMs, START_MS + 5 * HOUR_MS, () => 500);
    const { demandKw } = await world.plant().intervals({ fromMs: START_MS, toMs: START_MS + 5 * HOUR_MS });
    expect(demandKw).toHaveLength(20);
    // One pulse is 8 kW in a quarter of an hour.
    for (const kw of demandKw) expect(Math.abs(kw - 500)).toBeLessThanOrEqual(8);
  });
});

describe("a pulse value", () => {
  it("that is set later is right backwards; without one pulses are there and energy is missing", async () => {
    await world.pulses(START_MS, START_MS + HOUR_MS, () => 400);
    const range = { fromMs: START_MS, toMs: START_MS + HOUR_MS };
    const without = world.plant({ facts: [] });
    const nothing = await without.intervals(range);
    expect(nothing.energyKwh[0]).toBeNaN();
    expect(nothing.pulses[0]).toBe(50);
    await world.store.register({
      facts: [
        { site: "plant", point: "main", name: "pulsesPerKwh", value: 0.25, fromMs: START_MS + DAY_MS, who: "me", madeMs: world.clockMs },
      ],
    });
    expect((await without.intervals(range)).energyKwh[0]).toBe(200);
  });
});

describe("conservation", () => {
  it("holds between register, intervals, days and bill within one pulse at each end", async () => {
    await world.pulses(START_MS - 2 * DAY_MS, START_MS + 3 * DAY_MS, (tMs) => 300 + 200 * Math.sin(tMs / 1e7));
    const explained = await world.plant().explain("2026-03-01");
    expect(explained?.conservation.holds).toBe(true);
    expect(explained?.conservation.registerKwh).toBeGreaterThan(0);
  });

  it("holds over a silence at the end of a period, of which nobody can say what lies on either side", async () => {
    const mayMs = Date.UTC(2026, 4, 1, 5);
    await world.pulses(mayMs - 2 * DAY_MS, mayMs - 6 * HOUR_MS, () => 300);
    world.silence(9 * HOUR_MS, 300);
    await world.pulses(mayMs + 3 * HOUR_MS, mayMs + DAY_MS, () => 300);
    const { conservation } = (await world.plant().explain("2026-05-01")) ?? {};
    expect(conservation?.holds).toBe(true);
    // What the silence hid, and a pulse at each end.
    expect(conservation?.toleranceKwh).toBeGreaterThan(9 * 300 - 10);
    expect(conservation?.toleranceKwh).toBeLessThan(9 * 300 + 20);
  });
});
