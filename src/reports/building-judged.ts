import { type Airflow, airflowOf, flowTolerance } from "#analytics/airflow.ts";
import { type Comfort, comfortOf } from "#analytics/comfort.ts";
import type { EquipmentRows, FaultInput } from "#analytics/equipment-rows.ts";
import { zoneFaults } from "#analytics/find-faults.ts";
import { laterFigures, seedFigures } from "#analytics/health-figures.ts";
import type { OccupiedTimes } from "#analytics/occupied-hours.ts";
import { weightsIn } from "#analytics/standing.ts";
import { membership } from "#analytics/time-spans.ts";
import { type HealthAnswer, laterHealth, seedHealth } from "#analytics/zone-health.ts";
import type { Equipment } from "#buildings/model.ts";
import type { Role } from "#buildings/role.ts";
import { lowerBound } from "#series/column.ts";
import { convertDifference } from "#units/unit.ts";
import type { PairingTold } from "./building-answers.ts";
import { before } from "./building-columns.ts";
import { INPUT_ROLES, type PairedRole, paired, saidBeside, unitOfInput } from "./building-inputs.ts";
import { occupancyOf } from "./building-occupancy.ts";
import { type CleanRole, isSensorRole, type RoleReader, readClean } from "./building-role-clean.ts";
import { temperatureUnit } from "./building-role-kinds.ts";
import type { Running } from "./building-running.ts";
import { type PointFault, sensorFindings } from "./building-sensors.ts";
import { judgedSetpoints } from "./building-setpoints.ts";

/** The air handler of a zone over the same range. */
export interface ServedBy {
  readonly running: Running | undefined;
  readonly supplyTemp: CleanRole | undefined;
}

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

const ZONE_LEADS: readonly Role[] = ["space-temp", "flow", "damper-position"];
/** Roles that rules ask for, beside a zone's temperature and its setpoints. */
export const TOLD_ROLES: readonly Role[] = [...new Set(Object.values(INPUT_ROLES).flat())];

/** Judges one zone over the range of a reader. */
export async function judgedZone(zone: Equipment, { hours, servedBy, reader }: ZoneScene): Promise<JudgedParts> {
  const setpoints = judgedSetpoints(zone.roles);
  const wanted = new Set<Role>(["space-temp", ...Object.values(setpoints), ...TOLD_ROLES]);
  const [times, ...read] = await Promise.all([
    occupancyOf(zone, hours, reader),
    ...[...wanted].map(async (role) => {
      const point = zone.roles.get(role);
      return point && ([role, await readClean(point, role, reader)] as const);
    }),
  ]);
  const roles = new Map(read.flatMap((one) => (one?.[1] === undefined ? [] : [[one[0], one[1]] as const])));
  return { judged: judge({ roles, times, servedBy, reader }), roles, times };
}

export interface ZoneScene {
  readonly hours: OccupiedTimes;
  readonly servedBy: ServedBy | undefined;
  readonly reader: RoleReader;
}

/** Columns of equipment over the range of a reader. */
export interface RoleScene {
  readonly roles: ReadonlyMap<Role, CleanRole>;
  readonly times: OccupiedTimes;
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

export interface LaidOut {
  readonly rows: EquipmentRows;
  readonly columns: ReadonlyMap<Role, PairedRole>;
  readonly pairings: readonly PairingTold[];
}

/** Everything of equipment on the instants of the first of some roles that it has, or of any where it has none of them. */
export function laidOut({ roles, times, servedBy, reader }: RoleScene, leads: readonly Role[]): LaidOut {
  const { range, parts } = reader;
  const { settings } = parts;
  const lead = leads.map((role) => roles.get(role)).find((one) => one !== undefined) ?? [...roles.values()][0];
  const tempUnit = temperatureUnit((roles.get("space-temp") ?? roles.get("discharge-air-temp"))?.unit ?? "", settings);
  const units = { temperature: tempUnit, flow: roles.get("flow")?.unit ?? "cfm" };
  if (lead === undefined) return { rows: nothing(units), columns: new Map(), pairings: [] };
  const own = before(lead.column, range.toMs);
  const { tMs } = own;
  const counted = [lowerBound(tMs, range.fromMs), tMs.length] as const;
  const columns = new Map<Role, PairedRole>();
  for (const [role, of] of roles) {
    const unit = unitOfInput(role, units);
    columns.set(role, paired(of, tMs, { toleranceMs: settings.flow.pairingMs, counted, ...(unit === undefined ? {} : { unit }) }));
  }
  const weightMs = weightsIn(tMs, [range], { standsMs: lead.standsMs, silences: lead.silences });
  const inputs = inputsOf(columns, tMs, { times, servedBy, reader, unit: tempUnit });
  const led: PairingTold = {
    role: lead.role,
    series: lead.series.key,
    how: lead.speaking.changeOfValue ? "carried" : "nearest",
    because: `Everything else is brought to its instants. ${lead.speaking.because}${saidBeside(lead)}`,
    unpaired: 0,
    excluded: lead.excluded,
  };
  const others = [...columns].flatMap(([role, { told }]) => (role === lead.role || role === "flow-setpoint" ? [] : [told]));
  return {
    rows: { tMs, weightMs, columns: inputs, temperatureUnit: tempUnit, flowUnit: units.flow },
    columns,
    pairings: [led, ...others],
  };
}

function nothing(units: { readonly temperature: "°F" | "°C"; readonly flow: string }): EquipmentRows {
  const none = new Float64Array(0);
  return { tMs: none, weightMs: none, columns: new Map(), temperatureUnit: units.temperature, flowUnit: units.flow };
}

interface Around {
  readonly times: OccupiedTimes;
  readonly servedBy: ServedBy | undefined;
  readonly reader: RoleReader;
  readonly unit: string;
}

function inputsOf(columns: ReadonlyMap<Role, PairedRole>, tMs: Float64Array, around: Around): Map<FaultInput, Float64Array> {
  const { times, servedBy, reader, unit } = around;
  const inputs = new Map<FaultInput, Float64Array>();
  const add = (input: FaultInput, values: Float64Array | undefined): void => {
    if (values !== undefined) inputs.set(input, values);
  };
  add("space-temp", columns.get("space-temp")?.values);
  const [heating, cooling] = bothSetpoints(columns);
  add("heating-setpoint", heating);
  add("cooling-setpoint", cooling);
  for (const [input, roles] of Object.entries(INPUT_ROLES) as [FaultInput, readonly Role[]][])
    add(
      input,
      roles.map((role) => columns.get(role)?.values).find((values) => values !== undefined),
    );
  add("occupied", new Float64Array(membership(tMs, times.occupied)));
  if (servedBy?.running !== undefined) add("air-handler-running", stateOn(tMs, servedBy.running));
  if (servedBy?.supplyTemp !== undefined) {
    const toleranceMs = reader.parts.settings.flow.pairingMs;
    add("air-handler-supply-temp", paired(servedBy.supplyTemp, tMs, { toleranceMs, unit, counted: [0, 0] }).values);
  }
  return inputs;
}

/** 1 where it ran, 0 where it did not. Missing: NaN where nobody knows. */
function stateOn(tMs: Float64Array, { on, known }: Pick<Running, "on" | "known">): Float64Array {
  const [ran, told] = [membership(tMs, on), membership(tMs, known)];
  const state = new Float64Array(tMs.length);
  for (let row = 0; row < state.length; row += 1) state[row] = told[row] === 1 ? (ran[row] as number) : Number.NaN;
  return state;
}

/** One setpoint stands as both; row by row where the two are not known. */
function bothSetpoints(columns: ReadonlyMap<Role, PairedRole>): [Float64Array | undefined, Float64Array | undefined] {
  const { heating, cooling, single } = judgedSetpoints(new Map([...columns].map(([role, { of }]) => [role, of.point])));
  const one = single && columns.get(single)?.values;
  const two = [heating, cooling].map((role) => role && columns.get(role)?.values);
  if (one === undefined) return [two[0], two[1]];
  const [low, high] = two;
  if (low === undefined || high === undefined) return [one, one];
  const isTwo = (row: number): boolean => !Number.isNaN(low[row]) && !Number.isNaN(high[row]);
  return [
    low.map((value, row) => (isTwo(row) ? value : (one[row] as number))),
    high.map((value, row) => (isTwo(row) ? value : (one[row] as number))),
  ];
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
