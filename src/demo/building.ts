import type { DemoDevice } from "./device.ts";
import { airDevices } from "./tower-air.ts";
import { boxDevices, type Tower } from "./tower-boxes.ts";

/** A tower of four floors: 48 boxes on four air handlers, the weather on the roof and the meters, in the histories of one station. */
export function buildingDevices(seed: number, tower: Tower): DemoDevice[] {
  return [...boxDevices(seed, tower), ...airDevices(seed, tower)];
}
