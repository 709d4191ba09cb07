import { zoneNamed } from "#calendar/zone.ts";
import { buildingDevices } from "./building.ts";
import type { DemoDevice } from "./device.ts";
import { houseDevices } from "./house.ts";
import { wallClock } from "./local-clock.ts";
import { marketDevices } from "./market.ts";
import { plantDevices } from "./plant.ts";

export const DEMO_SEED = 20_260_310;

/** Zones of the demo's sites, as in its configuration. */
export const DEMO_ZONES = { plant: "America/Indiana/Indianapolis", house: "Europe/Berlin", tower: "America/Denver" } as const;

/** Every device of the demo. The same seed gives the same past and the same future. */
export function demoDevices(seed = DEMO_SEED): DemoDevice[] {
  return [
    ...plantDevices(seed + 1000, site(DEMO_ZONES.plant)),
    ...houseDevices(seed + 2000, site(DEMO_ZONES.house)),
    ...buildingDevices(seed + 3000, site(DEMO_ZONES.tower)),
    ...marketDevices(seed + 4000),
  ];
}

function site(zoneName: string): { clock: ReturnType<typeof wallClock>; offsetMsAt: (tMs: number) => number } {
  const zone = zoneNamed(zoneName);
  const offsetMsAt = (tMs: number): number => zone.offsetAt(tMs);
  return { offsetMsAt, clock: wallClock(offsetMsAt) };
}
