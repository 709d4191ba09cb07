import type { PlantDesk } from "#api/plants/desk.ts";
import { figure } from "#api/plants/wire.ts";
import { dateText } from "#calendar/local-text.ts";
import type { OldLatest } from "#contract/old-kyz.ts";
import type { IntervalRow } from "#reports/plant-answers.ts";
import { QUALITY } from "#series/quality.ts";
import { oldTime } from "./old-time.ts";

/** Whether the sender called the interval's pulses invalid. */
export const isInvalid = (row: Pick<IntervalRow, "quality">): boolean => (row.quality & QUALITY.invalidAlarm) !== 0;
/** Whether R17 leaves the interval out of the demand. */
export const isExcluded = (row: Pick<IntervalRow, "quality">): boolean => (row.quality & QUALITY.excludedFromDemand) !== 0;

/** Rows the old table would hold whose end lies in [fromMs, toMs]: those with energy, the running interval not among them. */
export async function oldRows(desk: PlantDesk, fromMs: number, toMs: number): Promise<IntervalRow[]> {
  const { lengthMs, reports } = desk;
  const from = Math.floor((fromMs - 1) / lengthMs) * lengthMs;
  const to = Math.min(Math.floor(toMs / lengthMs) * lengthMs, reports.finishedMs());
  if (to <= from) return [];
  const rows = await reports.rows({ fromMs: from, toMs: to });
  return rows.filter((row) => row.endMs >= fromMs && row.endMs <= toMs && !Number.isNaN(row.energyKwh));
}

/** The newest row the old table would hold. Missing: undefined where there is none. */
export async function newestRow(desk: PlantDesk): Promise<IntervalRow | undefined> {
  return desk.reports.latest();
}

/** A row as `/api/latest` and the stream send it. */
export function latestAnswer(row: IntervalRow, desk: PlantDesk): OldLatest {
  return {
    IntervalEnd: oldTime(row.endMs, desk.zone),
    kW: figure(row.powerKw),
    kWh: figure(row.energyKwh),
    PulseCount: figure(row.pulses),
    Total_kWh: figure(row.totalKwh),
    R17Exclude: isExcluded(row),
    KyzInvalidAlarm: isInvalid(row),
  };
}

/** The date the old dashboard counts a row to: that of its end, so what ends at midnight is of the next day. */
export function oldDate(row: IntervalRow, desk: PlantDesk): string {
  return dateText(row.endMs, desk.zone);
}

/** Mean of the three highest; 0 where there is none. */
export function top3(kw: readonly number[]): number {
  const highest = kw.toSorted((a, b) => b - a).slice(0, 3);
  return highest.length === 0 ? 0 : highest.reduce((a, b) => a + b, 0) / highest.length;
}
