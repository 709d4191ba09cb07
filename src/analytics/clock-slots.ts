import { DAY_MS, HOUR_MS } from "#calendar/civil.ts";
import type { Zone } from "#calendar/zone.ts";
import { countedBetween } from "./dial.ts";
import type { TimeRange } from "./interval-grid.ts";
import type { MeterIndex } from "./meter-index.ts";

/**
 * What a meter counted per slot of the local clock.
 * Shape:   `amount`, `day` and `slot` have one row per slot of time, ascending; `dayMs` one per local day.
 * Missing: NaN in `amount` where readings do not tell.
 */
export interface ClockSlots {
  readonly slotMs: number;
  /** First instants of the local days of the range. */
  readonly dayMs: Float64Array;
  readonly amount: Float64Array;
  /** Which of the days, and which slot of the clock: one that the clock shows twice comes twice, a skipped one never. */
  readonly day: Uint32Array;
  readonly slot: Uint16Array;
}

/** Readings around an edge may be a little further apart than an hour, so that hourly ones which come late are used. */
const MOST_APART_MS = 1.25 * HOUR_MS;

/** Whole local days that touch the range. */
export function clockSlots(index: MeterIndex, range: TimeRange, { zone, slotMs }: { zone: Zone; slotMs: number }): ClockSlots {
  const days = zone.starts("day", range.fromMs, range.toMs);
  const endMs = days.length === 0 ? range.toMs : zone.nextStart("day", days.at(-1) as number);
  const most = days.length * (Math.ceil(DAY_MS / slotMs) + Math.ceil((2 * HOUR_MS) / slotMs)) + 1;
  const edgesMs = new Float64Array(most);
  const day = new Uint32Array(most);
  const slot = new Uint16Array(most);
  let rows = 0;
  for (let d = 0; d < days.length; d += 1) {
    const nextMs = days[d + 1] ?? endMs;
    for (let tMs = days[d] as number; tMs < nextMs; tMs += slotMs) {
      const localMs = zone.localOf(tMs);
      edgesMs[rows] = tMs;
      day[rows] = d;
      slot[rows] = Math.floor((localMs - Math.floor(localMs / DAY_MS) * DAY_MS) / slotMs);
      rows += 1;
    }
  }
  edgesMs[rows] = endMs;
  const amount = countedBetween(index, edgesMs.subarray(0, rows + 1), MOST_APART_MS);
  return { slotMs, dayMs: Float64Array.from(days), amount, day: day.subarray(0, rows), slot: slot.subarray(0, rows) };
}
