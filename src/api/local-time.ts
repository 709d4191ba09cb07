import { civilOf } from "#calendar/civil.ts";

const MINUTE_MS = 60_000;
/** Every offset change of the last century falls on a quarter of an hour. */
const SLOT_MS = 900_000;

/** Writes instants with an offset, as the clocks of a zone show them: `2026-11-01T01:15:00-05:00`. */
export function localTimes(zone: string): (tMs: number) => string {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset", year: "numeric" });
  const clock = clocks();
  let slot = Number.NaN;
  let offsetMs = 0;
  let suffix = "";
  return (tMs) => {
    const mine = Math.floor(tMs / SLOT_MS);
    if (mine !== slot) {
      slot = mine;
      offsetMs = offsetOf(parts.formatToParts(tMs).find((part) => part.type === "timeZoneName")?.value ?? "GMT");
      suffix = sign(offsetMs);
    }
    return `${clock(tMs + offsetMs)}${suffix}`;
  };
}

/** Writes instants in UTC: `2026-11-01T06:15:00Z`, with milliseconds where there are some. */
export function utcTimes(): (tMs: number) => string {
  const clock = clocks();
  return (tMs) => `${clock(tMs)}Z`;
}

/** Writes clock readings; the minute is written once for all instants in it that follow each other. */
function clocks(): (ms: number) => string {
  let minute = Number.NaN;
  let written = "";
  return (ms) => {
    const mine = Math.floor(ms / MINUTE_MS);
    if (mine !== minute) {
      minute = mine;
      const c = civilOf(mine * MINUTE_MS);
      written = `${String(c.year).padStart(4, "0")}-${TWO[c.month]}-${TWO[c.day]}T${TWO[c.hour]}:${TWO[c.minute]}:`;
    }
    const rest = Math.floor(ms - mine * MINUTE_MS);
    const fraction = rest % 1_000;
    return `${written}${TWO[Math.floor(rest / 1_000)]}${fraction === 0 ? "" : `.${String(fraction).padStart(3, "0")}`}`;
  };
}

const TWO = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, "0"));

function offsetOf(name: string): number {
  const match = /^GMT([+-])(\d{2}):(\d{2})/.exec(name);
  if (!match) return 0;
  return (match[1] === "-" ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * MINUTE_MS;
}

function sign(offsetMs: number): string {
  const minutes = Math.abs(offsetMs) / MINUTE_MS;
  return `${offsetMs < 0 ? "-" : "+"}${TWO[Math.floor(minutes / 60)]}:${TWO[minutes % 60]}`;
}
