import type { FaultFound } from "#analytics/fault-rule.ts";
import { airHandlerFaults } from "#analytics/find-faults.ts";
import type { OccupiedTimes } from "#analytics/occupied-hours.ts";
import { shortCycling } from "#analytics/short-cycling.ts";
import { switchRuns } from "#analytics/switch-runs.ts";
import type { Equipment } from "#buildings/model.ts";
import { AIR_HANDLER_TYPES, type Role, ZONE_TYPES } from "#buildings/role.ts";
import { before } from "./building-columns.ts";
import { laidOut, type ServedBy, TOLD_ROLES } from "./building-laid-out.ts";
import { occupancyOf } from "./building-occupancy.ts";
import { isSensorRole, type RoleReader, readClean } from "./building-role-clean.ts";
import { type Running, runningOf } from "./building-running.ts";
import { type PointFault, sensorFindings } from "./building-sensors.ts";

/** Equipment that is no zone, over a range. */
export interface JudgedMachine {
  readonly serves: ServedBy;
  readonly running: Running | undefined;
  readonly starts: number;
  /** NaN where nobody knows. */
  readonly runMs: number;
  readonly faults: readonly PointFault[];
}

const LEADS: readonly Role[] = ["discharge-air-temp", "fan-status", "fan-command", "heating-valve", "cooling-valve"];
const OF_ZONES: readonly Role[] = ["space-temp", "effective-setpoint", "flow", "damper-position", "flow-setpoint"];

/** Equipment that conditions one zone, and says anything of it. */
export function isZone({ type, roles }: Equipment): boolean {
  return ZONE_TYPES.includes(type) && OF_ZONES.some((role) => roles.has(role));
}

/** Equipment that serves zones, or could. */
export function isAirHandler({ id, type }: Equipment, all: readonly Equipment[]): boolean {
  return AIR_HANDLER_TYPES.includes(type) || all.some(({ servedBy }) => servedBy === id);
}

/** Judges a machine over the range of a reader. */
export async function judgedMachine(
  machine: Equipment,
  { hours, reader }: { readonly hours: OccupiedTimes; readonly reader: RoleReader },
): Promise<JudgedMachine> {
  const [times, running, ...read] = await Promise.all([
    occupancyOf(machine, hours, reader),
    runningOf(machine, reader),
    ...[...TOLD_ROLES, "space-temp" as const, "outdoor-air-temp" as const, "mixed-air-temp" as const, "return-air-temp" as const].map(
      async (role) => {
        const point = machine.roles.get(role);
        return point && readClean(point, role, reader);
      },
    ),
  ]);
  const roles = new Map(read.flatMap((one) => (one === undefined ? [] : [[one.role, one] as const])));
  const serves: ServedBy = { running, supplyTemp: roles.get("discharge-air-temp") };
  const { rows } = laidOut({ roles, times, servedBy: serves, reader }, LEADS);
  const faults = airHandlerFaults(rows, { flow: reader.parts.settings.flow }).map((fault): PointFault => ({ fault }));
  const cycling = await cyclingOf(machine, reader);
  const sensors = [...roles.values()].filter(({ role }) => isSensorRole(role)).flatMap((role) => sensorFindings(role, reader));
  const ran = running === undefined ? Number.NaN : running.on.reduce((sum, span) => sum + span.toMs - span.fromMs, 0);
  return {
    serves,
    running,
    starts: running?.runs.filter(({ fromMs }) => fromMs >= reader.range.fromMs).length ?? 0,
    runMs: ran,
    faults: [...faults, ...(cycling === undefined ? [] : [{ fault: cycling }]), ...sensors],
  };
}

async function cyclingOf({ roles }: Equipment, reader: RoleReader): Promise<FaultFound | undefined> {
  const role = (["compressor-status", "compressor-command"] as const).find((one) => roles.has(one));
  const point = role && roles.get(role);
  const read = role && point && (await readClean(point, role, reader));
  if (read === undefined) return undefined;
  const { tMs, value } = before(read.column, reader.range.toMs);
  return shortCycling(switchRuns({ tMs, value }, reader.range.toMs));
}
