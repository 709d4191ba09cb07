/**
 * What rules of faults ask for, by the roles of points. Beside them: `air-handler-running` (1 runs, 0 does not) and
 * `air-handler-supply-temp`, of the air handler that serves a zone; `occupied` (1 or 0), by the building's hours or its own point.
 */
export const FAULT_INPUTS = [
  "space-temp",
  "heating-setpoint",
  "cooling-setpoint",
  "flow",
  "flow-setpoint",
  "min-flow-setpoint",
  "max-flow-setpoint",
  "damper-position",
  "damper-command",
  "reheat",
  "cooling-command",
  "heating-valve",
  "cooling-valve",
  "discharge-air-temp",
  "discharge-air-setpoint",
  "fan-command",
  "fan-status",
  "air-handler-running",
  "air-handler-supply-temp",
  "occupied",
] as const;
export type FaultInput = (typeof FAULT_INPUTS)[number];

/**
 * Columns of one piece of equipment on the instants of one leading column, however they were brought together.
 * Shape:   ascending, one row per instant; every column is as long as `tMs`. A row stands for the time from its instant on, `weightMs`
 *          long, never without end: 0 or NaN for one that stands for none. What is not told as a column is unknown throughout.
 * Units:   epoch milliseconds UTC; temperatures all in `temperatureUnit`, airflows all in `flowUnit`; positions, reheat, valves and
 *          commands of them in percent; what is on or off 1 or 0. One setpoint stands as both the heating and the cooling one.
 * Missing: NaN. Samples of bad quality, sentinels and what is out of range have to be NaN before.
 */
export interface EquipmentRows {
  readonly tMs: Float64Array;
  readonly weightMs: Float64Array;
  readonly columns: ReadonlyMap<FaultInput, Float64Array>;
  readonly temperatureUnit: "°F" | "°C";
  /** `cfm`, `l/s`, `m³/h` … */
  readonly flowUnit: string;
}
