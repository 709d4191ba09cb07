import type { FaultFound } from "#analytics/fault-rule.ts";
import { type SensorKind, sensorFaults } from "#analytics/sensor-faults.ts";
import type { Role } from "#buildings/role.ts";
import type { Column } from "#series/column.ts";
import { BAD_QUALITY } from "#series/quality.ts";
import { since } from "./building-columns.ts";
import { type CleanRole, type RoleReader, rawOf } from "./building-role-clean.ts";
import { kindOfRole } from "./building-role-kinds.ts";

/** A fault and the point it is about, where it is about one. */
export interface PointFault {
  readonly fault: FaultFound;
  readonly point?: string;
}

/** Faults of single values: only those of the range itself count, and not those before it by which a flat sensor is seen. */
const OF_VALUES: readonly string[] = ["sentinel", "out-of-range"];

/** What is wrong with the sensor of a role within the range it was read for. */
export function sensorFindings({ role, raw, unit, speaking, point, silences }: CleanRole, { range, parts }: RoleReader): PointFault[] {
  const { sentinels, flatMs } = parts.settings;
  const atMs = Math.min(range.toMs, range.horizonMs);
  const quiet = silences.at(-1);
  // What is silent at the end spoke last when it fell silent; before that the station spoke until the end.
  const stationMs = quiet !== undefined && quiet.toMs >= atMs ? quiet.fromMs : atMs;
  const about = { kind: kindOf(role), unit, changeOfValue: speaking.changeOfValue, usualMs: speaking.usualMs, atMs, stationMs };
  const found = (column: Column): FaultFound[] => {
    const value = rawOf(column, (quality) => (quality & BAD_QUALITY) !== 0);
    return sensorFaults({ tMs: column.tMs, value, ...about }, { sentinels, flatMs });
  };
  const within = since(raw, range.fromMs);
  const all = [
    ...found(raw).filter(({ rule }) => !OF_VALUES.includes(rule)),
    ...found(within).filter(({ rule }) => OF_VALUES.includes(rule)),
  ];
  return all.map((fault) => ({ fault, point: point.point }));
}

function kindOf(role: Role): SensorKind {
  if (role === "space-temp") return "room-temperature";
  const kind = kindOfRole(role);
  if (kind === "temperature") return "air-temperature";
  if (kind === "flow") return "flow";
  return role === "space-humidity" ? "share" : "other";
}
