import { zoneNamed } from "#calendar/zone.ts";
import { buildingDevices } from "./building.ts";
import type { DemoDevice } from "./device.ts";
import { flatsDevices } from "./flats.ts";
import { type FlatsLoads, flatsLoads } from "./flats-loads.ts";
import { houseDevices } from "./house.ts";
import { wallClock } from "./local-clock.ts";
import { marketDevices } from "./market.ts";
import { plantDevices } from "./plant.ts";

export const DEMO_SEED = 20_260_310;

/** Zones of the demo's sites, as in its configuration. */
export const DEMO_ZONES = {
  plant: "America/Indiana/Indianapolis",
  house: "Europe/Berlin",
  tower: "America/Denver",
  flats: "Europe/Berlin",
} as const;

/** Every device of the demo. The same seed gives the same past and the same future. */
export function demoDevices(seed = DEMO_SEED): DemoDevice[] {
  return [
    ...plantDevices(seed + 1000, site(DEMO_ZONES.plant)),
    ...houseDevices(seed + 2000, site(DEMO_ZONES.house)),
    ...buildingDevices(seed + 3000, site(DEMO_ZONES.tower)),
    ...marketDevices(seed + 4000),
    ...flatsDevices(demoFlats(seed), site(DEMO_ZONES.flats).yearStartMs),
  ];
}

/** What flows in the house of three flats: what its devices say and what its configuration states. */
export function demoFlats(seed = DEMO_SEED): { readonly seed: number; readonly loads: FlatsLoads } {
  return { seed: seed + 5000, loads: flatsLoads(seed + 5000, site(DEMO_ZONES.flats).clock) };
}

function site(zoneName: string) {
  const zone = zoneNamed(zoneName);
  const offsetMsAt = (tMs: number): number => zone.offsetAt(tMs);
  return { offsetMsAt, clock: wallClock(offsetMsAt), yearStartMs: (tMs: number): number => zone.startOf("year", tMs) };
}
