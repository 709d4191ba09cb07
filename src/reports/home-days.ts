import { type LocalDay, weekdayOf } from "#analytics/local-days.ts";
import { typicalEnergy } from "#analytics/typical.ts";
import { dateText } from "#calendar/local-text.ts";
import type { Range } from "#store/store.ts";
import { daySpans } from "./days.ts";
import type { HomeDay } from "./home-answers.ts";
import type { HomeStanding } from "./home-books.ts";
import { moneyOf } from "./home-figures.ts";

const HOUR_MS = 3_600_000;
/** A day of which less was observed is not told as one. */
const WHOLE_MS = 23 * HOUR_MS;
/** Between the last reading of a day and the first of the next lies half a minute that is no silence. */
const HAIR_MS = 60_000;
const MEAN_DAYS = 30;

/** Local days from one date up to and including another, as far as they have begun. Errors: RangeError for dates that are none. */
export function homeDays(at: HomeStanding, fromDate: string, toDate: string): HomeDay[] {
  const { zone, days } = at.bought.days;
  const bought = new Map(days.map((day) => [day.fromMs, day]));
  const sold = new Map(at.sold?.days.days.map((day) => [day.fromMs, day]));
  const spans = daySpans(fromDate, toDate, zone).filter(({ fromMs }) => fromMs <= at.nowMs);
  const typical = typicalDays(at);
  return spans.map((span) => {
    const day = bought.get(span.fromMs);
    const seenMs = day?.seenMs ?? 0;
    const { cost } = day === undefined ? {} : moneyOf(at, span);
    return {
      date: dateText(span.fromMs, zone),
      ...span,
      boughtKwh: clean(day?.energyKwh ?? Number.NaN),
      soldKwh: clean(sold.get(span.fromMs)?.energyKwh ?? Number.NaN),
      ...(cost === undefined ? {} : { cost }),
      coverage: Math.min(1, seenMs / (Math.min(span.toMs, Math.max(at.nowMs, span.fromMs + 1)) - span.fromMs)),
      partial: isPartial(day, span, at.nowMs),
      mean30Kwh: mean30(at, span, bought),
      typicalKwh: typical(span.fromMs),
    };
  });
}

function isPartial(day: LocalDay | undefined, span: Range, nowMs: number): boolean {
  const leastMs = Math.min(WHOLE_MS, span.toMs - span.fromMs) - HAIR_MS;
  return day === undefined || day.seenMs < leastMs || span.toMs > nowMs;
}

/** Mean of a day and the 29 before it, whole ones only. Missing: NaN where none is whole. */
function mean30(at: HomeStanding, span: Range, days: ReadonlyMap<number, LocalDay>): number {
  const { zone } = at.bought.days;
  let sum = 0;
  let count = 0;
  for (let back = 0; back < MEAN_DAYS; back++) {
    const fromMs = zone.addDays(span.fromMs, -back);
    const day = days.get(fromMs);
    if (day === undefined || Number.isNaN(day.energyKwh) || isPartial(day, day, at.nowMs)) continue;
    sum += day.energyKwh;
    count++;
  }
  return count === 0 ? Number.NaN : clean(sum / count);
}

/** What is typical of each day, by those before it. */
function typicalDays({ bought, isHoliday }: HomeStanding): (dayMs: number) => number {
  const { zone, slotMs, days } = bought.days;
  const byWeekday = Array.from({ length: 7 }, (_, weekday) => days.filter((day) => day.weekday === weekday));
  return (dayMs) => {
    const weekday = isHoliday(dayMs) ? 6 : weekdayOf(dayMs, zone);
    return clean(typicalEnergy({ zone, slotMs, days: byWeekday[weekday] ?? [] }, { unit: "day", atMs: dayMs }, { isHoliday }).wholeKwh);
  };
}

/** Without the noise of adding many numbers. */
function clean(kwh: number): number {
  return Math.round(kwh * 1e6) / 1e6;
}
