import { civilMs, civilOf, daysInMonth, MINUTE_MS } from "./civil.ts";
import type { Zone } from "./zone.ts";

/** `2026-03-08 01:30:00`, as the clock at the place shows it. */
export function localText(tMs: number, zone: Zone): string {
  return clockText(zone.localOf(tMs));
}

/** `2026-03-08T01:30:00-05:00`: the clock reading with its offset, milliseconds only where there are some. */
export function offsetText(tMs: number, zone: Zone): string {
  const offsetMs = zone.offsetAt(tMs);
  const localMs = tMs + offsetMs;
  const milliseconds = civilOf(localMs).millisecond;
  const fraction = milliseconds === 0 ? "" : `.${pad(milliseconds, 3)}`;
  return `${clockText(localMs).replace(" ", "T")}${fraction}${offsetOnly(offsetMs)}`;
}

/** `2026-03-08`, the local date of an instant. */
export function dateText(tMs: number, zone: Zone): string {
  return clockText(zone.localOf(tMs)).slice(0, 10);
}

/** The first instant of a local date written `2026-03-08`. Missing: undefined where it is no date. */
export function dateStart(date: string, zone: Zone): number | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (!match) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  return zone.instantOf(civilMs({ year, month, day, hour: 0, minute: 0, second: 0, millisecond: 0 }), "earlier");
}

function clockText(localMs: number): string {
  const c = civilOf(localMs);
  return `${pad(c.year, 4)}-${pad(c.month, 2)}-${pad(c.day, 2)} ${pad(c.hour, 2)}:${pad(c.minute, 2)}:${pad(c.second, 2)}`;
}

function offsetOnly(offsetMs: number): string {
  const minutes = Math.round(Math.abs(offsetMs) / MINUTE_MS);
  return `${offsetMs < 0 ? "-" : "+"}${pad(Math.floor(minutes / 60), 2)}:${pad(minutes % 60, 2)}`;
}

function pad(n: number, digits: number): string {
  return String(n).padStart(digits, "0");
}
