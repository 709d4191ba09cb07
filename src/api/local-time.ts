import { civilOf } from "#calendar/civil.ts";

const MINUTE_MS = 60_000;
/** Every offset change of the last century falls on a quarter of an hour. */
const SLOT_MS = 900_000;

/** Writes instants with an offset, as the clocks of a zone show them: `2026-11-01T01:15:00-05:00`. */
export function localTimes(zone: string): (tMs: number) => string {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset", year: "numeric" });
  let slot = Number.NaN;
  let offsetMs = 0;
  return (tMs) => {
    const mine = Math.floor(tMs / SLOT_MS);
    if (mine !== slot) {
      slot = mine;
      offsetMs = offsetOf(parts.formatToParts(tMs).find((part) => part.type === "timeZoneName")?.value ?? "GMT");
    }
    return `${clock(tMs + offsetMs)}${sign(offsetMs)}`;
  };
}

/** `2026-11-01T06:15:00Z`, with milliseconds where there are some. */
export function utcTime(tMs: number): string {
  return `${clock(tMs)}Z`;
}

function clock(ms: number): string {
  const c = civilOf(ms);
  const two = (value: number): string => String(value).padStart(2, "0");
  const fraction = c.millisecond === 0 ? "" : `.${String(c.millisecond).padStart(3, "0")}`;
  return `${String(c.year).padStart(4, "0")}-${two(c.month)}-${two(c.day)}T${two(c.hour)}:${two(c.minute)}:${two(c.second)}${fraction}`;
}

function offsetOf(name: string): number {
  const match = /^GMT([+-])(\d{2}):(\d{2})/.exec(name);
  if (!match) return 0;
  return (match[1] === "-" ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * MINUTE_MS;
}

function sign(offsetMs: number): string {
  const minutes = Math.abs(offsetMs) / MINUTE_MS;
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${offsetMs < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
