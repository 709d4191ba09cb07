import { HOUR_MS } from "#calendar/civil.ts";
import { clockSlots } from "./clock-slots.ts";
import type { TimeRange } from "./interval-grid.ts";
import { weekdayOf } from "./local-days.ts";
import type { MeterIndex } from "./meter-index.ts";
import type { RuleSettings } from "./meter-words.ts";

/** Mean amount per hour of the clock, 24 of each kind of day. Missing: NaN for an hour that no such day knows. */
export interface HourProfile {
  readonly workday: readonly number[];
  readonly saturday: readonly number[];
  /** Sundays and holidays. */
  readonly sunday: readonly number[];
}

const HOURS = 24;
const KINDS = 3;

/**
 * What a meter uses by the hour of the clock, on average over the days of a range.
 * Missing: NaN everywhere where readings are rarer than hourly.
 */
export function hourProfile(index: MeterIndex, range: TimeRange, { zone, isHoliday }: Omit<RuleSettings, "unit">): HourProfile {
  const { amount, day, dayMs, slot } = clockSlots(index, range, { zone, slotMs: HOUR_MS });
  const kindOf = dayMs.map((tMs) => Math.max(0, (isHoliday?.(tMs) ? 6 : weekdayOf(tMs, zone)) - 4));
  const sums = new Float64Array(KINDS * HOURS);
  const counts = new Uint32Array(KINDS * HOURS);
  for (let i = 0; i < amount.length; i += 1) {
    if (Number.isNaN(amount[i])) continue;
    const at = (kindOf[day[i] as number] as number) * HOURS + (slot[i] as number);
    sums[at] = (sums[at] as number) + (amount[i] as number);
    counts[at] = (counts[at] as number) + 1;
  }
  // Nothing of nothing is NaN: unknown.
  const means = Array.from(sums, (sum, at) => sum / (counts[at] as number));
  return { workday: means.slice(0, HOURS), saturday: means.slice(HOURS, 2 * HOURS), sunday: means.slice(2 * HOURS) };
}
