import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { QUALITY } from "#series/quality.ts";
import { PlantWorld, QUARTER_MS, type Sample } from "#test/plant-world.ts";

const INDIANA = "America/Indiana/Indianapolis";
const at = (text: string): number => Date.parse(text);

let world: PlantWorld;
beforeEach(async () => {
  world = await PlantWorld.open();
});
afterEach(() => world.close());

/** Quarters of [from, to) at a power each. */
function quarters(fromMs: number, toMs: number, kwAt: (endMs: number) => number): Sample[] {
  const samples: Sample[] = [];
  for (let endMs = fromMs + QUARTER_MS; endMs <= toMs; endMs += QUARTER_MS) samples.push({ tMs: endMs, value: kwAt(endMs) / 4 });
  return samples;
}

describe("a day", () => {
  it("has 92 quarters in spring and 100 in autumn, and none of them is missing", async () => {
    const spring = { fromMs: at("2026-03-08T05:00:00Z"), toMs: at("2026-03-09T04:00:00Z") };
    const autumn = { fromMs: at("2026-11-01T04:00:00Z"), toMs: at("2026-11-02T05:00:00Z") };
    world.clockMs = at("2026-11-03T00:00:00Z");
    for (const day of [spring, autumn])
      await world.say(
        "kyz",
        "energy",
        quarters(day.fromMs, day.toMs, () => 400),
      );
    const plant = world.plant({ zone: INDIANA });
    expect(await plant.quality(spring)).toMatchObject({ expected: 92, observed: 92, missingCount: 0 });
    expect(await plant.quality(autumn)).toMatchObject({ expected: 100, observed: 100, missingCount: 0 });
    const [day] = await plant.days("2026-11-01", "2026-11-01");
    expect(day).toMatchObject({ date: "2026-11-01", count: 100, expected: 100, energyKwh: 10_000 });
  });

  it("holds the interval that ends with its midnight, and by the old reading the next day does", async () => {
    const midnightMs = at("2026-06-02T04:00:00Z");
    world.clockMs = at("2026-06-03T04:00:00Z");
    await world.say(
      "kyz",
      "energy",
      quarters(midnightMs - 4 * QUARTER_MS, midnightMs + 4 * QUARTER_MS, (endMs) => (endMs === midnightMs ? 900 : 400)),
    );
    const plant = world.plant({ zone: INDIANA });
    const peaks = async (attribution: "lies-in" | "end-date") =>
      (await plant.days("2026-06-01", "2026-06-02", { attribution })).map((day) => day.peakKw);
    expect(await peaks("lies-in")).toEqual([900, 400]);
    expect(await peaks("end-date")).toEqual([400, 900]);
  });

  it("names what is missing", async () => {
    const dayMs = at("2026-06-01T04:00:00Z");
    world.clockMs = dayMs + 96 * QUARTER_MS;
    await world.say(
      "kyz",
      "energy",
      quarters(dayMs, dayMs + 90 * QUARTER_MS, () => 400).filter((_, i) => i < 10 || i > 12),
    );
    const found = await world.plant({ zone: INDIANA }).quality({ fromMs: dayMs, toMs: dayMs + 96 * QUARTER_MS });
    expect(found.missing).toEqual([
      { fromMs: dayMs + 10 * QUARTER_MS, toMs: dayMs + 13 * QUARTER_MS, count: 3 },
      { fromMs: dayMs + 90 * QUARTER_MS, toMs: dayMs + 96 * QUARTER_MS, count: 6 },
    ]);
  });
});

describe("the summary", () => {
  it("tells the figures of the old dashboard, with today as the part of a day that is over", async () => {
    const monthMs = at("2026-05-01T04:00:00Z");
    const nowMs = at("2026-06-11T16:00:00Z");
    world.clockMs = nowMs;
    await world.say(
      "kyz",
      "energy",
      quarters(monthMs, nowMs, (endMs) => (endMs === nowMs ? 480 : 400)),
    );
    const summary = await world.plant({ zone: INDIANA, billing: { kind: "anchored", anchor: "2026-05-17" } }).summary();
    expect(summary).toMatchObject({
      currentKw: 480,
      previousKw: 400,
      versusPreviousPct: 20,
      todayPeakKw: 480,
      todayKwh: 48 * 100 + 20,
      yesterdayKwhToTime: 4800,
      averageDailyKwh30: 9600,
      monthKwh: 10 * 9600 + 4820,
      highest11MonthsKw: 480,
      todayOf11MonthsPct: 100,
      lastUpdatedMs: nowMs,
    });
    expect(summary.monthPacePct).toBeCloseTo(((10 * 9600 + 4820) / (9600 * 10.5)) * 100, 9);
    expect(summary.costOf100KwYear?.toFixed(2)).toBe("29688.00");
    expect(summary.month?.meteredKw).toBeCloseTo((480 + 400 + 400) / 3, 9);
    expect(summary.lastMonth).toMatchObject({ billedKw: 400, energyKwh: 31 * 9600 });
    expect(summary.billing?.period.name).toBe("2026-05-17");
  });
});

describe("the running interval", () => {
  it("costs 115.45 now and at most 69.27 in each later period at 410 kW over 412, 405 and 396", async () => {
    const monthMs = at("2026-06-01T04:00:00Z");
    const peaks = [412, 405, 396];
    const nowMs = at("2026-06-11T16:10:00Z");
    world.clockMs = nowMs;
    await world.say(
      "kyz",
      "energy",
      quarters(monthMs, at("2026-06-11T16:00:00Z"), (endMs) => peaks[(endMs - monthMs) / QUARTER_MS - 50] ?? 300),
    );
    // At 3.5 kWh a pulse, one pulse above the level of 396 is 410 kW.
    const plant = world.plant({ zone: INDIANA, facts: [{ name: "kwhPerPulse", value: 3.5, fromMs: 0 }] });
    const running = await plant.running();
    expect(running.demand).toMatchObject({ rule: "metered", billedKw: expect.closeTo(404.333333, 5) });
    const [billing, highest] = running.levels;
    expect(billing).toMatchObject({ kind: "billing", kw: 396 });
    expect(highest).toMatchObject({ kind: "highest", kw: 412 });
    expect(billing?.overKw).toBeCloseTo(410, 9);
    expect(billing?.over?.billingKw).toBeCloseTo(4.667, 3);
    expect(billing?.over?.now.toFixed(2)).toBe("115.45");
    expect(billing?.over?.laterMost.toFixed(2)).toBe("69.27");
    const cap = await plant.cap("2026-06-01", 396);
    expect(cap?.savedNow.toFixed(2)).toBe(((25 / 3) * 24.74).toFixed(2));
    expect(cap?.intervals.map(({ kw }) => kw)).toEqual([412, 405]);
  });
});

describe("a real bill", () => {
  it("that counts R17 as demand is found to differ by it", async () => {
    const monthMs = at("2026-06-01T04:00:00Z");
    world.clockMs = at("2026-07-05T04:00:00Z");
    const all = quarters(monthMs, at("2026-07-01T04:00:00Z"), () => 400).map((sample, i) =>
      i === 100 ? { ...sample, value: 250, quality: QUALITY.excludedFromDemand } : sample,
    );
    await world.say("kyz", "energy", all);
    const plant = world.plant({ zone: INDIANA });
    const good = await plant.checkBill({ fromDate: "2026-06-01", toDate: "2026-07-01", billedKw: 400 });
    expect(good?.rows.every((row) => row.agrees)).toBe(true);
    const bad = await plant.checkBill({ fromDate: "2026-06-01", toDate: "2026-07-01", billedKw: 600 });
    expect(bad?.rows.some((row) => !row.agrees)).toBe(true);
    expect(bad?.hints.join(" ")).toMatch(/R17/);
    await expect(plant.checkBill({ fromDate: "2026-06-31", toDate: "2026-07-01" })).rejects.toThrow(RangeError);
  });
});
