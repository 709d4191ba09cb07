import { HOUR_MS } from "#calendar/civil.ts";
import { plainClockMs } from "#calendar/time-text.ts";
import type { Zone } from "#calendar/zone.ts";
import { LIVE_MS } from "#dialects/repeated-hour.ts";
import { quoted } from "#dialects/text.ts";
import type { RejectItem } from "#readings/reading.ts";
import { QUALITY } from "#series/quality.ts";

/** The instant at which an interval ended, and what must be said about it. */
export interface IntervalEnd {
  readonly tMs: number;
  readonly quality: number;
}

/** The last interval of the same meter, by which the two hours of an autumn night are told apart. */
export interface LastInterval {
  readonly tMs: number;
  /** Its values as one text: an equal text is the same interval sent again. */
  readonly print: string;
}

export interface Hints {
  readonly zone: Zone;
  readonly receivedMs: number;
  readonly print: string;
  readonly last: LastInterval | undefined;
}

/** The last interval says something about the order only when it is not long ago. */
const NEAR_MS = 3 * HOUR_MS;

/**
 * `2026-03-08 01:30:00` on the plant's clock as an instant.
 * In the repeated hour of autumn the time of arrival decides, else the order of the intervals; where neither can, the
 * first is taken and marked as clock-uncertain.
 * Errors: `bad-time`, `no-such-time` for the skipped hour of spring.
 */
export function intervalEnd(raw: unknown, hints: Hints): IntervalEnd | RejectItem {
  const localMs = typeof raw === "string" && raw[10] === " " ? plainClockMs(raw) : undefined;
  if (localMs === undefined)
    return { code: "bad-time", sentence: `intervalEnd is ${quoted(raw)}, not a time of the plant written like 2026-01-31 14:15:00.` };
  const [first, second] = hints.zone.instantsOf(localMs);
  if (first === undefined) return skipped(localMs, raw, hints.zone);
  return second === undefined ? { tMs: first, quality: 0 } : chosen(first, second, hints);
}

function chosen(first: number, second: number, hints: Hints): IntervalEnd {
  if (Math.abs(hints.receivedMs - first) <= LIVE_MS) return { tMs: first, quality: 0 };
  if (Math.abs(hints.receivedMs - second) <= LIVE_MS) return { tMs: second, quality: 0 };
  const last = hints.last;
  if (last === undefined || Math.abs(first - last.tMs) > NEAR_MS) return { tMs: first, quality: QUALITY.clockUncertain };
  if (last.print === hints.print && (last.tMs === first || last.tMs === second)) return { tMs: last.tMs, quality: 0 };
  return { tMs: last.tMs < first ? first : second, quality: 0 };
}

/** An interval that ends with the change itself may carry the old clock's label; any later one has a clock that does not change. */
function skipped(localMs: number, raw: unknown, zone: Zone): IntervalEnd | RejectItem {
  const changeMs = zone.instantOf(localMs, "earlier");
  if (localMs - zone.offsetAt(changeMs - 1) === changeMs) return { tMs: changeMs, quality: 0 };
  return {
    code: "no-such-time",
    sentence: `intervalEnd is ${quoted(raw)}, which the clock of ${zone.id} never shows. If the sender's clock has no summer time, set its zone to a fixed offset such as -05:00.`,
  };
}
