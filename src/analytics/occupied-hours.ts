import { DAY_MS, MINUTE_MS } from "#calendar/civil.ts";
import type { Zone } from "#calendar/zone.ts";
import type { TimeRange } from "./interval-grid.ts";
import { common, joined, without } from "./time-spans.ts";

/** When a building is used, by the clock on its wall. */
export interface OccupiedHours {
  /** Minutes after midnight; an end at or before its start lies on the next day. */
  readonly fromMinute: number;
  readonly toMinute: number;
  /** 1 Monday to 7 Sunday; a window over midnight belongs to the day it begins on. */
  readonly weekdays: readonly number[];
  /** Time before the start in which the building is brought to temperature. */
  readonly warmUpMinutes: number;
}

export interface PlaceDays {
  readonly zone: Zone;
  /** Local dates on which nothing begins. */
  readonly holidays?: readonly string[];
}

/** When a building is used and when it is made ready, ascending, none overlapping; within the range asked for. */
export interface OccupiedTimes {
  readonly occupied: readonly TimeRange[];
  readonly warmUp: readonly TimeRange[];
}

/** When the building is used, by the clock. A window opens and closes when its clock first shows the hour, or skips it. */
export function occupiedSpans(hours: OccupiedHours, range: TimeRange, place: PlaceDays): TimeRange[] {
  return common(joined(windows(hours, range, place)), [range]);
}

/** When the building is made ready: the minutes before each window, without those in which it is used already. */
export function warmUpSpans(hours: OccupiedHours, range: TimeRange, place: PlaceDays): TimeRange[] {
  const used = windows(hours, range, place);
  const before = used.map(({ fromMs }) => ({ fromMs: fromMs - hours.warmUpMinutes * MINUTE_MS, toMs: fromMs }));
  return common(without(joined(before), joined(used)), [range]);
}

/** Both. */
export function occupiedTimes(hours: OccupiedHours, range: TimeRange, place: PlaceDays): OccupiedTimes {
  return { occupied: occupiedSpans(hours, range, place), warmUp: warmUpSpans(hours, range, place) };
}

/** The windows of all days that could reach into the range. */
function windows({ fromMinute, toMinute, weekdays }: OccupiedHours, range: TimeRange, { zone, holidays = [] }: PlaceDays): TimeRange[] {
  const off = new Set(holidays.map((date) => Date.parse(`${date}T00:00:00Z`) / DAY_MS));
  const endMinute = toMinute <= fromMinute ? toMinute + DAY_MS / MINUTE_MS : toMinute;
  const found: TimeRange[] = [];
  const last = dayAt(zone, range.toMs) + 1;
  for (let day = dayAt(zone, range.fromMs) - 1; day <= last; day += 1) {
    if (!weekdays.includes(weekday(day)) || off.has(day)) continue;
    const fromMs = zone.instantOf(day * DAY_MS + fromMinute * MINUTE_MS, "earlier");
    found.push({ fromMs, toMs: zone.instantOf(day * DAY_MS + endMinute * MINUTE_MS, "earlier") });
  }
  return found;
}

/** Days of the calendar are counted from 1970-01-01, a Thursday. */
function dayAt(zone: Zone, tMs: number): number {
  return Math.floor(zone.localOf(tMs) / DAY_MS);
}

function weekday(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}
