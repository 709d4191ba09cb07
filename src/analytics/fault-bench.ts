import { MINUTE_MS } from "#calendar/civil.ts";
import { conversion, convert, convertDifference } from "#units/unit.ts";
import type { EquipmentRows, FaultInput } from "./equipment-rows.ts";
import type { FaultRule, Threshold } from "./fault-rule.ts";
import { FINE, SPARED, UNKNOWN } from "./fault-runs.ts";

/** What a building sets for its rules. */
export interface FaultSettings {
  /** An airflow is where it should be within the larger of the two. Left out: 10 % and 50 cfm. */
  readonly flow?: { readonly percent: number; readonly absoluteCfm: number };
}

/** Values are above a limit when they are more than this above it: a conversion of units may not decide. */
const HAIR = 1e-6;
/** After a start equipment has this long until it is judged. */
const SETTLE_MS = 15 * MINUTE_MS;

/** Whether a value is above a limit, by more than what conversions do to it. */
export function above(value: number, limit: number): boolean {
  return value > limit + HAIR;
}

export function below(value: number, limit: number): boolean {
  return value < limit - HAIR;
}

/** Rows of one piece of equipment, laid out for its rules. */
export class FaultBench {
  readonly rows: EquipmentRows;
  readonly count: number;
  /** Per row: FINE to be judged, SPARED while the equipment is off or starting, UNKNOWN where nobody knows. */
  readonly gate: Uint8Array;
  readonly #percent: number;
  readonly #absolute: number;
  readonly #has = new Map<FaultInput, boolean>();
  readonly #nothing: Float64Array;

  constructor(rows: EquipmentRows, settings: FaultSettings = {}) {
    this.rows = rows;
    this.count = rows.tMs.length;
    const { percent, absoluteCfm } = settings.flow ?? { percent: 10, absoluteCfm: 50 };
    const absolute = this.#flow(absoluteCfm);
    this.#percent = percent;
    this.#absolute = Number.isNaN(absolute) ? 0 : absolute;
    this.#nothing = new Float64Array(this.count).fill(Number.NaN);
    this.gate = gateOf(rows, this.#running());
  }

  /** Missing: NaN throughout for what is not told. */
  of(input: FaultInput): Float64Array {
    return this.rows.columns.get(input) ?? this.#nothing;
  }

  /** True where a column has anything at all to say. */
  has(input: FaultInput): boolean {
    const known = this.#has.get(input);
    if (known !== undefined) return known;
    const has = this.rows.columns.get(input)?.some((value) => !Number.isNaN(value)) ?? false;
    this.#has.set(input, has);
    return has;
  }

  /** A threshold of a rule in the units of the rows. Missing: NaN where an airflow has a unit nobody knows. */
  limit<R extends FaultRule>(rule: R, name: keyof R["thresholds"] & string): number {
    return this.#inUnits(rule.thresholds[name] as Threshold);
  }

  /** How far an airflow may be from its setpoint. */
  flowTolerance(setpoint: number): number {
    return Math.max((Math.abs(setpoint) * this.#percent) / 100, this.#absolute);
  }

  /** True where something tells when air is supplied: rules that compare temperatures of the air ask for it. */
  knowsAir(): boolean {
    return this.has("flow") || this.#running() !== undefined;
  }

  /** State of every row: what `judge` says of those the gate lets through. */
  state(judge: (i: number) => number): Uint8Array {
    const state = new Uint8Array(this.count);
    for (let i = 0; i < this.count; i += 1) {
      const gate = this.gate[i] as number;
      state[i] = gate === FINE ? judge(i) : gate;
    }
    return state;
  }

  /** The column that tells whether the equipment runs; the hours of the building where nothing does. */
  #running(): Float64Array | undefined {
    for (const input of ["air-handler-running", "fan-status", "fan-command"] as const) {
      // The fan of a box is its own: it does not tell whether air is supplied.
      if (input !== "air-handler-running" && this.has("space-temp")) continue;
      if (this.has(input)) return this.of(input);
    }
    return this.has("occupied") ? this.of("occupied") : undefined;
  }

  #inUnits({ value, unit, absolute }: Threshold): number {
    if (unit === "°F") return (absolute === true ? convert : convertDifference)(value, unit, this.rows.temperatureUnit);
    return unit === "cfm" ? this.#flow(value) : value;
  }

  #flow(cfm: number): number {
    return conversion("cfm", this.rows.flowUnit)?.(cfm) ?? Number.NaN;
  }
}

function gateOf({ tMs }: EquipmentRows, running: Float64Array | undefined): Uint8Array {
  const gate = new Uint8Array(tMs.length);
  if (running === undefined) return gate;
  let startedMs = -Infinity;
  let ran: boolean | undefined;
  for (let i = 0; i < tMs.length; i += 1) {
    const runs = running[i] as number;
    if (Number.isNaN(runs)) {
      gate[i] = UNKNOWN;
      continue;
    }
    const on = runs > 0;
    if (on && ran === false) startedMs = tMs[i] as number;
    ran = on;
    gate[i] = on && (tMs[i] as number) - startedMs >= SETTLE_MS ? FINE : SPARED;
  }
  return gate;
}
