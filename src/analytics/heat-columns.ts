import { DAY_MS } from "#calendar/civil.ts";
import type { Zone } from "#calendar/zone.ts";
import { clockSlots } from "./clock-slots.ts";
import type { TimeRange } from "./interval-grid.ts";
import type { MeterIndex } from "./meter-index.ts";

/**
 * Amounts by day and slot of the clock.
 * Shape:   `amount` has `slots` rows per day, day after day.
 * Missing: NaN where readings do not tell and where the clock skipped a slot; one that it showed twice is the mean of both.
 */
export interface HeatColumns {
  readonly dayMs: Float64Array;
  readonly slots: number;
  readonly amount: Float32Array;
}

/** The heat map of a meter over the local days of a range. Readings rarer than hourly answer with NaN. */
export function heatColumns(index: MeterIndex, range: TimeRange, how: { readonly zone: Zone; readonly slotMs: number }): HeatColumns {
  const { amount, day, dayMs, slot } = clockSlots(index, range, how);
  const slots = Math.ceil(DAY_MS / how.slotMs);
  const sums = new Float64Array(dayMs.length * slots);
  const counts = new Uint8Array(sums.length);
  for (let i = 0; i < amount.length; i += 1) {
    if (Number.isNaN(amount[i])) continue;
    const at = (day[i] as number) * slots + (slot[i] as number);
    sums[at] = (sums[at] as number) + (amount[i] as number);
    counts[at] = (counts[at] as number) + 1;
  }
  return { dayMs, slots, amount: Float32Array.from(sums, (sum, at) => sum / (counts[at] as number)) };
}
