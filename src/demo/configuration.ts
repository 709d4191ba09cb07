import { UNIT_KEYS } from "./flats.ts";
import { FLATS_GAS, flatsMeters } from "./flats-meters.ts";
import { boxPlaces } from "./tower-boxes.ts";
import { DEMO_ZONES, demoFlats } from "./world.ts";

/** A source of the demo, as a configuration file would say it. */
export interface DemoSource {
  readonly name: string;
  readonly site: "plant" | "house" | "tower" | "market" | "flats";
  readonly topics: readonly string[];
  readonly dialect: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** Simple meters that say `{"name":…,"value":…}` on a topic ending in quantity and meter. */
function simpleMeters(
  name: string,
  site: DemoSource["site"],
  how: { topic: string; quantity: string; unit: string; kind: string },
): DemoSource {
  const { topic, quantity, unit, kind } = how;
  return {
    name,
    site,
    topics: [topic.replace(/\{\w+\}/g, "+")],
    dialect: "mapped-json",
    options: { topic, readings: [{ pointer: "/value", quantity, unit, kind, point: "{device}", pointName: { pointer: "/name" } }] },
  };
}

const plantMeters = (quantity: string, unit: string): DemoSource =>
  simpleMeters(`plant-${quantity}`, "plant", { topic: `demo/plant/meters/${quantity}/{device}`, quantity, unit, kind: "gauge" });

/** Registers that say their total under their unit, with their own time: by themselves, or as somebody read them on a walk. */
function flatsRegisters(name: string, how: "reader" | "walk"): DemoSource {
  const readings = Object.entries(UNIT_KEYS).map(([unit, key]) => ({
    pointer: `/${key}`,
    quantity: "{quantity}",
    unit,
    kind: "counter",
    point: "{device}",
    pointName: { pointer: "/name" },
  }));
  return {
    name,
    site: "flats",
    topics: [`demo/flats/${how}/+/+`],
    dialect: "mapped-json",
    options: { topic: `demo/flats/${how}/{quantity}/{device}`, time: { pointer: "/at", format: "iso" }, readings },
  };
}

/** Every source of the demo's devices. */
export function demoSources(): DemoSource[] {
  return [
    {
      name: "kyz",
      site: "plant",
      topics: ["demo/plant/kyz/interval", "demo/plant/kyz/pulseCount"],
      dialect: "kyz-pulse",
      options: { point: "main" },
    },
    plantMeters("power", "kW"),
    plantMeters("gas-flow", "m³/h"),
    plantMeters("water-flow", "m³/h"),
    plantMeters("temperature", "°C"),
    { name: "tasmota", site: "house", topics: ["tele/birkenweg/#"], dialect: "tasmota-sml", options: {} },
    { name: "inverter", site: "house", topics: ["tele/solar/#"], dialect: "tasmota-energy", options: {} },
    { name: "battery", site: "house", topics: ["battery/events/rpc"], dialect: "shelly-rpc", options: {} },
    { name: "plugs", site: "house", topics: ["tele/fridge/#"], dialect: "tasmota-energy", options: {} },
    simpleMeters("dials", "house", { topic: "demo/house/{quantity}/{device}", quantity: "{quantity}", unit: "m³", kind: "counter" }),
    {
      name: "niagara",
      site: "tower",
      topics: ["niagara/histories"],
      dialect: "niagara-history",
      options: {
        station: "NorthTower",
        units: {
          ...{ temperature: "°F", "temperature-setpoint": "°F", airflow: "cfm", "airflow-setpoint": "cfm" },
          ...{ "damper-position": "%", "valve-position": "%" },
        },
      },
    },
    {
      name: "market",
      site: "market",
      topics: ["a02/facility_metrics/v1/stream", "a02/market_metrics/v1/stream"],
      dialect: "market-stream",
      options: {},
    },
    flatsRegisters("flats-readers", "reader"),
    flatsRegisters("flats-walks", "walk"),
  ];
}

/** What the demo plant is billed by: the mean of its three highest quarters, and a ratchet that remembers them for a year. */
const DEMO_PLAN = {
  schema: 1,
  name: "Mill Road rate",
  currency: "USD",
  versions: [
    {
      validFrom: "2020-01-01",
      components: [
        { kind: "fixed", name: "Customer charge", rate: "120.00", per: "month" },
        { kind: "energy", name: "Energy", rate: "0.04143" },
        {
          kind: "demand",
          name: "Demand",
          rate: "24.74",
          peak: { pick: { meanOf: 3 } },
          minimumKw: 50,
          ratchet: { percent: "60", of: "billed", lookBack: { periods: 11 } },
        },
      ],
      rounding: { line: 2, total: 2, mode: "half-up" },
    },
  ],
};

/** What the demo house pays, and which of its meters is what. */
const DEMO_HOME = {
  name: "Birkenweg 4",
  site: "house",
  grid: "mt681-birkenweg",
  solar: ["solar"],
  battery: ["battery-em1-0"],
  prices: [
    { from: "2024-01-01", perKwh: "0.3365", baseFeePerMonth: "11.90", feedInPerKwh: "0.0786" },
    { from: "2026-04-01", perKwh: "0.3102", baseFeePerMonth: "12.50", feedInPerKwh: "0.0786" },
  ],
  instalments: [
    { from: "2025-01-01", amount: "38.00" },
    { from: "2026-04-01", amount: "35.00" },
  ],
  settlement: "01-01",
  connectionKw: 44,
};

/** Shops, offices and a clinic: people are in the tower every day. */
const DEMO_TOWER = {
  occupied: { from: "05:00", to: "23:00", days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], warmUpMinutes: 60 },
  comfortBand: "2 °F",
  outdoor: "roof-outdoor-air-temp",
  equipment: Object.fromEntries(boxPlaces().map(({ id, floor }) => [`vav-${id}`, { floor }])),
};

/** The demo's configuration. It is JSON, which is YAML too, so it is read and checked like a person's own. */
export function demoConfiguration(): string {
  const sources = demoSources().map(({ name, ...source }) => [name, { ...source, keepRaw: "none" }]);
  return JSON.stringify(
    {
      sites: {
        plant: { name: "Mill Road plant", zone: DEMO_ZONES.plant, currency: "USD" },
        house: { name: "Birkenweg 4", zone: DEMO_ZONES.house, currency: "EUR" },
        tower: { name: "North Tower", zone: DEMO_ZONES.tower, currency: "USD" },
        market: { name: "NEM market", zone: "Australia/Brisbane", currency: "AUD" },
        flats: { name: "Lindenhof 3", zone: DEMO_ZONES.flats, currency: "EUR", gas: FLATS_GAS },
      },
      mqtt: "embedded:0",
      sources: Object.fromEntries(sources),
      points: { "plant/main": { name: "Main meter", quantity: "energy", unit: "kWh", facts: [{ from: "2020-01-01", kwhPerPulse: 1.7 }] } },
      tariffs: [{ point: "plant/main", plan: DEMO_PLAN, anchor: "2025-01-17" }],
      homes: { birkenweg: DEMO_HOME },
      buildings: { tower: DEMO_TOWER },
      meters: flatsMeters(demoFlats().loads),
    },
    null,
    2,
  );
}
