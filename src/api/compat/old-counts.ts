import type { PlantDesk } from "#api/plants/desk.ts";
import type { IntervalRow } from "#reports/plant-answers.ts";
import { isExcluded, isInvalid, oldDate, oldRows } from "./old-rows.ts";
import { oldTimeOrNull } from "./old-time.ts";

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
const SECOND_MS = 1_000;

/** Whole seconds since an instant. Missing: null. */
export function secondsSince(tMs: number | undefined, nowMs: number): number | null {
  return tMs === undefined ? null : Math.trunc((nowMs - tMs) / SECOND_MS);
}

/** Rows of the last 24 hours, counted. */
export async function oldMetrics(desk: PlantDesk, nowMs: number) {
  const newest = await desk.reports.latest();
  const rows = await oldRows(desk, nowMs - DAY_MS, nowMs);
  return {
    dbConnected: true,
    lastIntervalEnd: oldTimeOrNull(newest?.endMs, desk.zone),
    secondsSinceLastInterval: secondsSince(newest?.endMs, nowMs),
    rowCount24h: rows.length,
    r17Exclude24h: rows.filter(isExcluded).length,
    kyzInvalidAlarm24h: rows.filter(isInvalid).length,
  };
}

/** Missing rows between neighbours; where there is no row at all, all of them. */
export async function oldQuality(desk: PlantDesk, nowMs: number) {
  const week = await oldRows(desk, nowMs - WEEK_MS, nowMs);
  const day = week.filter((row) => row.endMs >= nowMs - DAY_MS);
  const expected = Math.round(DAY_MS / desk.lengthMs);
  return {
    expectedIntervals24h: expected,
    observedIntervals24h: day.length,
    missingIntervals24h: day.length === 0 ? expected : missingBetween(day, desk.lengthMs),
    kyzInvalidAlarm: { last24h: day.filter(isInvalid).length, last7d: week.filter(isInvalid).length },
    r17Exclude: { last24h: day.filter(isExcluded).length, last7d: week.filter(isExcluded).length },
  };
}

function missingBetween(rows: readonly IntervalRow[], lengthMs: number): number {
  return rows.reduce((sum, row, i) => {
    const before = rows[i - 1];
    return before === undefined ? sum : sum + Math.max(0, Math.round((row.endMs - before.endMs) / lengthMs) - 1);
  }, 0);
}

/** Days by the date of an interval's end, without invalid rows; days without rows are left out. */
export async function oldDaily(desk: PlantDesk, days: number, nowMs: number) {
  const rows = (await oldRows(desk, desk.zone.addDays(nowMs, -days), nowMs)).filter((row) => !isInvalid(row));
  const byDate = new Map<string, { kWh_sum: number; kW_peak: number; interval_count: number }>();
  for (const row of rows) {
    const date = oldDate(row, desk);
    const had = byDate.get(date) ?? { kWh_sum: 0, kW_peak: 0, interval_count: 0 };
    byDate.set(date, {
      kWh_sum: had.kWh_sum + row.energyKwh,
      kW_peak: Math.max(had.kW_peak, row.powerKw),
      interval_count: had.interval_count + 1,
    });
  }
  return { days: [...byDate].map(([date, sums]) => ({ date, ...sums })) };
}
