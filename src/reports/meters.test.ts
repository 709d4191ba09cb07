import { afterEach, describe, expect, it } from "vitest";
import { CONSUMED } from "#analytics/meter-consumption.ts";
import { MeterWorld, type SaidReading } from "#test/meter-world.ts";

let world: MeterWorld;
afterEach(() => world.close());

const WATER = { unit: "m³", quantity: "water-volume" };
const GAS = { unit: "m³", quantity: "gas-volume" };
/** The gas pattern of the three-flat house: it sums to 101. */
const GAS_MONTHS = [15.1, 12, 12.5, 8.1, 3.5, 3.2, 2.7, 3.6, 5.2, 8.4, 12.2, 14.5];

async function amounts(id: string, [from, to]: readonly [string, string], by: "day" | "month" | "year" = "month"): Promise<number[]> {
  const answer = await (await world.meters()).consumption(id, { ...world.range(from, to), by });
  return [...(answer?.rows.amount ?? [])];
}

/** Readings at the beginnings of the months of 2024. */
const monthly = (...shown: readonly number[]): SaidReading[] =>
  shown.map((value, month) => [`2024-${String(month + 1).padStart(2, "0")}-01`, value] as const);

describe("the worked numbers of the three-flat house", () => {
  it("spreads 10 units over a gap by the months of the gas pattern: 102.703, 105.407, 107.703, where the original ended on 110", async () => {
    world = await MeterWorld.open("2024-03-01", { meters: [{ meter: "gas", unit: "m³", medium: "gas", pattern: GAS_MONTHS }] });
    await world.say(
      "gas",
      [
        ["2024-01-30", 100],
        ["2024-02-03", 110],
      ],
      GAS,
    );
    const answer = await (await world.meters()).consumption("house.gas", { ...world.range("2024-01-30", "2024-02-03"), by: "day" });
    expect([...(answer?.register ?? [])].map((shown) => shown.toFixed(3))).toEqual(["100.000", "102.703", "105.407", "107.703", "110.000"]);
    expect(answer?.total).toMatchObject({ amount: 10, measured: 10 });
    const detail = await (await world.meters()).meter("house.gas");
    expect(detail).toMatchObject({ patternFrom: "file", patternSum: expect.closeTo(101, 9) });
    expect(detail?.pattern.reduce((sum, share) => sum + share, 0)).toBeCloseTo(100, 9);
    expect(detail?.needs.join(" ")).toContain("sum to 101");
  });

  it("carries a meter on by its rate with days weighed by their month: 30 June has a day's share, not June's, and 31 August ends at 1124", async () => {
    world = await MeterWorld.open("2024-08-30 12:00", { meters: [{ meter: "gas", unit: "m³", medium: "gas", pattern: GAS_MONTHS }] });
    const readings = Array.from({ length: 8 }, (_, i): SaidReading => [world.at("2024-06-30") - (7 - i) * 86_400_000, 1000 - (7 - i) * 2]);
    await world.say("gas", readings, GAS);
    const answer = await (await world.meters()).consumption("house.gas", { ...world.range("2024-06-30", "2024-08-31"), by: "day" });
    const { rows } = answer ?? { rows: { amount: [], flags: [] } };
    // 61.5 days of the last 62 at 2 a day: 124 would be used by the end of the 31st.
    expect(rows.amount[0]).toBeLessThan(2.5);
    expect(rows.amount[0]).toBeGreaterThan(1.8);
    expect([...rows.flags].every((flags) => (flags & CONSUMED.extended) !== 0)).toBe(true);
    world.clockMs = world.at("2024-08-31") - 1;
    const end = await (await world.meters()).consumption("house.gas", { ...world.range("2024-06-30", "2024-09-01"), by: "day" });
    expect(end?.register.at(-1)).toBeCloseTo(1124, 2);
  });

  it("goes on from an old meter at 1500 with a new one that began at 0: the master shows 1750", async () => {
    world = await MeterWorld.open("2024-09-10", {
      meters: [
        { meter: "old", unit: "m³", removedOn: "2024-05-31" },
        { meter: "new", unit: "m³", installedOn: "2024-06-01" },
        {
          meter: "total",
          unit: "m³",
          periods: [
            { fromDate: "2024-01-01", toDate: "2024-05-31", sources: ["old"] },
            { fromDate: "2024-06-01", sources: ["new"] },
          ],
        },
      ],
    });
    await world.say(
      "old",
      [
        ["2024-01-01", 1200],
        ["2024-06-01", 1500],
      ],
      GAS,
    );
    await world.say(
      "new",
      [
        ["2024-06-01", 0],
        ["2024-09-01", 250],
      ],
      GAS,
    );
    const answer = await (await world.meters()).consumption("house.total", { ...world.range("2024-01-01", "2024-09-01"), by: "year" });
    expect([...(answer?.register ?? [])]).toEqual([1200, 1750]);
    expect(answer?.total).toMatchObject({ amount: 550, measured: 550, missingMs: 0 });
    expect((await (await world.meters()).list()).at(-1)).toMatchObject({ lastValue: 1750, lastMs: world.at("2024-09-01") });
  });

  it("takes flats off the whole: 100 - 30 is 70, and 100 - 150 is -50, told and not clipped to 0", async () => {
    world = await MeterWorld.open("2024-04-01", {
      meters: [
        { meter: "total", unit: "kWh" },
        { meter: "flat", unit: "kWh" },
        { meter: "general", unit: "kWh", formula: "total - flat" },
      ],
    });
    await world.say("total", monthly(0, 100, 200));
    await world.say("flat", monthly(0, 30, 180));
    const answer = await (await world.meters()).consumption("house.general", { ...world.range("2024-01-01", "2024-03-01"), by: "month" });
    expect([...(answer?.rows.amount ?? [])]).toEqual([70, -50]);
    expect([...(answer?.rows.flags ?? [])].map((flags) => (flags & CONSUMED.belowZero) !== 0)).toEqual([false, true]);
    expect([...(answer?.register ?? [])].every(Number.isNaN)).toBe(true);
  });

  it("takes kWh off cubic metres of gas: 1000 m³ - 1022.4 kWh / 10.221304 is 899.974 m³", async () => {
    world = await MeterWorld.open("2024-03-01", {
      gas: [{ calorificKwhPerM3: 11.504, zFactor: 0.8885, basis: "gross" }],
      meters: [
        { meter: "gas_total", unit: "m³" },
        { meter: "boiler", unit: "kWh" },
        { meter: "fireplace", unit: "m³", formula: "gas_total - boiler" },
      ],
    });
    await world.say("gas_total", monthly(0, 1000), GAS);
    await world.say("boiler", monthly(0, 1022.4));
    expect((await amounts("house.fireplace", ["2024-01-01", "2024-02-01"]))[0]).toBeCloseTo(899.974, 3);
    const lineage = await (await world.meters()).lineage("house.fireplace", world.range("2024-01-01", "2024-02-01"));
    expect(lineage?.rules.join(" ")).toContain("10.221304 kWh");
    expect(lineage?.parts.map(({ factor }) => factor)).toEqual([1, expect.closeTo(-1 / 10.221304, 9)]);
  });

  it("adds a reading's hours of the supplier behind it, and stops at the hour nobody knows: 5001.5, 5002.7, 5002.7", async () => {
    world = await MeterWorld.open("2024-12-01 06:00");
    const at = world.at("2024-11-30 23:00");
    await world.say("main", [[at, 5000]]);
    const hour = (n: number) => at + n * 3_600_000;
    const hours = { source: "tibber", kind: "interval", intervalMs: 3_600_000 } as const;
    await world.say(
      "main",
      [
        [hour(1), 1.5],
        [hour(2), 1.2],
        [hour(3), 0],
        [hour(5), 0.9],
      ],
      hours,
    );
    const register = async () =>
      [...((await (await world.meters()).consumption("house.main", { fromMs: at, toMs: hour(5), by: "hour" }))?.register ?? [])].slice(
        1,
        4,
      );
    expect(await register()).toEqual([5001.5, 5002.7, 5002.7].map((shown) => expect.closeTo(shown, 9)));
    const answer = await (await world.meters()).consumption("house.main", { fromMs: at, toMs: hour(5), by: "hour" });
    expect(answer?.rows.amount[3]).toBeNaN();
    await world.say("main", [[hour(4), 0.4]], hours);
    const healed = await (await world.meters()).consumption("house.main", { fromMs: at, toMs: hour(5), by: "hour" });
    expect(healed?.register.at(-1)).toBeCloseTo(5004, 9);
    expect(healed?.total.amount).toBeCloseTo(4, 9);
  });

  it("flags a true day above twice its week under the original's name, and no month for being told on one day", async () => {
    world = await MeterWorld.open("2024-03-15");
    const used = [...new Array<number>(31).fill(10), ...new Array<number>(20).fill(10), 25, ...new Array<number>(7).fill(10)];
    const sums = used.map((_, day) => used.slice(0, day + 1).reduce((sum, amount) => sum + amount, 0));
    const readings = sums.map((shown, day): SaidReading => [world.zone.addDays(world.at("2024-01-01"), day + 1), shown]);
    await world.say("water", [["2024-01-01", 0], ...readings], WATER);
    const meters = await world.meters();
    const rows = await meters.anomalies({ ...world.range("2024-01-01", "2024-03-15"), simple: true });
    expect(rows.filter(({ rule }) => rule === "simple").map(({ fromMs, amount }) => [fromMs, amount])).toEqual([
      [world.at("2024-02-21"), 25],
    ]);
    expect((await meters.anomalies(world.range("2024-01-01", "2024-03-15"))).some(({ rule }) => rule === "simple")).toBe(false);
  });
});
