import { type DayFacts, dayTypeOf, type SimilarDays, similarDays } from "#analytics/similar-days.ts";
import { DAY_MS } from "#calendar/civil.ts";
import { dateText } from "#calendar/local-text.ts";
import type { Zone } from "#calendar/zone.ts";
import type { Range } from "#store/store.ts";

/** A local day that could be compared with, and the same time of it. */
export interface PeakDay extends DayFacts {
  readonly window: Range;
  /** Mean power of what is asked about at that time; NaN unknown. */
  readonly kw: number;
}

/** What a window of time is known by. */
export interface WindowFacts {
  /** NaN unknown. */
  readonly outdoor: (window: Range) => number;
  readonly kw: (window: Range) => number;
}

interface Asked {
  readonly range: Range;
  readonly zone: Zone;
  /** Local dates. */
  readonly holidays: readonly string[];
  /** The first day that is known, and now. */
  readonly known: Range;
  readonly outdoorUnit: "°C" | "°F";
}

/** Days that are looked at, at the most. */
const MOST_DAYS = 366;

/** The same time of days alike: of the same type, as warm outside, with the load known. */
export function peakDays(asked: Asked, facts: WindowFacts): SimilarDays<PeakDay> & { readonly day: PeakDay } {
  const day = dayAt(asked, 0, facts);
  const days: PeakDay[] = [];
  const back = Math.min(MOST_DAYS, asked.zone.daysBetween(asked.known.fromMs, asked.range.fromMs));
  const ahead = Math.min(MOST_DAYS, asked.zone.daysBetween(asked.range.fromMs, asked.known.toMs));
  for (let n = -back; n <= ahead; n += 1) {
    if (n === 0) continue;
    const other = dayAt(asked, n, facts);
    const overlaps = other.window.fromMs < asked.range.toMs && other.window.toMs > asked.range.fromMs;
    // A day that is not over yet at that time, or of which the load is not known, tells nothing.
    if (!overlaps && other.window.toMs <= asked.known.toMs && !Number.isNaN(other.kw)) days.push(other);
  }
  return { ...similarDays(day, days, { outdoorUnit: asked.outdoorUnit }), day };
}

function dayAt({ range, zone, holidays }: Asked, n: number, facts: WindowFacts): PeakDay {
  const fromMs = n === 0 ? range.fromMs : zone.instantOf(zone.localOf(range.fromMs) + n * DAY_MS, "earlier");
  const window = { fromMs, toMs: fromMs + (range.toMs - range.fromMs) };
  const date = dateText(fromMs, zone);
  return {
    date,
    type: dayTypeOf(weekdayOf(fromMs, zone), holidays.includes(date)),
    outdoor: facts.outdoor(window),
    window,
    kw: facts.kw(window),
  };
}

/** 1 Monday to 7 Sunday. */
function weekdayOf(tMs: number, zone: Zone): number {
  // Day 0 of the epoch was a Thursday.
  return ((((Math.floor(zone.localOf(tMs) / DAY_MS) + 3) % 7) + 7) % 7) + 1;
}
