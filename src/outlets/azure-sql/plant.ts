import { type Zone, zoneNamed } from "#calendar/zone.ts";
import type { PlantReports } from "#reports/plant.ts";
import type { Registry } from "#sites/registry.ts";
import type { Store } from "#store/store.ts";

/** What a mirror asks of a plant's reports. */
export type MirroredPlant = Pick<PlantReports, "settings" | "rows" | "live" | "periods" | "finishedMs">;

const MINUTE_MS = 60_000;

export function zoneOf(plant: MirroredPlant): Zone {
  return zoneNamed(plant.settings.zone);
}

export function intervalMsOf(plant: MirroredPlant): number {
  return plant.settings.intervalMinutes * MINUTE_MS;
}

/** Ids of every series of the plant's point. */
export function seriesOf(plant: MirroredPlant, registry: Registry): number[] {
  const { site, point } = plant.settings;
  return registry.series.filter((series) => series.site === site && series.point === point).map(({ id }) => id);
}

/** The first instant anything is known of. Missing: undefined where nothing is. */
export async function firstKnownMs(plant: MirroredPlant, store: Store): Promise<number | undefined> {
  const extents = await store.extent(seriesOf(plant, await store.registry()));
  return extents.length === 0 ? undefined : Math.min(...extents.map(({ firstMs }) => firstMs));
}
