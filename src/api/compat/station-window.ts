import type { Zone } from "#calendar/zone.ts";
import type { Range } from "#store/store.ts";
import type { StationQuery } from "./station-query.ts";

export const EVER: Range = { fromMs: -8.6e15, toMs: 8.6e15 };

const HOUR_MS = 3_600_000;

interface Wish {
  readonly zone: Zone;
  readonly nowMs: number;
  /** Most hours back; 24 unless the question says. */
  readonly mostHours: number;
}

/** A range with what was asked for it, both ends in it. */
export interface Window extends Range {
  readonly hours: number;
  readonly endMs: number;
}

/** From `start` to `end`; without a start so many hours back, without an end until now. Problems: those of the parameters. */
export function windowOf(query: StationQuery, { zone, nowMs, mostHours }: Wish): Window {
  const hours = query.whole("hours", { least: 1, most: mostHours, usual: 24 });
  const endMs = query.instant("end", zone) ?? nowMs;
  const fromMs = query.instant("start", zone) ?? endMs - hours * HOUR_MS;
  return { fromMs, toMs: Math.max(fromMs, Math.floor(endMs) + 1), endMs, hours };
}

/** A range with the ends that were asked for. */
export interface OpenWindow {
  readonly startMs: number | undefined;
  readonly endMs: number | undefined;
  readonly range: Range;
}

/** The same where both ends may be left out: then there is none. */
export function openWindow(query: StationQuery, zone: Zone): OpenWindow {
  const [startMs, endMs] = [query.instant("start", zone), query.instant("end", zone)];
  return { startMs, endMs, range: { fromMs: startMs ?? EVER.fromMs, toMs: endMs === undefined ? EVER.toMs : Math.floor(endMs) + 1 } };
}
