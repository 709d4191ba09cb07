import { weekdayOf } from "#analytics/local-days.ts";
import { dateText, localText } from "#calendar/local-text.ts";
import type { Zone } from "#calendar/zone.ts";

/** Where and when a sentence is read. */
export interface Reader {
  readonly nowMs: number;
  readonly zone: Zone;
}

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

/** An instant as people say it today: `09:40`, `Fri 09:40` within a week, else `2026-03-08 09:40`. */
export function whenText(tMs: number, { nowMs, zone }: Reader): string {
  const clock = localText(tMs, zone).slice(11, 16);
  const days = Math.abs(zone.daysBetween(tMs, nowMs));
  if (days === 0) return clock;
  if (days < 7) return `${WEEKDAYS[weekdayOf(tMs, zone)] as string} ${clock}`;
  return `${dateText(tMs, zone)} ${clock}`;
}
