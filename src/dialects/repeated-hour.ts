import { MINUTE_MS } from "#calendar/civil.ts";
import type { Zone } from "#calendar/zone.ts";
import { QUALITY } from "#series/quality.ts";

/** An instant, and whether the clock that told it could mean another. */
export interface ToldInstant {
  readonly tMs: number;
  readonly quality: number;
}

/** A message this near to one of two possible instants is taken to be live. */
export const LIVE_MS = 25 * MINUTE_MS;

/**
 * The instant of a clock reading without offset: in the repeated hour the one near to arrival, else the first, marked.
 * Missing: undefined for a time the clock never shows.
 */
export function toldInstant(localMs: number, zone: Zone, receivedMs: number): ToldInstant | undefined {
  const [first, second] = zone.instantsOf(localMs);
  if (first === undefined) return undefined;
  if (second === undefined || Math.abs(receivedMs - first) <= LIVE_MS) return { tMs: first, quality: 0 };
  if (Math.abs(receivedMs - second) <= LIVE_MS) return { tMs: second, quality: 0 };
  return { tMs: first, quality: QUALITY.clockUncertain };
}
