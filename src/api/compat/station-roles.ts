import type { RouteDeps } from "#api/route-kit.ts";
import type { Role } from "#buildings/role.ts";
import type { Range } from "#store/store.ts";
import { type OldColumn, oldColumn } from "./station-columns.ts";
import type { StationDesk } from "./station-desk.ts";
import type { OldRole, ZoneOfStation } from "./station-zones.ts";

/** A zone or an air handler over a range: what every old figure of one is asked of. */
export interface ZoneAsked {
  readonly deps: Pick<RouteDeps, "store" | "catalog">;
  readonly desk: StationDesk;
  readonly zone: ZoneOfStation;
  readonly range: Range;
}

/** What fills a role of today. Missing: undefined where nobody does. */
export async function roleColumn({ deps, desk, zone, range }: ZoneAsked, role: Role): Promise<OldColumn | undefined> {
  const point = zone.equipment.roles.get(role);
  return point && oldColumn(deps, desk, { point, role, range });
}

/** What fills a role of the old API. Missing: undefined where nobody does. */
export async function oldRoleColumn({ deps, desk, zone, range }: ZoneAsked, name: OldRole): Promise<OldColumn | undefined> {
  const found = zone.roles.get(name);
  return found && oldColumn(deps, desk, { point: found.point, role: found.role, range });
}
