import { ApiError } from "#api/errors.ts";
import { type Zone, zoneNamed } from "#calendar/zone.ts";
import type { HomeReports } from "#reports/home.ts";

/** One home as routes ask it. */
export interface HomeDesk {
  readonly id: string;
  readonly reports: HomeReports;
  readonly zone: Zone;
  /** Where facts of its pages belong. */
  readonly place: { readonly site: string; readonly point: string };
}

/** A home with the zone and the place its answers go by. */
export function homeDesk(reports: HomeReports): HomeDesk {
  const { id, site, zone, roles } = reports.settings;
  return { id, reports, zone: zoneNamed(zone), place: { site, point: roles.grid } };
}

/** Errors: unknown-home. */
export function homeOf(homes: readonly HomeReports[], id: string): HomeDesk {
  const home = homes.find(({ settings }) => settings.id === id);
  if (!home) throw new ApiError("unknown-home", { home: id.slice(0, 200) });
  return homeDesk(home);
}
