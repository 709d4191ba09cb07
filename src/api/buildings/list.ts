import { AIR_HANDLER_TYPES, ZONE_TYPES } from "#buildings/role.ts";
import type { BuildingsAnswer } from "#contract/building.ts";
import type { BuildingReports } from "#reports/building.ts";
import { occupancyInfo } from "./wire.ts";

/** Every building with how its zones are judged and how much of it was found. */
export async function buildingsAnswer(all: readonly BuildingReports[], nowMs: number): Promise<BuildingsAnswer> {
  return { nowMs, buildings: await Promise.all(all.map(listed)) };
}

async function listed(reports: BuildingReports): Promise<BuildingsAnswer["buildings"][number]> {
  const { settings } = reports;
  const { points, equipment } = await reports.model();
  const count = (types: readonly string[]): number => equipment.filter(({ type }) => types.includes(type)).length;
  return {
    site: settings.site,
    name: settings.siteName,
    zone: settings.zone,
    currency: settings.currency,
    occupancy: occupancyInfo(settings),
    band: settings.band,
    bandUnit: settings.bandUnit,
    zones: count(ZONE_TYPES),
    airHandlers: count(AIR_HANDLER_TYPES),
    equipment: equipment.length,
    points: points.length,
    mapped: points.filter(isMapped).length,
    collisions: points.filter(({ collidesWith }) => collidesWith.length > 0).length,
    demo: equipment.some(({ demo }) => demo),
  };
}

/** Whether a point was found its equipment and its role. */
export function isMapped({ equipment, role }: { readonly equipment?: string; readonly role?: string }): boolean {
  return equipment !== undefined && role !== undefined;
}
