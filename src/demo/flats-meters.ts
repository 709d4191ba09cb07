import { ATTIC_SWAP, atticLast } from "./flats-dials.ts";
import { FLOORS, type FlatsLoads, type Floor } from "./flats-loads.ts";

type Meters = Record<string, Readonly<Record<string, unknown>>>;

/** Energy in the gas of the house, as its supplier's bills say. */
export const FLATS_GAS = [
  { calorificKwhPerM3: 11.31, zFactor: 0.9098 },
  { from: "2026-01-01", calorificKwhPerM3: 11.38, zFactor: 0.9098 },
] as const;

/** Percent per month of what goes with the weather. */
const BY_COLD = [17.2, 14.1, 12.0, 8.1, 4.4, 2.4, 2.0, 2.0, 3.9, 8.0, 12.0, 13.9] as const;
const MONTHLY = { readEveryDays: 31 } as const;
const GROUPS: Readonly<Record<Floor, string>> = { ground: "Ground floor", first: "First floor", attic: "Attic" };
const POWER_PRICES = [
  { from: "2024-01-01", perUnit: "0.3290", baseFeePerMonth: "11.20" },
  { from: "2026-01-01", perUnit: "0.3075", baseFeePerMonth: "12.90" },
] as const;
const GAS_PRICES = [{ from: "2024-01-01", perUnit: "1.1280", baseFeePerMonth: "9.50" }] as const;
const COLD_PRICES = [{ from: "2024-01-01", perUnit: "4.62", baseFeePerMonth: "3.10" }] as const;

/** What a configuration file says about the meters of the house of three flats. */
export function flatsMeters(loads: FlatsLoads): Meters {
  const meters = { ...powerMeters(loads), ...gasMeters(), ...waterMeters(), ...heatMeters() };
  return Object.fromEntries(Object.entries(meters).map(([name, body]) => [name, { site: "flats", ...body }]));
}

function powerMeters(loads: FlatsLoads): Meters {
  const flats = FLOORS.map((floor) => `${floor}-power`);
  const swap = { at: new Date(ATTIC_SWAP.tMs).toISOString(), last: atticLast(loads), first: ATTIC_SWAP.first, serial: "1ESY1160998431" };
  return {
    "house-power": {
      name: "Electricity of the house, all devices",
      unit: "kWh",
      group: "House",
      periods: [
        { from: "2022-01-01", to: "2024-11-18", sources: ["power-day", "power-night"] },
        { from: "2024-11-19", sources: ["power-main"] },
      ],
      prices: POWER_PRICES,
    },
    "power-main": { name: "Electricity of the house", unit: "kWh", group: "House", installed: "2024-11-18", calibratedUntil: "2032-12-31" },
    "power-day": { name: "Electricity by day", unit: "kWh", group: "House", removed: "2024-11-18" },
    "power-night": { name: "Electricity by night", unit: "kWh", group: "House", removed: "2024-11-18" },
    "ground-power": { name: "Electricity", unit: "kWh", group: GROUPS.ground, ...MONTHLY, calibratedUntil: "2027-06-30" },
    "first-power": { name: "Electricity", unit: "kWh", group: GROUPS.first, ...MONTHLY, calibratedUntil: "2029-12-31" },
    "attic-power": { name: "Electricity", unit: "kWh", group: GROUPS.attic, ...MONTHLY, serial: "1ESY1160204417", replacements: [swap] },
    "common-power": {
      name: "Stairs, pump and cellar",
      unit: "kWh",
      group: "House",
      formula: `house-power - ${flats.join(" - ")}`,
    },
    "solar-roof": { name: "Solar on the roof", unit: "kWh", medium: "solar", group: "House" },
  };
}

function gasMeters(): Meters {
  return {
    "house-gas": {
      name: "Gas, both devices",
      unit: "m³",
      medium: "gas",
      group: "House",
      pattern: BY_COLD,
      periods: [
        { from: "2022-01-01", to: "2025-05-06", sources: ["gas-old"] },
        { from: "2025-05-07", sources: ["gas-new"] },
      ],
      prices: GAS_PRICES,
    },
    "gas-old": { name: "Gas until 2025", unit: "m³", medium: "gas", group: "House", pattern: BY_COLD, removed: "2025-05-06" },
    "gas-new": { name: "Gas since 2025", unit: "m³", medium: "gas", group: "House", pattern: BY_COLD, installed: "2025-05-06", ...MONTHLY },
    "boiler-heat": { name: "Heat of the boiler", unit: "kWh", medium: "heat", group: "House", pattern: BY_COLD },
    "hearth-gas": {
      name: "Gas beside the boiler",
      description: "The fireplace on the ground floor, and what the boiler loses.",
      unit: "m³",
      medium: "gas",
      group: "House",
      formula: "house-gas - boiler-heat",
    },
  };
}

function waterMeters(): Meters {
  const flats = FLOORS.flatMap((floor) => [`${floor}-cold`, `${floor}-warm`]);
  return {
    "water-main": {
      name: "Water of the house",
      unit: "m³",
      medium: "water",
      group: "House",
      prices: COLD_PRICES,
      calibratedUntil: "2028-12-31",
    },
    ...Object.fromEntries(
      FLOORS.flatMap((floor) => [
        [`${floor}-cold`, { name: "Cold water", unit: "m³", medium: "water", group: GROUPS[floor], ...MONTHLY, prices: COLD_PRICES }],
        [`${floor}-warm`, { name: "Warm water", unit: "m³", medium: "water", group: GROUPS[floor], ...MONTHLY }],
      ]),
    ),
    "common-water": {
      name: "Laundry and what runs away",
      unit: "m³",
      medium: "water",
      group: "House",
      formula: `water-main - ${flats.join(" - ")}`,
    },
  };
}

function heatMeters(): Meters {
  const allocators = (["ground", "first"] as const).map((floor) => [
    `${floor}-allocator`,
    {
      name: "Allocator in the living room",
      unit: "units",
      medium: "heat",
      group: GROUPS[floor],
      resetsOn: "12-31",
      ...MONTHLY,
      pattern: BY_COLD,
    },
  ]);
  const heat = FLOORS.map((floor) => [
    `${floor}-heat`,
    {
      name: "Heat",
      unit: "MWh",
      medium: "heat",
      group: GROUPS[floor],
      ...MONTHLY,
      pattern: BY_COLD,
      prices: [{ from: "2024-01-01", perUnit: "118.00", baseFeePerMonth: "6.20" }],
    },
  ]);
  return Object.fromEntries([...heat, ...allocators]);
}
