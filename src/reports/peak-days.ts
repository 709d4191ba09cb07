import { weekdayOf } from "#analytics/local-days.ts";
import { type DayFacts, dayTypeOf, type SimilarDays, similarDays } from "#analytics/similar-days.ts";
import { DAY_MS } from "#calendar/civil.ts";
import { dateText } from "#calendar/local-text.ts";
import type { Zone } from "#calendar/zone.ts";
import type { Range } from "#store/store.ts";
import { knownShare, meanIn, type QuarterCurve } from "./peak-curve.ts";

/** A local day that could be compared with, and the same time of it. */
export interface PeakDay extends DayFacts {
  readonly window: Range;
  /** Mean power of what is asked about at that time; NaN unknown. */
  readonly kw: number;
}

/** What days are known by. */
export interface DayCurves {
  readonly load: QuarterCurve;
  readonly outdoor: QuarterCurve;
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

/** Days that are looked at to each side, at the most. */
const MOST_DAYS = 366;
/** A day tells what is usual where the load is known at most of that time, and on half of that day. */
const LEAST_AT_THE_TIME = 0.75;
const LEAST_OF_THE_DAY = 0.5;

/** The same time of days alike: of the same type, as warm outside, with the load known. */
export function peakDays(asked: Asked, curves: DayCurves): SimilarDays<PeakDay> & { readonly day: PeakDay } {
  const { range, zone, known } = asked;
  const day = dayAt(asked, 0, curves);
  const days: PeakDay[] = [];
  const back = Math.min(MOST_DAYS, zone.daysBetween(known.fromMs, range.fromMs));
  const ahead = Math.min(MOST_DAYS, zone.daysBetween(range.fromMs, known.toMs));
  for (let n = -back; n <= ahead; n += 1) {
    if (n === 0) continue;
    const other = dayAt(asked, n, curves);
    const overlaps = other.window.fromMs < range.toMs && other.window.toMs > range.fromMs;
    // A day that is not over yet at that time tells nothing.
    if (!overlaps && other.window.toMs <= known.toMs && isKnown(other, asked, curves.load)) days.push(other);
  }
  return { ...similarDays(day, days, { outdoorUnit: asked.outdoorUnit }), day };
}

function isKnown({ window }: PeakDay, { zone, known }: Asked, load: QuarterCurve): boolean {
  if (knownShare(load, window) < LEAST_AT_THE_TIME) return false;
  const day = { fromMs: zone.dayStart(window.fromMs), toMs: Math.min(zone.addDays(window.fromMs, 1), known.toMs) };
  return knownShare(load, day) >= LEAST_OF_THE_DAY;
}

function dayAt({ range, zone, holidays }: Asked, n: number, { load, outdoor }: DayCurves): PeakDay {
  const fromMs = n === 0 ? range.fromMs : zone.instantOf(zone.localOf(range.fromMs) + n * DAY_MS, "earlier");
  const window = { fromMs, toMs: fromMs + (range.toMs - range.fromMs) };
  const date = dateText(fromMs, zone);
  const type = dayTypeOf(weekdayOf(fromMs, zone) + 1, holidays.includes(date));
  return { date, type, outdoor: meanIn(outdoor, window), window, kw: meanIn(load, window) };
}
