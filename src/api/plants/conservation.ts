import type { PlantQualityAnswer } from "#contract/plant-quality.ts";
import type { IntervalRow } from "#reports/plant-answers.ts";
import { sum } from "./spell.ts";
import { figure } from "./wire.ts";

/**
 * The register between the first and the last row that tell it, against the intervals between them. Two sources may count
 * from different beginnings, so only the register of the source that most rows were taken from is looked at. Days are
 * compared where a bill is explained: a range of any length does not consist of days.
 */
export function conservationOf(rows: readonly IntervalRow[]): PlantQualityAnswer["conservation"] {
  const intervalsKwh = figure(sum(Float64Array.from(rows, (row) => row.energyKwh)));
  const none = { registerKwh: null, intervalsKwh, daysKwh: null, billedKwh: null, toleranceKwh: 0, holds: null };
  const source = tellingMost(rows);
  const first = rows.findIndex((row) => tells(row, source));
  const last = rows.findLastIndex((row) => tells(row, source));
  if (first < 0 || last <= first) return none;
  const between = rows.slice(first + 1, last + 1);
  const registerKwh = (rows[last] as IntervalRow).totalKwh - (rows[first] as IntervalRow).totalKwh;
  const kwh = sum(Float64Array.from(between, (row) => row.energyKwh));
  const perPulse = between.find((row) => row.pulses > 0 && row.energyKwh > 0);
  const digitKwh = between.every((row) => Number.isNaN(row.totalKwh) || Number.isInteger(row.totalKwh)) ? 1 : 0;
  const toleranceKwh = digitKwh + (perPulse === undefined ? 0 : (2 * perPulse.energyKwh) / perPulse.pulses);
  return {
    registerKwh: figure(registerKwh),
    intervalsKwh: figure(kwh),
    daysKwh: null,
    billedKwh: null,
    toleranceKwh,
    holds: Math.abs(registerKwh - kwh) <= toleranceKwh + 1e-6,
  };
}

function tells(row: IntervalRow, source: string | undefined): boolean {
  return source !== undefined && row.source === source && !Number.isNaN(row.totalKwh);
}

/** The source most rows with a register were taken from. */
function tellingMost(rows: readonly IntervalRow[]): string | undefined {
  const counts = new Map<string, number>();
  for (const row of rows) if (row.source !== undefined && tells(row, row.source)) counts.set(row.source, (counts.get(row.source) ?? 0) + 1);
  return [...counts].reduce<[string, number] | undefined>(
    (most, one) => (most === undefined || one[1] > most[1] ? one : most),
    undefined,
  )?.[0];
}
