import type { Role } from "#buildings/role.ts";
import { unitOf } from "#units/unit.ts";
import type { BuildingSettings } from "./building-settings.ts";

/** What the values of a role are: a measure with a dimension, or something that is on or off. */
export type RoleKind = "temperature" | "flow" | "position" | "switch" | "other";

const KINDS: Readonly<Partial<Record<Role, RoleKind>>> = {
  flow: "flow",
  "flow-setpoint": "flow",
  "min-flow-setpoint": "flow",
  "max-flow-setpoint": "flow",
  "damper-position": "position",
  "damper-command": "position",
  reheat: "position",
  "reheat-command": "position",
  "reheat-stage": "position",
  "heating-command": "position",
  "cooling-command": "position",
  "heating-valve": "position",
  "cooling-valve": "position",
  "outdoor-air-damper": "position",
  "fan-speed": "position",
  "fan-command": "switch",
  "fan-status": "switch",
  "compressor-command": "switch",
  "compressor-status": "switch",
  occupancy: "switch",
  "space-humidity": "other",
  "space-co2": "other",
  "duct-pressure": "other",
  "duct-pressure-setpoint": "other",
  power: "other",
};

export function kindOfRole(role: Role): RoleKind {
  return KINDS[role] ?? "temperature";
}

const DIMENSIONS: Readonly<Record<RoleKind, string | undefined>> = {
  temperature: "temperature",
  flow: "flow",
  position: "ratio",
  switch: undefined,
  other: undefined,
};

/** Whether a unit can be one of a role; a unit nobody described can. */
export function fitsRole(unit: string, role: Role): boolean {
  const wanted = DIMENSIONS[kindOfRole(role)];
  const dimension = unitOf(unit)?.dimension;
  return wanted === undefined || dimension === undefined || dimension === wanted;
}

/** The unit of a role's values where its sender says none, or one nobody described. */
export function unitFor(unit: string, role: Role, { bandUnit }: Pick<BuildingSettings, "bandUnit">): string {
  const kind = kindOfRole(role);
  const known = unitOf(unit);
  if (known !== undefined) return known.symbol;
  return kind === "temperature" ? bandUnit : kind === "flow" ? "cfm" : kind === "position" ? "%" : unit;
}

/** The unit zones are judged in: the sender's own where it is one of the two that thermostats speak. */
export function temperatureUnit(unit: string, { bandUnit }: Pick<BuildingSettings, "bandUnit">): "°F" | "°C" {
  return unit === "°F" || unit === "°C" ? unit : unit === "K" ? "°C" : bandUnit;
}
