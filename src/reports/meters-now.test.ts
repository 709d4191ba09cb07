import { afterEach, describe, expect, it } from "vitest";
import { CONSUMED } from "#analytics/meter-consumption.ts";
import { MeterWorld, type SaidReading } from "#test/meter-world.ts";

let world: MeterWorld;
afterEach(() => world.close());

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const WATER = { unit: "m³", quantity: "water-volume" };

const steady = (from: string, n: number, { everyMs = DAY_MS, used = 1, start = 100 } = {}): SaidReading[] =>
  Array.from({ length: n }, (_, i) => [world.at(from) + i * everyMs, Math.round((start + i * used) * 1e6) / 1e6]);

describe("what a meter needs", () => {
  it("is a price only where none counts: its own, or that of a sum that holds it", async () => {
    world = await MeterWorld.open("2024-06-15 12:00", {
      meters: [
        { meter: "flat", unit: "kWh" },
        { meter: "house", unit: "kWh", prices: [{ fromDate: "2024-01-01", perUnit: "0.30", baseFeePerMonth: "0" }] },
        { meter: "rest", unit: "kWh", formula: "house - flat" },
        { meter: "barn", unit: "kWh" },
        { meter: "gone", unit: "kWh", removedOn: "2024-05-31" },
      ],
    });
    const asked = await Promise.all(
      ["flat", "house", "rest", "barn", "gone"].map(async (name) => (await world.meters()).meter(`house.${name}`)),
    );
    expect(asked.map((detail) => detail?.needs.some((need) => need.startsWith("No price")))).toEqual([false, false, false, true, false]);
  });
});

describe("the list of meters", () => {
  it("says of each how it stands, and why", async () => {
    world = await MeterWorld.open("2024-06-15 12:00", {
      meters: [
        { meter: "walked", unit: "m³", readEveryDays: 30 },
        { meter: "fresh", unit: "m³", readEveryDays: 30 },
        { meter: "quiet", unit: "kWh" },
        { meter: "talking", unit: "kWh", calibratedUntil: "2024-12-31" },
        { meter: "gone", unit: "kWh", removedOn: "2024-05-31" },
        { meter: "never", unit: "kWh" },
        { meter: "wrong", unit: "kWh" },
        { meter: "sum", unit: "kWh", formula: "talking + quiet" },
        { meter: "mixed", unit: "kWh", formula: "talking + walked" },
        { meter: "a", unit: "kWh", formula: "b" },
        { meter: "b", unit: "kWh", formula: "a" },
      ],
    });
    await world.say(
      "walked",
      [
        ["2024-04-01", 10],
        ["2024-05-12", 20],
      ],
      WATER,
    );
    await world.say(
      "fresh",
      [
        ["2024-05-01", 10],
        ["2024-06-01", 20],
      ],
      WATER,
    );
    await world.say("quiet", steady("2024-06-10", 4 * 24, { everyMs: HOUR_MS }), { source: "reader" });
    await world.say("talking", steady("2024-06-13", 60, { everyMs: HOUR_MS }), { source: "reader" });
    await world.say("gone", steady("2024-05-01", 20));
    await world.say("wrong", [...steady("2024-05-01", 44), ["2024-06-14", 3], ["2024-06-15", 4]]);
    const list = await (await world.meters()).list();
    const stands = Object.fromEntries(list.map(({ settings, standing, because }) => [settings.meter, [standing, because]]));
    expect(stands["walked"]).toEqual(["due", "Due since 4 days."]);
    expect(stands["fresh"]).toEqual(["live", ""]);
    expect(stands["quiet"]).toEqual(["silent", "Says nothing for 37 hours; usually every 60 minutes."]);
    expect(stands["talking"]).toEqual(["live", ""]);
    expect(stands["gone"]?.[0]).toBe("ended");
    expect(stands["never"]).toEqual(["waiting", "No reading yet."]);
    expect(stands["wrong"]).toEqual(["implausible", "1 reading is implausible: decide what it is."]);
    expect(stands["sum"]?.[0]).toBe("silent");
    expect(stands["mixed"]).toEqual(["broken", expect.stringContaining("walked counts m³, and that cannot be told in kWh")]);
    expect(stands["a"]?.[1]).toContain("a → b → a");
    expect(list.find(({ settings }) => settings.meter === "talking")?.calibrationDays).toBe(199);
  });

  it("tells this month beside the same time of the year before, and twelve whole months", async () => {
    world = await MeterWorld.open("2024-06-11 00:00");
    await world.say("power", steady("2023-01-01", 528, { used: 2 }));
    const [meter] = await (await world.meters()).list();
    expect(meter?.thisMonth).toMatchObject({ amount: expect.closeTo(20, 6), fromMs: world.at("2024-06-01") });
    expect(meter?.yearBefore).toMatchObject({
      amount: expect.closeTo(20, 6),
      fromMs: world.at("2023-06-01"),
      toMs: world.at("2023-06-11"),
    });
    expect(meter?.months.map(({ amount }) => Math.round(amount))).toEqual([60, 62, 62, 60, 62, 60, 62, 62, 58, 62, 60, 62]);
    expect(meter?.months).toHaveLength(12);
  });

  it("finds registers nobody named, a source's one dial under two names, and no register that starts again by itself", async () => {
    world = await MeterWorld.open("2024-03-01");
    await world.say("cellar", steady("2024-01-01", 20), { quantity: "energy", source: "import" });
    await world.say("cellar", [["2024-02-01", 140]], { quantity: "energy-import" });
    await world.say("cellar", steady("2024-01-01", 20), { quantity: "energy-today", source: "import" });
    await world.say("radiator", steady("2024-01-01", 20), { quantity: "units", unit: "units", source: "import" });
    await world.say("room", steady("2024-01-01", 20), { quantity: "temperature", unit: "°C", source: "import", kind: "gauge" });
    const meters = await world.meters();
    expect(meters.settings.meters.map(({ meter, medium, unit }) => [meter, medium, unit])).toEqual([
      ["cellar", "electricity", "kWh"],
      ["radiator", "heat", "units"],
    ]);
    const cellar = await meters.meter("house.cellar");
    expect(cellar?.coverage).toMatchObject({ readings: 21, lastMs: world.at("2024-02-01"), largestGapMs: 12 * DAY_MS });
    expect(cellar?.settings.what).toMatchObject({ series: [{ quantity: "energy-import" }, { quantity: "energy" }] });
  });
});

describe("what a meter costs", () => {
  const PRICES = [
    { fromDate: "2024-01-01", perUnit: "0.30", baseFeePerMonth: "12.40" },
    { fromDate: "2024-02-15", perUnit: "0.50", baseFeePerMonth: "12.40" },
  ];

  it("is its price of the day, to the cent, and a month's fee once a month", async () => {
    world = await MeterWorld.open("2024-04-01", { meters: [{ meter: "power", unit: "kWh", prices: PRICES }] });
    await world.say("power", steady("2024-01-01", 91, { used: 10 }));
    const answer = await (await world.meters()).consumption("house.power", { ...world.range("2024-01-01", "2024-04-01"), by: "month" });
    expect(answer?.cost.map((cost) => cost?.toFixed(2))).toEqual([
      (31 * 10 * 0.3 + 12.4).toFixed(2),
      (14 * 10 * 0.3 + 15 * 10 * 0.5 + 12.4).toFixed(2),
      (309.58 * 0.5 + 12.4).toFixed(2),
    ]);
    const days = await (await world.meters()).consumption("house.power", { ...world.range("2024-02-01", "2024-03-01"), by: "day" });
    const sum = days?.cost.reduce((all, one) => all + Number(one?.toFixed(10)), 0);
    expect(sum).toBeCloseTo(14 * 10 * 0.3 + 15 * 10 * 0.5 + 12.4, 8);
    const before = await (await world.meters()).consumption("house.power", { ...world.range("2023-12-01", "2024-02-01"), by: "month" });
    expect(before?.cost.map((cost) => cost?.toFixed(2))).toEqual([undefined, "105.40"]);
  });

  it("is not invented for what is made of others, and its own price counts there", async () => {
    world = await MeterWorld.open("2024-04-01", {
      meters: [
        { meter: "power", unit: "kWh", prices: PRICES },
        { meter: "half", unit: "kWh", formula: "0.5 * power" },
      ],
    });
    await world.say("power", steady("2024-01-01", 91, { used: 10 }));
    const meters = await world.meters();
    const january = { ...world.range("2024-01-01", "2024-02-01"), by: "month" as const };
    expect((await meters.consumption("house.half", january))?.cost).toEqual([undefined]);
    await world.fact("half", "meter-price", { perUnit: "0.2", baseFeePerMonth: "0" }, "2024-01-01");
    expect((await meters.consumption("house.half", january))?.cost.map((cost) => cost?.toFixed(2))).toEqual(["31.00"]);
    expect((await meters.meter("house.half"))?.settings.prices).toMatchObject([{ fromDate: "2024-01-01", from: "page" }]);
  });

  it("is what the supplier billed for the hours it billed, and the price elsewhere", async () => {
    world = await MeterWorld.open("2024-01-03", { meters: [{ meter: "main", unit: "kWh", prices: [PRICES[0] as (typeof PRICES)[0]] }] });
    const hour = (n: number) => world.at("2024-01-01") + n * HOUR_MS;
    const hourly = (n: number, value: number): SaidReading[] => Array.from({ length: n }, (_, i) => [hour(i + 1), value]);
    const interval = { kind: "interval", intervalMs: HOUR_MS, source: "tibber" } as const;
    await world.say("main", [
      [hour(0), 1000],
      [hour(48), 1048],
    ]);
    await world.say("main", hourly(48, 1), interval);
    await world.say("main", hourly(36, 0.25), { ...interval, quantity: "cost", unit: "EUR" });
    const answer = await (await world.meters()).consumption("house.main", { ...world.range("2024-01-01", "2024-01-03"), by: "day" });
    const fee = 12.4 / 31;
    expect(answer?.cost.map((cost) => Number(cost?.toFixed(8)))).toEqual(
      [24 * 0.25 + fee, 12 * 0.25 + 12 * 0.3 + fee].map((cost) => expect.closeTo(cost, 2)),
    );
  });
});

describe("a meter that is asked about", () => {
  it("expects of a reading what its season and past say, and of one between two others what lies between", async () => {
    world = await MeterWorld.open("2024-07-01");
    await world.say("power", steady("2023-01-01", 500, { used: 3 }), { source: "reader" });
    const meters = await world.meters();
    const last = (await meters.meter("house.power"))?.lastMs ?? 0;
    const ahead = await meters.expectation("house.power", last + 10 * DAY_MS);
    expect(ahead).toMatchObject({ lastValue: 100 + 499 * 3, expected: expect.closeTo(100 + 509 * 3, 0) });
    expect(ahead?.low).toBeLessThan(ahead?.expected ?? 0);
    expect(ahead?.high).toBeGreaterThan(ahead?.expected ?? 0);
    expect(ahead?.low).toBeGreaterThanOrEqual(ahead?.lastValue ?? 0);
    const inside = await meters.expectation("house.power", world.at("2023-03-01") + 12 * HOUR_MS);
    expect(inside?.expected).toBeCloseTo(100 + 59.5 * 3, 6);
    expect(inside?.sentence).toContain("Between");
  });

  it("tells a leak of water with where it began, and forgets it when a person calls it usual", async () => {
    world = await MeterWorld.open("2024-03-20");
    const quarters = Array.from({ length: 96 * 19 }, (_, i) => i);
    const used = (i: number) => ((i > 96 * 10 && i < 96 * 12) || (i % 96 > 28 && i % 5 === 0) ? 0.003 : 0);
    const sums = quarters.reduce<number[]>((all, i) => [...all.slice(-1e9), (all.at(-1) ?? 0) + used(i)], []);
    await world.say(
      "water",
      quarters.map((i): SaidReading => [world.at("2024-03-01") + i * 900_000, 50 + (sums[i] as number)]),
      { ...WATER, source: "reader" },
    );
    const meters = await world.meters();
    const told = (await meters.anomalies(world.range("2024-03-01", "2024-03-20"))).filter(({ rule }) => rule === "leak");
    expect(told).toHaveLength(1);
    expect((await meters.list())[0]?.openAnomalies).toBeGreaterThanOrEqual(1);
    await world.fact("water", "anomaly-dismissed", { id: told[0]?.id, why: "the pool was filled" });
    const again = (await meters.anomalies(world.range("2024-03-01", "2024-03-20"))).find(({ id }) => id === told[0]?.id);
    expect(again?.dismissed).toMatchObject({ why: "the pool was filled", who: "me" });
  });

  it("has a profile: heat by the clock, hours by kind of day, years by month", async () => {
    world = await MeterWorld.open("2024-02-05");
    await world.say("power", steady("2024-01-01", 35 * 96, { everyMs: 900_000, used: 0.25 }), { source: "reader" });
    const profile = await (await world.meters()).profile("house.power", world.range("2024-01-01", "2024-02-05"));
    expect(profile?.heat).toMatchObject({ slots: 48 });
    expect(profile?.heat.amount.length).toBe(35 * 48);
    expect(profile?.heat.amount[100]).toBeCloseTo(0.5, 5);
    expect(profile?.hours.sunday.map((mean) => Math.round(mean * 1e6) / 1e6)).toEqual(new Array(24).fill(1));
    expect(profile?.years).toMatchObject([{ year: 2024 }]);
    expect(profile?.years[0]?.months).toHaveLength(12);
    expect(profile?.years[0]?.months[0]?.amount).toBeCloseTo(744, 6);
    expect(profile?.baseLoadPerHour).toBeCloseTo(1, 6);
  });

  it("starts again on the due date without being a swap where an allocator does so by design", async () => {
    world = await MeterWorld.open("2024-03-01", { meters: [{ meter: "radiator", unit: "units", resetsOn: "12-31" }] });
    await world.say(
      "radiator",
      [
        ["2023-10-01", 300],
        ["2023-12-30", 900],
        ["2024-01-15", 60],
        ["2024-02-15", 200],
      ],
      { quantity: "units", unit: "units" },
    );
    const meters = await world.meters();
    expect((await meters.list())[0]).toMatchObject({ openEvents: 0 });
    const answer = await meters.consumption("house.radiator", { ...world.range("2023-10-01", "2024-02-15"), by: "year" });
    expect(answer?.total.amount).toBeGreaterThanOrEqual(800);
    expect((answer?.total.flags ?? 0) & CONSUMED.reset).toBeTruthy();
  });
});
