import { Temporal } from "temporal-polyfill";

/** The offsets of a zone between two years, for loops that ask a million times. */
export interface Transitions {
  /** Instants from which `offsetMs` of the same row holds; the first row starts at `fromMs`. */
  readonly atMs: Float64Array;
  readonly offsetMs: Float64Array;
  readonly fromMs: number;
  readonly toMs: number;
}

const FROM_MS = Date.UTC(2000, 0, 1);
const TO_MS = Date.UTC(2051, 0, 1);

/** Every change of a zone's offset from 2000 to 2050. Errors: RangeError for a zone nobody knows. */
export function transitionsOf(zone: string): Transitions {
  let at = Temporal.Instant.fromEpochMilliseconds(FROM_MS).toZonedDateTimeISO(zone);
  const atMs = [FROM_MS];
  const offsetMs = [offsetOf(at)];
  for (;;) {
    const next = at.getTimeZoneTransition("next");
    if (next === null || next.epochMilliseconds >= TO_MS) break;
    atMs.push(next.epochMilliseconds);
    offsetMs.push(offsetOf(next));
    at = next;
  }
  return { atMs: Float64Array.from(atMs), offsetMs: Float64Array.from(offsetMs), fromMs: FROM_MS, toMs: TO_MS };
}

/** The offset at any instant, by the library: right for every year, but slow. */
export function slowOffsetMs(zone: string, tMs: number): number {
  return offsetOf(Temporal.Instant.fromEpochMilliseconds(Math.floor(tMs)).toZonedDateTimeISO(zone));
}

function offsetOf(at: Temporal.ZonedDateTime): number {
  return at.offsetNanoseconds / 1e6;
}
