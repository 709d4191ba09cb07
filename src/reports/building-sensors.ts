import type { FaultFound } from "#analytics/fault-rule.ts";
import { type SensorKind, sensorFaults } from "#analytics/sensor-faults.ts";
import type { Role } from "#buildings/role.ts";
import { type Column, lowerBound } from "#series/column.ts";
import { BAD_QUALITY } from "#series/quality.ts";
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
export function sensorFindings(of: CleanRole, { range, parts }: RoleReader): PointFault[] {
  const { role, raw, unit, speaking, point, silences } = of;
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
  const all = [
    ...(endsWell(of, atMs) ? [] : found(raw).filter(({ rule }) => !OF_VALUES.includes(rule))),
    ...(hasBadValues(of) ? found(from(raw, range.fromMs)).filter(({ rule }) => OF_VALUES.includes(rule)) : []),
  ];
  return all.map((fault) => ({ fault, point: point.point }));
}

/** The rows from an instant on, without the one before. */
function from({ tMs, value, quality }: Column, fromMs: number): Column {
  const first = lowerBound(tMs, fromMs);
  return { tMs: tMs.subarray(first), value: value.subarray(first), quality: quality.subarray(first) };
}

/** Most sensors moved a moment ago and speak as ever: those are neither flat nor stale. */
function endsWell({ raw: { tMs, value, quality }, speaking }: CleanRole, atMs: number): boolean {
  const last = tMs.length - 1;
  if (last < 1 || speaking.changeOfValue) return false;
  const good = (((quality[last] as number) | (quality[last - 1] as number)) & BAD_QUALITY) === 0;
  return good && value[last] !== value[last - 1] && atMs - (tMs[last] as number) <= 2 * speaking.usualMs;
}

/** What no rule left out is no sentinel and can be. */
function hasBadValues({ excluded }: CleanRole): boolean {
  return excluded.some(({ reason }) => reason === "sentinel" || reason === "out-of-range");
}

function kindOf(role: Role): SensorKind {
  if (role === "space-temp") return "room-temperature";
  const kind = kindOfRole(role);
  if (kind === "temperature") return "air-temperature";
  if (kind === "flow") return "flow";
  return role === "space-humidity" ? "share" : "other";
}
