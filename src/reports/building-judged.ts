import { type Airflow, airflowOf, flowTolerance } from "#analytics/airflow.ts";
import { type Comfort, comfortOf } from "#analytics/comfort.ts";
import type { EquipmentRows } from "#analytics/equipment-rows.ts";
import { zoneFaults } from "#analytics/find-faults.ts";
import { laterFigures, seedFigures } from "#analytics/health-figures.ts";
import type { OccupiedTimes } from "#analytics/occupied-hours.ts";
import { type HealthAnswer, laterHealth, seedHealth } from "#analytics/zone-health.ts";
import type { Equipment } from "#buildings/model.ts";
import type { Role } from "#buildings/role.ts";
import { lowerBound } from "#series/column.ts";
import { convertDifference } from "#units/unit.ts";
import type { PairingTold } from "./building-answers.ts";
import { before } from "./building-columns.ts";
import { BOX_ROLES, paired } from "./building-inputs.ts";
import { type LaidOut, laidOut, type RoleScene, type ServedBy, TOLD_ROLES } from "./building-laid-out.ts";
import { occupancyOf } from "./building-occupancy.ts";
import { type CleanRole, isSensorRole, type RoleReader, readClean } from "./building-role-clean.ts";
import { type PointFault, sensorFindings } from "./building-sensors.ts";
import { judgedSetpoints } from "./building-setpoints.ts";

/** A zone over a range. */
export interface JudgedZone {
  readonly comfort: Comfort;
  readonly airflow: Airflow;
  readonly health: HealthAnswer;
  readonly faults: readonly PointFault[];
  readonly pairings: readonly PairingTold[];
  /** How its temperature speaks; NaN where nobody knows. */
  readonly usualMs: number;
}

/** What a zone page draws beside what is judged. */
export interface JudgedParts {
  readonly judged: JudgedZone;
  readonly roles: ReadonlyMap<Role, CleanRole>;
  readonly times: OccupiedTimes;
}

const ZONE_ROLES: readonly Role[] = [...new Set([...TOLD_ROLES, ...Object.values(BOX_ROLES).flat()])];
const ZONE_LEADS: readonly Role[] = ["space-temp", "flow", "damper-position"];
/** Judges one zone over the range of a reader. */
export async function judgedZone(zone: Equipment, { hours, servedBy, reader }: ZoneScene): Promise<JudgedParts> {
  const setpoints = judgedSetpoints(zone.roles);
  const wanted = new Set<Role>(["space-temp", ...Object.values(setpoints), ...ZONE_ROLES]);
  const [times, ...read] = await Promise.all([
    occupancyOf(zone, hours, reader),
    ...[...wanted].map(async (role) => {
      const point = zone.roles.get(role);
      return point && ([role, await readClean(point, role, reader)] as const);
    }),
  ]);
  const roles = new Map(read.flatMap((one) => (one?.[1] === undefined ? [] : [[one[0], one[1]] as const])));
  return { judged: judge({ roles, times, servedBy, reader, inputs: BOX_ROLES }), roles, times };
}

export interface ZoneScene {
  readonly hours: OccupiedTimes;
  readonly servedBy: ServedBy | undefined;
  readonly reader: RoleReader;
}

function judge(scene: RoleScene): JudgedZone {
  const { roles, reader } = scene;
  const { settings } = reader.parts;
  const laid = laidOut(scene, ZONE_LEADS);
  const comfort = comfortIn(scene, laid);
  const { airflow, pairing } = airflowIn(scene);
  const { temperatureUnit: unit } = laid.rows;
  const seed = settings.health === "seed";
  const figures = {
    comfortPct: comfort.withinPct,
    meanError: comfort.meanError,
    temperatureUnit: unit,
    flowPct: airflow.withinPct,
    ...(seed ? seedFigures : laterFigures)(rowsSince(laid.rows, reader.range.fromMs)),
  };
  const found = zoneFaults(laid.rows, { flow: settings.flow }).map((fault): PointFault => ({ fault }));
  const sensors = [...roles.values()].filter(({ role }) => isSensorRole(role)).flatMap((role) => sensorFindings(role, reader));
  const temp = roles.get("space-temp");
  return {
    comfort,
    airflow,
    health: seed ? seedHealth(figures) : laterHealth(figures),
    faults: [...found.filter(({ fault }) => temp !== undefined || fault.rule !== "no-setpoint"), ...sensors],
    pairings: [...laid.pairings, ...(pairing === undefined ? [] : [pairing])],
    usualMs: temp?.speaking.usualMs ?? Number.NaN,
  };
}

/** The rows of the range alone: what stood before it is laid out for time, and is no sample of the range. */
function rowsSince({ tMs, weightMs, columns, ...units }: EquipmentRows, fromMs: number): EquipmentRows {
  const first = lowerBound(tMs, fromMs);
  const own = [...columns].map(([input, values]) => [input, values.subarray(first)] as const);
  return { tMs: tMs.subarray(first), weightMs: weightMs.subarray(first), columns: new Map(own), ...units };
}

/** Comfort of a zone whose temperature everything else was brought to. */
export function comfortIn({ roles, times, servedBy, reader }: RoleScene, { rows, columns }: LaidOut): Comfort {
  const { settings } = reader.parts;
  const temp = roles.get("space-temp");
  const { heating, cooling, single } = judgedSetpoints(new Map([...roles].map(([role, { point }]) => [role, point])));
  const valuesOf = (role: Role | undefined): Float64Array | undefined => role && columns.get(role)?.values;
  const [low, high, one] = [heating, cooling, single].map(valuesOf);
  const isLed = temp !== undefined && rows.columns.has("space-temp");
  const none = new Float64Array(0);
  return comfortOf(
    {
      tMs: isLed ? rows.tMs : none,
      temperature: isLed ? (rows.columns.get("space-temp") as Float64Array) : none,
      ...(low === undefined ? {} : { heating: low }),
      ...(high === undefined ? {} : { cooling: high }),
      ...(one === undefined ? {} : { setpoint: one }),
    },
    {
      occupied: times.occupied,
      warmUp: times.warmUp,
      ...(servedBy?.running === undefined ? {} : { running: servedBy.running.judged }),
      band: convertDifference(settings.band, settings.bandUnit, rows.temperatureUnit),
      standsMs: temp?.standsMs ?? 0,
      silences: temp?.silences ?? [],
      unit: rows.temperatureUnit,
    },
  );
}

/** On the instants of the airflow itself. */
function airflowIn({ roles, servedBy, reader }: RoleScene): { airflow: Airflow; pairing?: PairingTold } {
  const { range, parts } = reader;
  const { flow: rules } = parts.settings;
  const flow = roles.get("flow");
  const unit = flow?.unit ?? "cfm";
  const within = servedBy?.running?.judged ?? [range];
  const most = roles.get("max-flow-setpoint");
  const maxFlow = most === undefined || most.unit !== unit ? undefined : most.column.value.findLast((value) => value > 0);
  const tolerance = flowTolerance(rules, unit, maxFlow === undefined ? {} : { maxFlow });
  if (flow === undefined) {
    const none = new Float64Array(0);
    return { airflow: airflowOf({ tMs: none, flow: none }, { tolerance, unit, within: [] }) };
  }
  const { tMs, value } = before(flow.column, range.toMs);
  const wanted = roles.get("flow-setpoint");
  const counted = [lowerBound(tMs, range.fromMs), tMs.length] as const;
  const setpoint = wanted && paired(wanted, tMs, { toleranceMs: rules.pairingMs, unit, counted });
  const rows = { tMs, flow: value, ...(setpoint === undefined ? {} : { setpoint: setpoint.values }) };
  return { airflow: airflowOf(rows, { tolerance, unit, within }), ...(setpoint === undefined ? {} : { pairing: setpoint.told }) };
}
