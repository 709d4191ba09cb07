import type { Intervals } from "#analytics/intervals.ts";
import { dateText } from "#calendar/local-text.ts";
import type { DaysAnswer, PlantDay } from "#contract/plant-intervals.ts";
import { within } from "#reports/interval-columns.ts";
import type { Day } from "#reports/plant-answers.ts";
import { lowerBound } from "#series/column.ts";
import type { Range } from "#store/store.ts";
import type { PlantDesk } from "./desk.ts";
import { estimatedKwh } from "./estimated.ts";
import { finished, peakIn } from "./spell.ts";
import { figure, orNull } from "./wire.ts";

/** Local days of a range, each with what its intervals say. */
export async function daysAnswer(desk: PlantDesk, range: Range): Promise<DaysAnswer> {
  const { reports, zone } = desk;
  const days = await reports.days(dateText(range.fromMs, zone), dateText(range.toMs - 1, zone));
  const [first, last] = [days[0], days.at(-1)];
  const whole = { fromMs: first?.fromMs ?? range.fromMs, toMs: last?.toMs ?? range.toMs };
  // An interval that runs has no demand yet that could be a peak.
  const over = finished(desk, whole);
  const intervals = over.toMs > over.fromMs ? await reports.intervals(over) : undefined;
  return {
    ...whole,
    zone: reports.settings.zone,
    days: days.map((day) => dayAnswer(day, intervals && within(intervals, day), reports.finishedMs())),
  };
}

function dayAnswer(day: Day, intervals: Intervals | undefined, finishedMs: number): PlantDay {
  const peak = intervals && peakIn(intervals, intervals.demandKw);
  const over = intervals === undefined ? 0 : lowerBound(intervals.tMs, finishedMs + 1);
  return {
    date: day.date,
    startMs: day.fromMs,
    endMs: day.toMs,
    energyKwh: figure(day.energyKwh),
    peakKw: figure(peak?.kw ?? Number.NaN),
    peakEndMs: orNull(peak?.tMs),
    peakWithExcludedKw: figure(day.peakKw),
    expected: day.expected,
    observed: day.count,
    missing: Math.max(0, over - day.count),
    excluded: day.excluded,
    invalid: day.invalid,
    estimatedKwh: intervals === undefined ? null : figure(estimatedKwh(intervals)),
    complete: day.toMs <= finishedMs && day.count >= day.expected,
  };
}
