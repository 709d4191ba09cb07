import { conversion } from "#units/unit.ts";
import type { SampleRules } from "./clean-column.ts";

/** What a point of a role can say. */
export interface Plausible {
  readonly lowest: number;
  readonly highest: number;
  /** Of the two. */
  readonly unit: string;
  /** It measures: the very same value for hours is a fault of its sensor. What is set, commanded or at rest may stand still. */
  readonly sensor?: true;
  /** Exactly 0 is the end of its scale, not a value: its signal is lost. */
  readonly zeroIsNone?: true;
}

const temperature = (lowest: number, highest: number, more: Partial<Plausible> = {}): Plausible => ({
  lowest,
  highest,
  unit: "°C",
  ...more,
});
const sensor = { sensor: true } as const;
const lostAtZero = { sensor: true, zeroIsNone: true } as const;
const setpoint = temperature(0, 60);
/** Positions are calibrated to a few percent. */
const position: Plausible = { lowest: -5, highest: 105, unit: "%" };
/** Flow sensors drift around zero while the fan rests. */
const flow: Plausible = { lowest: -100, highest: 250_000, unit: "cfm" };
const pressure: Plausible = { lowest: -2_500, highest: 5_000, unit: "Pa" };

/** What is possible, by role. A role without a row may say anything. */
export const PLAUSIBLE: Readonly<Record<string, Plausible>> = {
  "space-temp": temperature(0, 50, lostAtZero),
  "return-air-temp": temperature(-20, 60, lostAtZero),
  "discharge-air-temp": temperature(-20, 90, sensor),
  "mixed-air-temp": temperature(-40, 60, sensor),
  "outdoor-air-temp": temperature(-60, 60, sensor),
  "effective-setpoint": setpoint,
  "effective-heating-setpoint": setpoint,
  "effective-cooling-setpoint": setpoint,
  "occupied-heating-setpoint": setpoint,
  "occupied-cooling-setpoint": setpoint,
  "unoccupied-heating-setpoint": setpoint,
  "unoccupied-cooling-setpoint": setpoint,
  "discharge-air-setpoint": setpoint,
  "space-humidity": { lowest: 0, highest: 100, unit: "%", ...lostAtZero },
  "space-co2": { lowest: 200, highest: 10_000, unit: "ppm", ...lostAtZero },
  flow,
  "flow-setpoint": flow,
  "min-flow-setpoint": flow,
  "max-flow-setpoint": flow,
  "damper-position": position,
  "damper-command": position,
  reheat: position,
  "reheat-command": position,
  "heating-command": position,
  "cooling-command": position,
  "heating-valve": position,
  "cooling-valve": position,
  "outdoor-air-damper": position,
  "duct-pressure": pressure,
  "duct-pressure-setpoint": pressure,
};

export interface SampleRuleSettings {
  /** In the sender's unit. */
  readonly sentinels: readonly number[];
  readonly flatMs: number;
}

/** Rules for a series of that role in that unit. One whose unit is not of the role's kind has no range, for nobody knows what it says. */
export function sampleRulesOf(role: string, unit: string, { sentinels, flatMs }: SampleRuleSettings): SampleRules {
  const row = Object.hasOwn(PLAUSIBLE, role) ? PLAUSIBLE[role] : undefined;
  if (row === undefined) return { sentinels, unit };
  const told = row.zeroIsNone ? [...sentinels, 0] : sentinels;
  const convert = conversion(row.unit, unit);
  return {
    sentinels: told,
    unit,
    ...(row.sensor ? { flatMs } : {}),
    ...(convert ? { lowest: convert(row.lowest), highest: convert(row.highest) } : {}),
  };
}
