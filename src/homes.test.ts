import { afterEach, beforeEach, expect, it } from "vitest";
import type { Config } from "#config/config.ts";
import { loadConfig } from "#config/load.ts";
import { DIALECTS } from "#dialects/catalogue.ts";
import { HomeWorld } from "#test/home-world.ts";
import { oldMonitorOf, openHomes } from "./homes.ts";

const NOW_MS = Date.UTC(2026, 5, 1, 12);

let world: HomeWorld;
beforeEach(async () => {
  world = await HomeWorld.open(NOW_MS);
});
afterEach(() => world.close());

function configured(more: object = {}): Config {
  const text = JSON.stringify({ sites: { home: { zone: "Europe/Berlin", currency: "EUR" } }, ...more });
  const { config, problems } = loadConfig({ file: "wattkeep.yaml", text, env: {}, cwd: ".", dialects: DIALECTS });
  if (config === undefined) throw new Error(JSON.stringify(problems));
  return config;
}

const open = (config: Config) => openHomes({ config, demo: false, store: world.store, nowMs: world.nowMs });

it("a reader that is plugged in while the server runs is a home without a restart, and keeps what it has derived", async () => {
  const homes = await open(configured());
  expect(homes.current()).toEqual([]);
  await world.say("energy-import", [[NOW_MS - 10_000, 100]]);
  await homes.look();
  const [home] = homes.current();
  expect(home?.settings).toMatchObject({
    id: "home.meter",
    zone: "Europe/Berlin",
    currency: "EUR",
    roles: { grid: "meter", solar: [], battery: [] },
  });
  await world.say("power", [[NOW_MS - 10_000, 300]], { point: "fridge" });
  await homes.look();
  expect(homes.current()).toEqual([home]);
  expect(homes.current()[0]).toBe(home);
});

it("whoever stored a series without saying so is found by the next question but one", async () => {
  const homes = await open(configured());
  await world.say("energy-import", [[NOW_MS, 100]]);
  world.clockMs += 10_000;
  homes.current();
  await expect.poll(() => homes.current().length).toBe(1);
});

it("what the file says is a home, and its battery, which is bought into too, is none", async () => {
  await world.say("energy-import", [[NOW_MS, 5]], { point: "cellar" });
  await world.say("energy-import", [[NOW_MS, 100]]);
  const homes = {
    villa: { name: "Villa", battery: ["cellar"], solar: ["roof"], prices: [{ from: "2026-01-01", perKwh: 0.31 }], connectionKw: 24 },
  };
  const [villa, ...more] = (await open(configured({ homes }))).current();
  expect(more).toEqual([]);
  expect(villa?.settings).toMatchObject({
    ...{ id: "home.meter", name: "Villa", connectionKw: 24, settlement: "01-01" },
    roles: { grid: "meter", solar: ["roof"], battery: ["cellar"] },
    prices: [{ fromDate: "2026-01-01", perKwh: "0.31" }],
  });
});

it("a grid meter the file names is there before its first reading, and says what it waits for", async () => {
  const [home] = (await open(configured({ homes: { villa: { grid: "mt681" } } }))).current();
  expect(home?.settings.id).toBe("home.mt681");
  expect((await home?.info())?.needs[0]).toBe("No reading of the meter has come yet.");
});

it("a counter of no energy, and one that is not bought, makes no home", async () => {
  await world.say("energy", [[NOW_MS, 5]], { point: "plug" });
  await world.say("energy-import", [[NOW_MS, 5]], { point: "gas", unit: "m³" });
  expect((await open(configured())).current()).toEqual([]);
});

it("registers that people read, or that are pulled from elsewhere, make no homes, unless the file says so", async () => {
  const sources = { house: { influx: { url: "http://127.0.0.1:8086", database: "house" } } };
  await world.say("energy-import", [[NOW_MS, 5]], { point: "flat-1", source: "manual" });
  await world.say("energy-import", [[NOW_MS, 5]], { point: "flat-2", source: "house" });
  expect((await open(configured({ sources }))).current()).toEqual([]);
  const homes = { villa: { grid: "flat-1" } };
  expect((await open(configured({ sources, homes }))).current().map(({ settings }) => settings.id)).toEqual(["home.flat-1"]);
});

it("the old monitor's routes are those of the home the file names", () => {
  expect(oldMonitorOf(configured())).toEqual({});
  expect(oldMonitorOf(configured({ compat: { tasmota: {} } }))).toEqual({ tasmota: {} });
  const homes = { villa: { grid: "mt681" } };
  expect(oldMonitorOf(configured({ homes, compat: { tasmota: { home: "villa" } } }))).toEqual({ tasmota: { home: "home.mt681" } });
});
