import { civilMs, civilOf, daysInMonth } from "#calendar/civil.ts";
import type { Zone } from "#calendar/zone.ts";
import type { AnomalyRow, ConsumptionAnswer } from "#reports/meter-answers.ts";
import type { InfluxPoint } from "./point.ts";
import type { Shape } from "./settings.ts";

/** Measurements of results, by the names dashboards know. `meter_consumption` is monthly; its daily rows have a name of their own. */
export const MEASUREMENTS = [
  "meter_interpolated_daily",
  "meter_interpolated_monthly",
  "meter_consumption",
  "meter_consumption_daily",
  "meter_anomaly",
] as const;
export type Measurement = (typeof MEASUREMENTS)[number];

/** What is known of a meter, as points are made of it. */
export interface MeterResults {
  readonly zone: Zone;
  readonly days: ConsumptionAnswer;
  readonly months: ConsumptionAnswer;
  readonly anomalies: readonly AnomalyRow[];
  readonly shape: Shape;
}

/**
 * Points of a meter by measurement, in order of time.
 * Shape:   a register is stamped with the local midnight it was read off at; a day's consumption with its first moment; what belongs to a
 *          month with the last day of that month, 00:00 UTC, which lies within the month in every zone.
 * Missing: a row of which nothing is known has no point.
 * Source:  names and fields of the utility analytics (`seed`) and of its later versions (`later`).
 */
export function meterPoints({ zone, days, months, anomalies, shape }: MeterResults): Record<Measurement, InfluxPoint[]> {
  const used = shape === "seed" ? "consumption" : "value";
  const monthStamp = (row: number): number => lastDayMs(months.rows.edgesMs[row] as number, zone);
  return {
    meter_interpolated_daily: pointsOf(days.register, (row) => days.rows.edgesMs[row] as number, "value"),
    meter_interpolated_monthly: pointsOf(months.register.subarray(1), monthStamp, "value"),
    meter_consumption: pointsOf(months.rows.amount, monthStamp, used),
    meter_consumption_daily: pointsOf(days.rows.amount, (row) => days.rows.edgesMs[row] as number, used),
    meter_anomaly: anomalies.map((row) => anomalyPoint(row, shape)).sort((a, b) => a.tMs - b.tMs),
  };
}

function pointsOf(values: Float64Array, stamp: (row: number) => number, field: string): InfluxPoint[] {
  const points: InfluxPoint[] = [];
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] as number;
    if (Number.isFinite(value)) points.push({ tMs: stamp(row), fields: { [field]: value } });
  }
  return points;
}

function anomalyPoint({ fromMs, amount, score, low, high }: AnomalyRow, shape: Shape): InfluxPoint {
  const fields: Record<string, number | string> =
    shape === "seed"
      ? { consumption: amount, severity: "warning" }
      : { value: amount, z_score: score, iqr_lower: low, iqr_upper: high, anomaly_count: 1 };
  const known = Object.entries(fields).filter(([, value]) => typeof value === "string" || Number.isFinite(value));
  return { tMs: fromMs, fields: Object.fromEntries(known) };
}

/** 00:00 UTC of the last day of the local month that begins at `tMs`. */
function lastDayMs(tMs: number, zone: Zone): number {
  const { year, month } = civilOf(zone.localOf(tMs));
  return civilMs({ year, month, day: daysInMonth(year, month), hour: 0, minute: 0, second: 0, millisecond: 0 });
}
