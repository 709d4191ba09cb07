import type { Decimal } from "decimal.js";
import { civilOf, daysInMonth } from "#calendar/civil.ts";
import type { Zone } from "#calendar/zone.ts";
import { decimal, ratio, sumOf } from "./money.ts";

/** Local days of a stretch, a day that is cut by its time: half of a day of 23 hours is half a day. */
export function daysOf(zone: Zone, fromMs: number, toMs: number): Decimal {
  return decimal(zone.daysBetween(fromMs, toMs)).plus(shareOfDay(zone, toMs)).minus(shareOfDay(zone, fromMs));
}

/** Months of a stretch, each of its days one of the days its month has. */
export function monthsOf(zone: Zone, fromMs: number, toMs: number): Decimal {
  return sumOf(
    zone.starts("month", fromMs, toMs).map((start) => {
      const { year, month } = civilOf(zone.localOf(start));
      const end = Math.min(zone.nextStart("month", start), toMs);
      return daysOf(zone, Math.max(start, fromMs), end).div(daysInMonth(year, month));
    }),
  );
}

function shareOfDay(zone: Zone, tMs: number): Decimal {
  const start = zone.dayStart(tMs);
  return ratio(tMs - start, zone.nextStart("day", tMs) - start);
}
