import { afterEach, beforeEach, expect, it } from "vitest";
import type { Config } from "#config/config.ts";
import { loadConfig } from "#config/load.ts";
import { DIALECTS } from "#dialects/catalogue.ts";
import { BuildingWorld } from "#test/building-world.ts";
import { openBuildings } from "./buildings.ts";

const NOW = "2026-03-12 14:50";
let world: BuildingWorld;
beforeEach(async () => {
  world = await BuildingWorld.open(NOW);
});
afterEach(() => world.close());

function configured(more: object = {}): Config {
  const sites = { tower: { zone: "America/Phoenix", currency: "USD", holidays: ["2026-12-25"] }, house: { zone: "Europe/Berlin" } };
  const text = JSON.stringify({ sites, ...more });
  const { config, problems } = loadConfig({ file: "wattkeep.yaml", text, env: {}, cwd: ".", dialects: DIALECTS });
  if (config === undefined) throw new Error(JSON.stringify(problems));
  return config;
}

const open = (config: Config) => openBuildings({ config, store: world.store, nowMs: world.nowMs });

it("a site the file calls a building is one, judged as it says", async () => {
  const sources = {
    slow: { dialect: "niagara-history", site: "tower", rank: "live" },
    best: { dialect: "niagara-history", site: "tower", topics: ["x"], rank: "device" },
  };
  const [tower, ...others] = (
    await open(configured({ sources, buildings: { tower: { comfortBand: "1 °C", health: "seed", outdoor: "oat" } } }))
  ).current();
  expect(others).toEqual([]);
  expect(tower?.settings).toMatchObject({
    ...{ site: "tower", zone: "America/Phoenix", currency: "USD", declared: true, band: 1, bandUnit: "°C", health: "seed" },
    ...{ holidays: ["2026-12-25"], outdoorPoint: "oat", ranked: ["best", "slow"] },
  });
  expect(tower?.settings.decisions).toEqual([{ point: "oat", role: "outdoor-air-temp", from: "file" }]);
});

it("histories of a station make a building of their site, and so does a zone by its name; a meter does not", async () => {
  const buildings = await open(configured());
  expect(buildings.current()).toEqual([]);
  const house = { id: "house", name: "House", zone: "Europe/Berlin", currency: "EUR" };
  const series = (id: number, point: string, unit: string) => ({
    ...{ id, key: `house/${point}/value@x`, site: "house", point, quantity: "value", source: "x", kind: "gauge" as const, unit },
    equalInstant: "last" as const,
  });
  await world.store.register({
    sites: [house],
    points: [{ site: "house", id: "main", name: "Main meter" }],
    series: [series(91, "main", "kWh")],
  });
  await buildings.look();
  expect(buildings.current()).toEqual([]);
  await world.say("Roof Hatch", [[NOW, 1]]);
  await buildings.look();
  expect(buildings.current().map(({ settings }) => settings.site)).toEqual(["tower"]);
  await world.store.register({
    points: [{ site: "house", id: "vav-1", name: "VAV 1-01 Space Temp" }],
    series: [series(92, "vav-1", "°F")],
  });
  const [before] = buildings.current();
  await buildings.look();
  expect(buildings.current().map(({ settings }) => settings.site)).toEqual(["tower", "house"]);
  // What was derived is kept.
  expect(buildings.current()[0]).toBe(before);
  expect(buildings.current()[1]?.settings).toMatchObject({ declared: false, zone: "Europe/Berlin", health: "later", band: 2 });
});
