import { afterEach, describe, expect, it } from "vitest";
import { CONSUMED } from "#analytics/meter-consumption.ts";
import type { MeterSite } from "#reports/meter-sayings.ts";
import { MeterWorld, type SaidReading } from "#test/meter-world.ts";

let world: MeterWorld;
afterEach(() => world.close());

const DAY_MS = 86_400_000;
const GAS = { unit: "m³", quantity: "gas-volume" };

const months = async (id: string, from: string, to: string, asOfMs?: number) => {
  const meters = await world.meters();
  const answer = await meters.consumption(id, { ...world.range(from, to), by: "month", ...(asOfMs === undefined ? {} : { asOfMs }) });
  return [...(answer?.rows.amount ?? [])].map((amount) => Number(amount.toFixed(6)));
};
/** A reading every day at noon. */
const daily = (from: string, shown: readonly number[]): SaidReading[] => shown.map((value, day) => [world.at(from) + day * DAY_MS, value]);

describe("a meter that is replaced", () => {
  const rising = (n: number, start: number, perDay: number) => Array.from({ length: n }, (_, i) => start + i * perDay);

  it("keeps its month whole, is a question before it is said, and is undone", async () => {
    world = await MeterWorld.open("2024-07-05");
    await world.say("power", [...daily("2024-05-01 12:00", rising(45, 8000, 10)), ...daily("2024-06-15 12:00", rising(20, 3, 10))]);
    const meters = await world.meters();
    const open = (await meters.meter("house.power"))?.events.filter((event) => event.open);
    expect(open?.map(({ kind }) => kind)).toEqual(["fall"]);
    expect((await meters.list())[0]).toMatchObject({ standing: "implausible", openEvents: 1 });
    const before = await meters.consumption("house.power", { ...world.range("2024-06-01", "2024-07-01"), by: "month" });
    expect(before?.total.flags && before.total.flags & CONSUMED.incomplete).toBeTruthy();
    const swap = { lastReading: 8444, firstReading: 0, serial: "B-2", why: "calibration" };
    const said = await world.fact("power", "meter-replacement", swap, "2024-06-14 22:00");
    expect(await months("house.power", "2024-06-01", "2024-07-01")).toEqual([297]);
    const detail = await meters.meter("house.power");
    expect(detail?.settings.what).toMatchObject({ serial: "B-2", replacements: [{ from: "page", lastReading: 8444 }] });
    expect(detail?.standing).toBe("live");
    const { total } = (await meters.consumption("house.power", { ...world.range("2024-06-01", "2024-07-01"), by: "month" })) ?? {};
    expect((total?.flags ?? 0) & CONSUMED.replaced).toBeTruthy();
    const lineage = await meters.lineage("house.power", world.range("2024-06-01", "2024-07-01"));
    expect(lineage?.rules.join(" ")).toMatch(/replaced|8444/i);
    await world.undo(said);
    expect((await meters.list())[0]?.standing).toBe("implausible");
  });

  it("is handed over by the dates of a master, and what nobody read between is carried on and told", async () => {
    world = await MeterWorld.open("2024-07-01", {
      meters: [
        { meter: "old", unit: "m³" },
        { meter: "new", unit: "m³" },
        {
          meter: "gas",
          unit: "m³",
          periods: [
            { fromDate: "2024-01-01", toDate: "2024-03-10", sources: ["old"] },
            { fromDate: "2024-03-11", sources: ["new"] },
          ],
        },
      ],
    });
    await world.say("old", daily("2024-01-01 00:00", rising(61, 500, 2)), GAS);
    await world.say("new", daily("2024-03-21 00:00", rising(60, 40, 2)), GAS);
    const answer = await (await world.meters()).consumption("house.gas", { ...world.range("2024-02-01", "2024-05-01"), by: "month" });
    // The new meter began at 20 where the old one was taken down: nothing of March is lost.
    expect([...(answer?.rows.amount ?? [])]).toEqual([58, 62, 60].map((amount) => expect.closeTo(amount, 0)));
    expect((answer?.rows.flags[1] ?? 0) & CONSUMED.extended).toBeTruthy();
    expect(answer?.rows.measured[1]).toBeLessThan(30);
    expect(answer?.register.at(-1)).toBeCloseTo((answer?.register[0] ?? Number.NaN) + 180, 0);
  });
});

describe("a master", () => {
  it("of one meter is that meter, in every answer", async () => {
    world = await MeterWorld.open("2024-06-20 08:00", {
      meters: [
        { meter: "dial", unit: "kWh" },
        { meter: "alone", unit: "kWh", periods: [{ fromDate: "2020-01-01", sources: ["dial"] }] },
      ],
    });
    await world.say("dial", [
      ["2024-01-10 09:00", 12],
      ["2024-02-11 18:30", 95],
      ["2024-04-02 07:15", 260],
      ["2024-06-01", 301],
    ]);
    const meters = await world.meters();
    for (const by of ["day", "month", "year"] as const) {
      const asked = { ...world.range("2023-12-01", "2024-07-01"), by };
      const [dial, alone] = await Promise.all([meters.consumption("house.dial", asked), meters.consumption("house.alone", asked)]);
      expect(alone?.rows).toEqual(dial?.rows);
      expect(alone?.register).toEqual(dial?.register);
      expect(alone?.total).toEqual(dial?.total);
    }
  });

  it("whose addend is missing has what is known of the other, and says that it is incomplete", async () => {
    world = await MeterWorld.open("2024-04-01", {
      meters: [
        { meter: "ht", unit: "kWh" },
        { meter: "nt", unit: "kWh" },
        { meter: "total", unit: "kWh", periods: [{ fromDate: "2024-01-01", sources: ["ht", "nt"] }] },
        { meter: "twice", unit: "kWh", formula: "total - ht" },
      ],
    });
    await world.say("ht", [
      ["2024-01-01", 0],
      ["2024-02-01", 100],
      ["2024-03-01", 200],
    ]);
    await world.say("nt", [
      ["2024-02-01", 0],
      ["2024-03-01", 50],
    ]);
    const meters = await world.meters();
    const total = await meters.consumption("house.total", { ...world.range("2024-01-01", "2024-03-01"), by: "month" });
    expect([...(total?.rows.amount ?? [])]).toEqual([100, 150]);
    expect([...(total?.rows.flags ?? [])].map((flags) => (flags & CONSUMED.incomplete) !== 0)).toEqual([true, false]);
    const twice = await meters.consumption("house.twice", { ...world.range("2024-01-01", "2024-03-01"), by: "month" });
    expect(twice?.rows.amount[1]).toBe(50);
    expect((twice?.rows.flags[0] ?? 0) & CONSUMED.incomplete).toBeTruthy();
  });
});

describe("what was known on a day", () => {
  it("is without readings, corrections, replacements and prices of later days", async () => {
    world = await MeterWorld.open("2024-03-02");
    const id = await world.say("water", [
      ["2024-01-01", 100],
      ["2024-02-01", 110],
      ["2024-03-01", 150],
    ]);
    const march = world.clockMs;
    world.clockMs = world.at("2024-04-02");
    await world.say("water", [["2024-04-01", 160]]);
    const wrong = { seriesId: id, t0Ms: world.at("2024-03-01"), t1Ms: world.at("2024-03-01"), action: "set" as const, value: 120 };
    await world.store.correct({ ...wrong, who: "me", why: "misread", madeMs: world.clockMs });
    await world.fact("water", "meter-price", { perUnit: "2", baseFeePerMonth: "0" }, "2024-01-01");
    expect(await months("house.water", "2024-01-01", "2024-04-01")).toEqual([10, 10, 40]);
    expect((await months("house.water", "2024-01-01", "2024-03-01", march)).map(Math.round)).toEqual([10, 40]);
    const meters = await world.meters();
    const range = world.range("2024-01-01", "2024-04-01");
    const then = await meters.consumption("house.water", { ...range, by: "month", asOfMs: march });
    expect(then?.cost.every((cost) => cost === undefined)).toBe(true);
    expect(then?.rows.amount.length).toBe(3);
    expect((await meters.consumption("house.water", { ...range, by: "month" }))?.cost.map((cost) => cost?.toFixed())).toEqual([
      "20",
      "20",
      "80",
    ]);
    const rows = await meters.readings("house.water", { ...range, toMs: range.toMs + 1, limit: 10 });
    expect(rows?.map(({ value, raw, since }) => [value, raw, since])).toEqual([
      [160, undefined, 40],
      [120, 150, 10],
      [110, undefined, 10],
      [100, undefined, Number.NaN],
    ]);
    expect((await meters.readings("house.water", { ...range, limit: 10, asOfMs: march }))?.map(({ value }) => value)).toEqual([
      150, 110, 100,
    ]);
  });

  it("has the gas conversion of its time, and a year in two conversions is split where it changed", async () => {
    const said: Partial<MeterSite> = {
      gas: [{ calorificKwhPerM3: 10, zFactor: 1, basis: "gross" }],
      meters: [
        { meter: "gas", unit: "m³" },
        { meter: "heat", unit: "kWh", formula: "gas" },
      ],
    };
    world = await MeterWorld.open("2024-03-01", said);
    await world.say(
      "gas",
      [
        ["2024-01-01", 0],
        ["2024-01-16", 150],
        ["2024-02-01", 310],
      ],
      GAS,
    );
    expect(await months("house.heat", "2024-01-01", "2024-02-01")).toEqual([3100]);
    const before = world.clockMs;
    world.clockMs += DAY_MS;
    await world.fact("", "gas-conversion", { calorificKwhPerM3: 12, zFactor: 1, basis: "gross" }, "2024-01-16");
    expect(await months("house.heat", "2024-01-01", "2024-02-01")).toEqual([150 * 10 + 160 * 12]);
    expect(await months("house.heat", "2024-01-01", "2024-02-01", before)).toEqual([3100]);
    await world.fact("", "gas-conversion", { calorificKwhPerM3: 10, zFactor: 1, basis: "net" }, "2024-01-16");
    expect(await months("house.heat", "2024-01-01", "2024-02-01")).toEqual([150 * 10 + 160 * 11.1]);
  });
});

describe("a page", () => {
  it("makes meters, changes them and takes them off the list, and what a file says it cannot change", async () => {
    world = await MeterWorld.open("2024-03-01", {
      meters: [{ meter: "main", unit: "kWh", name: "Main", declared: { file: "wattkeep.yaml", line: 3 } }],
    });
    await world.say("main", [
      ["2024-01-01", 0],
      ["2024-02-01", 100],
    ]);
    await world.say("flat", [
      ["2024-01-01", 0],
      ["2024-02-01", 30],
    ]);
    const meters = await world.meters();
    expect(meters.settings.meters.map(({ meter, declared }) => [meter, declared?.line])).toEqual([
      ["main", 3],
      ["flat", undefined],
    ]);
    const draft = { name: "General", kind: "virtual", formula: "main - flat", unit: "kWh", medium: "electricity" };
    await world.fact("general", "meter", draft);
    await world.fact("main", "meter", { ...draft, kind: "physical", name: "Another" });
    expect(await months("house.general", "2024-01-01", "2024-02-01")).toEqual([70]);
    expect((await meters.meter("house.main"))?.settings.name).toBe("Main");
    expect((await meters.meter("house.flat"))?.partOf).toEqual(["general"]);
    await world.fact("general", "meter-removed", {});
    expect(await meters.meter("house.general")).toBeUndefined();
    const round = { ...draft, formula: "general2 - flat" };
    await world.fact("general2", "meter", round);
    const fact = { site: "house", point: "other", name: "meter", fromMs: 0, who: "me", madeMs: world.clockMs };
    const would = await meters.settingsWith({ ...fact, value: JSON.stringify({ ...draft, formula: "other + main" }) });
    expect(would.problems.get("house.other")).toContain("other → other");
    expect(meters.settings.problems.get("house.other")).toBeUndefined();
  });
});
