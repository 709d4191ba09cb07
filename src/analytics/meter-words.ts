import { civilOf } from "#calendar/civil.ts";
import type { Zone } from "#calendar/zone.ts";
import { weekdayOf } from "./local-days.ts";

/** What the rules for anomalies need to know of a meter beside what it counted. */
export interface RuleSettings {
  readonly zone: Zone;
  /** Unit of the meter, as it is written. */
  readonly unit: string;
  /** Whether a local day, by its first instant, goes by the habits of a Sunday. */
  readonly isHoliday?: (dayMs: number) => boolean;
}

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;
const DIGITS = 3;

/** A figure as a person writes it: three digits that count, whole numbers as they are. */
export function figureText(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return "0";
  const decimals = Math.max(0, Math.min(6, DIGITS - 1 - Math.floor(Math.log10(size))));
  return String(Number(value.toFixed(decimals)));
}

/** `11–19`, with as many decimals as the larger needs. */
export function rangeText(low: number, high: number): string {
  const size = Math.max(Math.abs(low), Math.abs(high));
  const decimals = size === 0 ? 0 : Math.max(0, Math.min(6, DIGITS - 2 - Math.floor(Math.log10(size))));
  return `${Number(low.toFixed(decimals))}–${Number(high.toFixed(decimals))}`;
}

/** `Tuesday 3 March 2026`. */
export function dayText(tMs: number, zone: Zone): string {
  return `${WEEKDAYS[weekdayOf(tMs, zone)]} ${dateWords(tMs, zone)}`;
}

/** `3 March 2026`. */
export function dateWords(tMs: number, zone: Zone): string {
  const { day, month, year } = civilOf(zone.localOf(tMs));
  return `${day} ${MONTHS[month - 1]} ${year}`;
}

/** `3 March 2026 04:15`. */
export function momentText(tMs: number, zone: Zone): string {
  const { hour, minute } = civilOf(zone.localOf(tMs));
  return `${dateWords(tMs, zone)} ${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** `March`. */
export function monthText(tMs: number, zone: Zone): string {
  return MONTHS[civilOf(zone.localOf(tMs)).month - 1] as string;
}
