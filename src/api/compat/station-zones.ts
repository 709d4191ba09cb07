import type { BuildingPoint, Equipment } from "#buildings/model.ts";
import { type Role, ZONE_TYPES } from "#buildings/role.ts";
import { normalRoot } from "#buildings/zone-root.ts";
import type { OldZone } from "#contract/old-niagara.ts";
import { canonicalName, decodeName } from "#series/history-name.ts";
import { type OldHistory, type StationDesk, stationOf } from "./station-desk.ts";

/** Roles of the old API with ours that can fill them, best first. */
export const OLD_ROLES = {
  space_temp: ["space-temp"],
  space_temp_sp: [
    "effective-setpoint",
    "effective-cooling-setpoint",
    "effective-heating-setpoint",
    "occupied-cooling-setpoint",
    "occupied-heating-setpoint",
  ],
  flow: ["flow"],
  flow_sp: ["flow-setpoint"],
  damper: ["damper-position", "damper-command"],
  reheat: ["reheat", "reheat-command", "reheat-stage"],
  fan_cmd: ["fan-command"],
  fan_status: ["fan-status"],
  cooling_valve: ["cooling-valve"],
  heating_valve: ["heating-valve"],
  compressor_cmd: ["compressor-command", "cooling-command"],
  compressor_status: ["compressor-status"],
} as const satisfies Record<string, readonly Role[]>;

export type OldRole = keyof typeof OLD_ROLES;
const ROLES = Object.keys(OLD_ROLES) as OldRole[];

/** A zone as the old API knows it: its root, its station, and the history of each role. */
export interface ZoneOfStation {
  readonly equipment: Equipment;
  readonly stationName: string;
  readonly stationKey: string;
  readonly roles: ReadonlyMap<OldRole, { readonly role: Role; readonly point: BuildingPoint; readonly history: OldHistory }>;
}

/** Equipment with at least one history of an old role. */
export function zonesOf({ model, settings, histories }: StationDesk): ZoneOfStation[] {
  const byPoint = new Map(histories.map((history) => [history.point.point, history]));
  return model.equipment.flatMap((equipment) => {
    const roles = new Map(
      ROLES.flatMap((name) => {
        const found = filledBy(equipment, name);
        const history = found && byPoint.get(found.point.point);
        return found === undefined || history === undefined ? [] : [[name, { ...found, history }] as const];
      }),
    );
    const station = stationOf(equipment, settings);
    return roles.size === 0 ? [] : [{ equipment, stationName: decodeName(station), stationKey: canonicalName(station), roles }];
  });
}

/** The valve that heats at a box is its reheat. */
function filledBy({ roles, type }: Equipment, name: OldRole): { role: Role; point: BuildingPoint } | undefined {
  const wanted: readonly Role[] = name === "reheat" && ZONE_TYPES.includes(type) ? [...OLD_ROLES.reheat, "heating-valve"] : OLD_ROLES[name];
  for (const role of wanted) {
    const point = roles.get(role);
    if (point !== undefined) return { role, point };
  }
  return undefined;
}

/** A zone as it is sent. Missing: null for a role nobody fills. */
export function zoneAnswer({ equipment, stationName, stationKey, roles }: ZoneOfStation): OldZone {
  const id = (name: OldRole): string | null => roles.get(name)?.history.historyId ?? null;
  const floor = equipment.floor === "" ? null : equipment.floor;
  return {
    station_key: stationKey,
    station_name: stationName,
    station: stationName,
    zone_root: equipment.root,
    equipment: equipment.name,
    floor,
    space_temp: id("space_temp"),
    space_temp_sp: id("space_temp_sp"),
    flow: id("flow"),
    flow_sp: id("flow_sp"),
    damper: id("damper"),
    reheat: id("reheat"),
    fan_cmd: id("fan_cmd"),
    fan_status: id("fan_status"),
    cooling_valve: id("cooling_valve"),
    heating_valve: id("heating_valve"),
    compressor_cmd: id("compressor_cmd"),
    compressor_status: id("compressor_status"),
  };
}

/** Zones of a station whose root, name, id or equipment column is that, in any spelling. */
export function zonesNamed(
  zones: readonly ZoneOfStation[],
  named: { readonly station?: string | undefined; readonly zone?: string | undefined },
): ZoneOfStation[] {
  const ofStation =
    named.station === undefined ? zones : zones.filter(({ stationKey }) => stationKey === canonicalName(named.station ?? ""));
  if (named.zone === undefined) return [...ofStation];
  const wanted = named.zone;
  const exactly = ofStation.filter(({ equipment }) => equipment.id === wanted || equipment.name === wanted);
  if (exactly.length > 0) return exactly;
  const keys = new Set([normalRoot(wanted), plain(wanted)]);
  return ofStation.filter((zone) => namesOf(zone).some((name) => keys.has(name) || keys.has(plain(name))));
}

/** Everything a zone is called: by us, and in the equipment column of its histories. */
function namesOf({ equipment, roles }: ZoneOfStation): string[] {
  const said = [...roles.values()].map(({ point }) => point.equipment).filter((name) => name !== "");
  return [equipment.root, equipment.id, equipment.name, ...new Set(said)];
}

/** Letters and digits alone: `VAV 1_01`, `vav1-01` and `Vav1$2d01` are one. */
const plain = (text: string): string => canonicalName(text).replaceAll("_", "");
