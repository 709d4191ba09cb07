import type { RejectItem } from "#readings/reading.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const YEAR_1990_MS = Date.UTC(1990, 0, 1);
const YEAR_2200_MS = Date.UTC(2200, 0, 1);

/** A sender's clock may run ahead of ours by this much and be believed without remark. */
const BELIEVED_AHEAD_MS = 5 * MINUTE_MS;
/** Further ahead than this it is no clock but a fault: one such sample would be the newest for good. */
const REFUSED_AHEAD_MS = 24 * HOUR_MS;
/** Our own clock may be set back by this much before arrivals are stamped anew. */
const STEP_MS = MINUTE_MS;

/** When a reading counts, or why it cannot. */
export type Instant = { readonly tMs: number; readonly uncertain: boolean; readonly reject?: undefined } | { readonly reject: RejectItem };

/** The instant a sender states; `knownAheadMs` is how far ahead it speaks of what is to come. Errors: `time-in-future`, `time-implausible`. */
export function sendersInstant(tMs: number, receivedMs: number, knownAheadMs = 0): Instant {
  if (!(tMs >= YEAR_1990_MS))
    return refuse("time-implausible", `The reading says it is from ${text(tMs)}; nothing before 1990 is believed.`);
  // Where our own clock was never set, the sender's is the better one, unless it is no clock at all.
  if (receivedMs < YEAR_1990_MS) {
    if (tMs < YEAR_2200_MS) return { tMs: Math.round(tMs), uncertain: true };
    return refuse("time-implausible", `The reading says it is from ${text(tMs)}; nothing from the year 2200 on is believed.`);
  }
  const aheadMs = tMs - receivedMs - knownAheadMs;
  if (aheadMs > REFUSED_AHEAD_MS) {
    return refuse("time-in-future", `The reading says it is from ${text(tMs)}, more than a day after it arrived (${text(receivedMs)}).`);
  }
  return { tMs: Math.round(tMs), uncertain: aheadMs > BELIEVED_AHEAD_MS };
}

/**
 * The instant of a reading that has none of its own. Two of one series never share one: the later moves to the next millisecond.
 * Errors: `clock-not-set`.
 */
export function arrivalInstant(receivedMs: number, lastArrivalMs: number): Instant {
  if (!(receivedMs >= YEAR_1990_MS)) {
    const sentence = `The reading has no time of its own and the clock of this computer says ${text(receivedMs)}. Set the clock.`;
    return refuse("clock-not-set", sentence);
  }
  const tMs = Math.round(receivedMs);
  if (tMs > lastArrivalMs) return { tMs, uncertain: false };
  if (lastArrivalMs - tMs > STEP_MS) return { tMs, uncertain: true };
  return { tMs: lastArrivalMs + 1, uncertain: false };
}

function refuse(code: string, sentence: string): Instant {
  return { reject: { code, sentence } };
}

/** Any number as an instant in words. */
function text(tMs: number): string {
  return Math.abs(tMs) <= 8.64e15 ? new Date(tMs).toISOString() : `the number ${tMs}`;
}
