import { ApiError } from "#api/errors.ts";
import type { IntervalsAnswer } from "#contract/plant-intervals.ts";
import type { IntervalRow } from "#reports/plant-answers.ts";
import type { Range } from "#store/store.ts";
import type { PlantDesk } from "./desk.ts";
import { filtered, type IntervalFilter, intervalAnswer } from "./interval-rows.ts";
import { figure } from "./wire.ts";

/** Three years of quarter-hours: more is asked for in parts. */
export const MAX_INTERVALS = 110_000;

export interface IntervalPage extends IntervalFilter {
  readonly page: number;
  readonly size: number;
}

/** The interval grid around a range: an interval that is touched is whole. Errors: too-many-points. */
export function onGrid(desk: PlantDesk, range: Range): Range {
  const { lengthMs } = desk;
  const fromMs = Math.floor(range.fromMs / lengthMs) * lengthMs;
  const toMs = Math.ceil(range.toMs / lengthMs) * lengthMs;
  if ((toMs - fromMs) / lengthMs > MAX_INTERVALS) throw new ApiError("too-many-points", { limit: MAX_INTERVALS });
  return { fromMs, toMs };
}

/** The rows of a range that are over, as the filter wants them. */
export async function chosenRows(desk: PlantDesk, range: Range, filter: IntervalFilter): Promise<{ all: number; chosen: IntervalRow[] }> {
  const over = overOnly(desk, onGrid(desk, range));
  if (over.toMs <= over.fromMs) return { all: 0, chosen: [] };
  const rows = await desk.reports.rows(over);
  return { all: rows.length, chosen: filtered(rows, filter) };
}

/** One page of the explorer. */
export async function intervalsAnswer(desk: PlantDesk, range: Range, page: IntervalPage): Promise<IntervalsAnswer> {
  const { all, chosen } = await chosenRows(desk, range, page);
  const first = (page.page - 1) * page.size;
  const known = chosen.filter((row) => !Number.isNaN(row.energyKwh));
  return {
    ...range,
    zone: desk.reports.settings.zone,
    intervalMinutes: desk.reports.settings.intervalMinutes,
    expected: all,
    matching: chosen.length,
    page: page.page,
    pages: Math.max(1, Math.ceil(chosen.length / page.size)),
    size: page.size,
    energyKwh: known.length === 0 ? null : figure(known.reduce((sum, row) => sum + row.energyKwh, 0)),
    peakKw: figure(known.reduce((most, row) => Math.max(most, row.powerKw), Number.NEGATIVE_INFINITY)),
    rows: chosen.slice(first, first + page.size).map((row) => intervalAnswer(row, desk)),
  };
}

function overOnly(desk: PlantDesk, range: Range): Range {
  return { fromMs: range.fromMs, toMs: Math.min(range.toMs, desk.reports.finishedMs()) };
}
