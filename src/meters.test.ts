import { afterEach, beforeEach, expect, it } from "vitest";
import type { Config } from "#config/config.ts";
import { loadConfig } from "#config/load.ts";
import { DIALECTS } from "#dialects/catalogue.ts";
import { MeterWorld } from "#test/meter-world.ts";
import { lookedAfter, openMeters } from "./meters.ts";

let world: MeterWorld;
beforeEach(async () => {
  world = await MeterWorld.open("2024-07-01");
});
afterEach(() => world.close());

function configured(more: object = {}): Config {
  const text = JSON.stringify({ sites: { house: { zone: "Europe/Berlin", currency: "EUR" } }, ...more });
  const { config, problems } = loadConfig({ file: "wattkeep.yaml", text, env: {}, cwd: ".", dialects: DIALECTS });
  if (config === undefined) throw new Error(JSON.stringify(problems));
  return config;
}

const open = (config: Config) => openMeters({ config, store: world.store, nowMs: world.nowMs });

it("what the file says is a meter, pinned, with the gas and the year of all; what it does not name is found by its register", async () => {
  await world.say("cellar", [["2024-01-01", 5]]);
  const meters = {
    "house/gas": { name: "Gas", unit: "m3", medium: "gas", group: "Cellar", installed: "2024-01-01", pattern: new Array(12).fill(8.4) },
    heat: { unit: "kWh", formula: "gas" },
    total: {
      unit: "kWh",
      periods: [
        { from: "2020-01-01", to: "2024-06-30", sources: ["old"] },
        { from: "2024-07-01", to: "9999-12-31", sources: ["new"] },
      ],
    },
    old: {
      unit: "kWh",
      point: "cellar",
      replacements: [{ at: "2024-02-01", last: 10, first: 0, serial: "B" }],
      prices: [{ from: "2024-01-01", perUnit: 0.3 }],
    },
    new: { unit: "kWh", resetsOn: "12-31", readEveryDays: 30, calibratedUntil: "2030-12-31", modulus: 100000, mostPerDay: 90 },
  };
  const gas = [{ calorificKwhPerM3: 11.504, zFactor: 0.8885 }];
  const config = configured({ meters, gas, utilities: { startYear: 2020 } });
  const [house] = (await open(config)).current();
  expect(house?.settings).toMatchObject({ site: "house", zone: "Europe/Berlin", startYear: 2020, gas: [{ ...gas[0], basis: "gross" }] });
  expect([...(house?.settings.problems ?? [])]).toEqual([]);
  const byName = new Map(house?.settings.meters.map((meter) => [meter.meter, meter]));
  expect([...byName.keys()]).toEqual(["gas", "heat", "total", "old", "new"]);
  expect(byName.get("gas")).toMatchObject({
    name: "Gas",
    unit: "m³",
    group: "Cellar",
    patternFrom: "file",
    declared: { file: "wattkeep.yaml" },
  });
  expect(byName.get("heat")).toMatchObject({ medium: "gas", what: { kind: "virtual" } });
  expect(byName.get("total")?.what).toMatchObject({ periods: [{ toDate: "2024-06-30" }, { fromDate: "2024-07-01" }] });
  expect(byName.get("old")).toMatchObject({
    prices: [{ perUnit: "0.3", from: "file" }],
    what: { point: "cellar", serial: "B", replacements: [{ lastReading: 10, from: "file" }], series: [{ point: "cellar" }] },
  });
  expect(byName.get("new")?.what).toMatchObject({ resetsOn: "12-31", readEveryDays: 30, modulus: 100_000, mostPerDay: 90 });
  // The new device began at 0, which somebody wrote down.
  expect((await house?.list())?.find(({ settings }) => settings.meter === "old")?.lastValue).toBe(0);
});

it("what a page says is there for whoever asks next, and what was derived is kept", async () => {
  await world.say("flat", [
    ["2024-01-01", 0],
    ["2024-06-01", 600],
  ]);
  const meters = await open(configured());
  const [house] = meters.current();
  expect(house?.settings.meters.map(({ meter }) => meter)).toEqual(["flat"]);
  const store = lookedAfter(world.store, meters);
  const draft = { name: "Half", kind: "virtual", formula: "0.5 * flat", unit: "kWh" };
  const fact = { site: "house", point: "half", name: "meter", value: JSON.stringify(draft), fromMs: 0, who: "me", madeMs: world.clockMs };
  const before = await house?.version();
  await store.register({ facts: [fact] });
  expect(meters.current()[0]).toBe(house);
  expect(house?.settings.meters.map(({ name }) => name)).toEqual(["Half", "flat"]);
  expect(await house?.version()).toBeGreaterThan(before ?? 0);
  // It is a store in everything else.
  expect((await store.registry()).facts).toHaveLength(1);
});

it("a register that comes while the server runs is a meter at the next look but one, and a site of messages has meters too", async () => {
  const meters = await open(configured());
  await world.store.register({ sites: [{ id: "shed", name: "Shed", zone: "Europe/Paris", currency: "EUR" }] });
  await world.say("flat", [["2024-06-01", 600]]);
  world.clockMs += 10_000;
  meters.current();
  await expect
    .poll(() => meters.current().map(({ settings }) => [settings.site, settings.meters.length]))
    .toEqual([
      ["house", 1],
      ["shed", 0],
    ]);
});
