import type { Intervals } from "#analytics/intervals.ts";
import { dateStart, dateText } from "#calendar/local-text.ts";
import type { Zone } from "#calendar/zone.ts";
import { QUALITY } from "#series/quality.ts";
import type { Range } from "#store/store.ts";
import { countWith, highestRow, isValid, meanCoverage, observedCount, sumOf, within } from "./interval-columns.ts";
import type { Day } from "./plant-answers.ts";

/** Whether an interval counts to the day it lies in, or to the date of its end, as the old system had it. */
export type Attribution = "lies-in" | "end-date";

/** The local days between two dates, both included. Errors: RangeError for dates that are none. */
export function daySpans(fromDate: string, toDate: string, zone: Zone): Range[] {
  const fromMs = dateStart(fromDate, zone);
  const lastMs = dateStart(toDate, zone);
  if (fromMs === undefined || lastMs === undefined) throw new RangeError(`${fromMs === undefined ? fromDate : toDate} is no date.`);
  const starts = zone.starts("day", fromMs, lastMs + 1);
  return starts.map((startMs) => ({ fromMs: startMs, toMs: zone.nextStart("day", startMs) }));
}

/** One day out of intervals that hold it. */
export function dayOf(intervals: Intervals, span: Range, how: { readonly zone: Zone; readonly attribution: Attribution }): Day {
  // By the date of its end an interval that ends with the midnight that begins the day is the day's first.
  const shiftMs = how.attribution === "end-date" ? 1 : 0;
  const day = within(intervals, { fromMs: span.fromMs - shiftMs, toMs: span.toMs - shiftMs });
  const peak = highestRow(day.powerKw, (row) => isValid(day.quality[row] as number));
  const demand = highestRow(day.demandKw);
  return {
    date: dateText(span.fromMs, how.zone),
    ...span,
    energyKwh: sumOf(day.energyKwh),
    peakKw: valueAt(day.powerKw, peak),
    ...(peak < 0 ? {} : { peakMs: day.tMs[peak] as number }),
    demandKw: valueAt(day.demandKw, demand),
    count: observedCount(day.layer),
    expected: day.tMs.length,
    invalid: countWith(day.quality, QUALITY.invalidAlarm),
    excluded: countWith(day.quality, QUALITY.excludedFromDemand),
    coverage: meanCoverage(day.coverage),
  };
}

/** Missing: NaN for row -1. */
export function valueAt(values: Float64Array, row: number): number {
  return row < 0 ? Number.NaN : (values[row] as number);
}
