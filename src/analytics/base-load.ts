import { HOUR_MS } from "#calendar/civil.ts";
import type { Zone } from "#calendar/zone.ts";
import { clockSlots } from "./clock-slots.ts";
import type { TimeRange } from "./interval-grid.ts";
import { median } from "./median.ts";
import type { MeterIndex } from "./meter-index.ts";

/** Hours of a day that have to be known for its least one to count, and days with one. */
const LEAST_HOURS = 20;
const LEAST_DAYS = 7;

/**
 * What a meter uses when nobody does anything, per hour: of each local day its least hour, and of those the middle one.
 * Missing: NaN where fewer than seven days of the range have readings at least hourly.
 */
export function baseLoadPerHour(index: MeterIndex, range: TimeRange, { zone }: { zone: Zone }): number {
  const { amount, day, dayMs } = clockSlots(index, range, { zone, slotMs: HOUR_MS });
  const least = new Float64Array(dayMs.length).fill(Infinity);
  const known = new Uint8Array(dayMs.length);
  for (let i = 0; i < amount.length; i += 1) {
    const used = amount[i] as number;
    if (Number.isNaN(used)) continue;
    const d = day[i] as number;
    known[d] = (known[d] as number) + 1;
    if (used < (least[d] as number)) least[d] = used;
  }
  const days = [...least].filter((_, d) => (known[d] as number) >= LEAST_HOURS);
  return days.length < LEAST_DAYS ? Number.NaN : median(days);
}
