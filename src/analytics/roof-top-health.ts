import { convertDifference } from "#units/unit.ts";
import type { EquipmentRows } from "./equipment-rows.ts";
import type { HealthAnswer, HealthReason } from "./zone-health.ts";

/** What the health of a roof-top unit is made of. */
export interface RoofTopFigures {
  /** Runs of the compressor shorter than ten minutes; NaN where nothing tells. */
  readonly shortCycles: number;
  /** Discharge air within two degrees Fahrenheit of its setpoint, percent of rows; NaN where nothing tells. */
  readonly dischargePct: number;
}

/**
 * Health of a roof-top unit as later versions of the older system had it: status by thresholds. The score is ours: the discharge
 * air's share, less ten for every short cycle.
 */
export function roofTopHealth({ shortCycles, dischargePct }: RoofTopFigures): HealthAnswer {
  const critical: HealthReason[] = [];
  const warning: HealthReason[] = [];
  if (shortCycles >= 3) (shortCycles >= 10 ? critical : warning).push("short_cycling");
  if (dischargePct < 70) (dischargePct < 50 ? critical : warning).push("poor_discharge_control");
  const calm = Math.max(0, 100 - 10 * shortCycles);
  const parts = [
    { name: "discharge", value: dischargePct, weight: 1 },
    { name: "short-cycling", value: calm, weight: 1 },
  ];
  const known = parts.filter((part) => !Number.isNaN(part.value));
  const score = known.reduce((sum, part) => sum + part.value, 0) / known.length;
  const status = known.length === 0 ? "no-data" : critical.length > 0 ? "critical" : warning.length > 0 ? "warning" : "ok";
  return { variant: "later", score, status, reasons: [...critical, ...warning], parts };
}

/** Share of rows whose discharge air is within two degrees Fahrenheit of its setpoint, percent. Missing: NaN without such rows. */
export function dischargeWithinPct({ columns, temperatureUnit }: EquipmentRows): number {
  const discharge = columns.get("discharge-air-temp");
  const wanted = columns.get("discharge-air-setpoint");
  const band = convertDifference(2, "°F", temperatureUnit) + 1e-9;
  let [rows, within] = [0, 0];
  discharge?.forEach((value, i) => {
    const off = Math.abs(value - (wanted?.[i] ?? Number.NaN));
    if (Number.isNaN(off)) return;
    rows += 1;
    if (off <= band) within += 1;
  });
  return rows === 0 ? Number.NaN : (100 * within) / rows;
}
