import type { Decimal } from "decimal.js";
import type { Intervals } from "#analytics/intervals.ts";
import type { Mask } from "./masks.ts";
import { decimal } from "./money.ts";

/** Energies are counted in thousand-millionths of a kWh: whole numbers, whose sums are exact and do not depend on how a range is cut. */
const UNITS_PER_KWH = 1e9;

/** Energy up to any instant. An interval that the instant lies in counts by its time, a missing one counts nothing. */
export class Cumulative {
  private readonly intervals: Intervals;
  /** Before each row, and after the last. */
  private readonly before: Float64Array;

  constructor(intervals: Intervals, mask: Mask | undefined) {
    const { energyKwh } = intervals;
    this.intervals = intervals;
    this.before = new Float64Array(energyKwh.length + 1);
    for (let row = 0; row < energyKwh.length; row += 1) {
      const kwh = energyKwh[row] as number;
      const counted = Number.isNaN(kwh) || mask?.[row] === 0 ? 0 : Math.round(kwh * UNITS_PER_KWH);
      this.before[row + 1] = (this.before[row] as number) + counted;
    }
  }

  /** kWh of [fromMs, toMs). */
  between(fromMs: number, toMs: number): Decimal {
    return decimal(String(this.upTo(toMs) - this.upTo(fromMs))).div(UNITS_PER_KWH);
  }

  private upTo(tMs: number): number {
    const { tMs: ends, lengthMs } = this.intervals;
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((ends[middle] as number) <= tMs) low = middle + 1;
      else high = middle;
    }
    const before = this.before[low] as number;
    const within = low < ends.length ? tMs - ((ends[low] as number) - lengthMs) : 0;
    return within <= 0 ? before : before + Math.round((((this.before[low + 1] as number) - before) * within) / lengthMs);
  }
}
