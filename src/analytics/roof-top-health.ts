/** What the health of a roof-top unit is made of; NaN where nothing tells. */
export interface RoofTopFigures {
  /** Runs of the fan shorter than ten minutes. */
  readonly fanCycles: number;
  /** Runs of the compressor shorter than ten minutes. */
  readonly coolingCycles: number;
  /** Discharge air within two degrees Fahrenheit of its setpoint, percent of samples. */
  readonly dischargePct: number;
}

export type RoofTopReason =
  | "fan_short_cycling"
  | "possible_fan_short_cycling"
  | "cooling_short_cycling"
  | "possible_cooling_short_cycling"
  | "discharge_air_not_meeting_sp"
  | "borderline_discharge_air_tracking";

export interface RoofTopHealth {
  readonly status: "critical" | "warning" | "ok";
  readonly reasons: readonly RoofTopReason[];
}

/**
 * Health of a roof-top unit as later versions of the older system had it: three short cycles and discharge air below 70 % are worth a
 * look; ten, and below 50 %, are grave. Reasons are those of the older system, by the alphabet.
 * Missing: a figure that is NaN says nothing.
 */
export function roofTopHealth({ fanCycles, coolingCycles, dischargePct }: RoofTopFigures): RoofTopHealth {
  const critical: RoofTopReason[] = [];
  const warning: RoofTopReason[] = [];
  for (const [cycles, name] of [
    [fanCycles, "fan"],
    [coolingCycles, "cooling"],
  ] as const) {
    if (cycles >= 10) critical.push(`${name}_short_cycling`);
    else if (cycles >= 3) warning.push(`possible_${name}_short_cycling`);
  }
  if (dischargePct < 50) critical.push("discharge_air_not_meeting_sp");
  else if (dischargePct < 70) warning.push("borderline_discharge_air_tracking");
  const status = critical.length > 0 ? "critical" : warning.length > 0 ? "warning" : "ok";
  return { status, reasons: [...critical, ...warning].toSorted() };
}
