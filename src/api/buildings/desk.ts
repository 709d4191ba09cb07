import type { ApiDeps } from "#api/deps.ts";
import { ApiError } from "#api/errors.ts";
import { type Zone, zoneNamed } from "#calendar/zone.ts";
import type { BuildingReports } from "#reports/building.ts";

/** The building of one site as routes ask it. */
export interface BuildingDesk {
  readonly site: string;
  readonly reports: BuildingReports;
  readonly zone: Zone;
}

const NAME_CHARACTERS = 200;

/** Errors: unknown-building. */
export function buildingOf({ buildings }: Pick<ApiDeps, "buildings">, site: string): BuildingDesk {
  const reports = (buildings?.() ?? []).find(({ settings }) => settings.site === site);
  if (reports === undefined) throw new ApiError("unknown-building", { site: site.slice(0, NAME_CHARACTERS) });
  return buildingDesk(reports);
}

/** A building with the clock its answers go by. */
export function buildingDesk(reports: BuildingReports): BuildingDesk {
  return { site: reports.settings.site, reports, zone: zoneNamed(reports.settings.zone) };
}

/** What is answered where equipment is not there, or went while it was asked. */
export function unknownEquipment({ site }: Pick<BuildingDesk, "site">, id: string): ApiError {
  return new ApiError("unknown-equipment", { equipment: id.slice(0, NAME_CHARACTERS), site });
}
