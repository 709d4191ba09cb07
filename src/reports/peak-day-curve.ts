import { deviationOf } from "#analytics/deviations.ts";
import type { Zone } from "#calendar/zone.ts";
import type { Range } from "#store/store.ts";
import { meanIn, QUARTER_MS, type QuarterCurve } from "./peak-curve.ts";
import type { PeakDay } from "./peak-days.ts";

/** One quarter-hour of the day of a peak, in kW, beside the days alike. NaN unknown. */
export interface PeakQuarter {
  readonly tMs: number;
  readonly kw: number;
  /** Median and quartiles of the days alike at the same time. */
  readonly usual: number;
  readonly low: number;
  readonly high: number;
}

/** The local day of an interval (or the days, where it spans midnight) by quarter-hours, each beside the same time of the days alike. */
export function dayCurve(range: Range, { zone, days, load }: { zone: Zone; days: readonly PeakDay[]; load: QuarterCurve }): PeakQuarter[] {
  const fromMs = zone.dayStart(range.fromMs);
  const toMs = zone.addDays(range.toMs - 1, 1);
  const quarters: PeakQuarter[] = [];
  for (let tMs = fromMs; tMs < toMs; tMs += QUARTER_MS) {
    const at = (shiftMs: number): number => meanIn(load, { fromMs: tMs + shiftMs, toMs: tMs + shiftMs + QUARTER_MS });
    const { value, usual, low, high } = deviationOf({ value: at(0), usual: days.map(({ window }) => at(window.fromMs - range.fromMs)) });
    quarters.push({ tMs, kw: value, usual, low, high });
  }
  return quarters;
}
