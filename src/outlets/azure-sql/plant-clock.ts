import type { Zone } from "#calendar/zone.ts";

const SECOND_MS = 1_000;

/** The plant's clock at an instant, as SQL Server's `datetime2(0)` holds it: a Date whose UTC is the clock reading. */
export function clockOf(tMs: number, zone: Zone): Date {
  return new Date(Math.round(zone.localOf(tMs) / SECOND_MS) * SECOND_MS);
}

/** An instant that a clock reading of the table stands for. */
export interface Reading {
  readonly tMs: number;
  /** The clock showed this twice that night: the first time is taken. */
  readonly uncertain: boolean;
}

/** Missing: undefined for a reading that the plant's clock never showed, in the hour that spring skips. */
export function instantOf(clock: Date, zone: Zone): Reading | undefined {
  const [first, second] = zone.instantsOf(clock.getTime());
  return first === undefined ? undefined : { tMs: first, uncertain: second !== undefined };
}
