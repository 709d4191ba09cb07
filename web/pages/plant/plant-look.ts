import type { PlantInfo } from "#contract/plant.ts";
import type { ZoneClock } from "#web/charts/zone-clock.ts";

/** A plant with the clock on its wall, as every part of its pages wants it. */
export interface PlantLook {
  readonly plant: PlantInfo;
  readonly clock: ZoneClock;
}
