import type { EquipmentRows, FaultInput } from "#analytics/equipment-rows.ts";
import type { OccupiedTimes } from "#analytics/occupied-hours.ts";
import { weightsIn } from "#analytics/standing.ts";
import { membership } from "#analytics/time-spans.ts";
import type { Role } from "#buildings/role.ts";
import { lowerBound } from "#series/column.ts";
import type { PairingTold } from "./building-answers.ts";
import { before } from "./building-columns.ts";
import { INPUT_ROLES, type PairedRole, paired, saidBeside, unitOfInput } from "./building-inputs.ts";
import type { CleanRole, RoleReader } from "./building-role-clean.ts";
import { temperatureUnit } from "./building-role-kinds.ts";
import type { Running } from "./building-running.ts";
import { judgedSetpoints } from "./building-setpoints.ts";

/** Roles that rules ask for, beside a zone's temperature and its setpoints. */
export const TOLD_ROLES: readonly Role[] = [...new Set(Object.values(INPUT_ROLES).flat())];

/** The air handler of a zone over the same range. */
export interface ServedBy {
  readonly running: Running | undefined;
  readonly supplyTemp: CleanRole | undefined;
}

/** Columns of equipment over the range of a reader. */
export interface RoleScene {
  readonly roles: ReadonlyMap<Role, CleanRole>;
  readonly times: OccupiedTimes;
  readonly servedBy: ServedBy | undefined;
  readonly reader: RoleReader;
  /** What tells an input of the rules; left out, as at a machine. */
  readonly inputs?: typeof INPUT_ROLES;
}

export interface LaidOut {
  readonly rows: EquipmentRows;
  readonly columns: ReadonlyMap<Role, PairedRole>;
  readonly pairings: readonly PairingTold[];
}

/** Everything of equipment on the instants of the first of some roles that it has, or of any where it has none of them. */
export function laidOut({ roles, times, servedBy, reader, inputs: tells = INPUT_ROLES }: RoleScene, leads: readonly Role[]): LaidOut {
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
  const inputs = inputsOf(columns, tMs, { times, servedBy, reader, unit: tempUnit, tells });
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
  readonly tells: typeof INPUT_ROLES;
}

function inputsOf(columns: ReadonlyMap<Role, PairedRole>, tMs: Float64Array, around: Around): Map<FaultInput, Float64Array> {
  const { times, servedBy, reader, unit, tells } = around;
  const inputs = new Map<FaultInput, Float64Array>();
  const add = (input: FaultInput, values: Float64Array | undefined): void => {
    if (values !== undefined) inputs.set(input, values);
  };
  add("space-temp", columns.get("space-temp")?.values);
  const [heating, cooling] = bothSetpoints(columns);
  add("heating-setpoint", heating);
  add("cooling-setpoint", cooling);
  for (const [input, roles] of Object.entries(tells) as [FaultInput, readonly Role[]][])
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
