import type { Intervals } from "#analytics/intervals.ts";
import { QUALITY } from "#series/quality.ts";
import type { Mask } from "./masks.ts";
import { clean } from "./money.ts";
import { isExcluded, type Rows } from "./peaks.ts";

/** Energy of some intervals. */
export interface Energy {
  readonly kwh: number;
  /** Part of it that nobody measured interval by interval. */
  readonly estimatedKwh: number;
  /** Sum of the coverage of the intervals, each 0 to 1. */
  readonly covered: number;
  readonly count: number;
  /** Intervals whose energy is known. */
  readonly known: number;
}

const ESTIMATED = QUALITY.filled | QUALITY.recoveredAfterGap;

export interface EnergyOptions {
  readonly mask?: Mask | undefined;
  /** Intervals that R17 leaves out of demand give no energy either. */
  readonly withoutExcluded?: boolean;
}

/** Sums what is known; an interval nobody knows adds nothing and is seen in `known` and `covered`. */
export function energyOf(intervals: Intervals, { from, to }: Rows, { mask, withoutExcluded = false }: EnergyOptions): Energy {
  const { energyKwh, quality, coverage } = intervals;
  const sum = new Sum();
  const estimated = new Sum();
  let covered = 0;
  let count = 0;
  let known = 0;
  for (let row = from; row < to; row += 1) {
    if (mask !== undefined && mask[row] === 0) continue;
    count += 1;
    covered += coverage[row] as number;
    const kwh = energyKwh[row] as number;
    if (Number.isNaN(kwh)) continue;
    known += 1;
    if (withoutExcluded && isExcluded(intervals, row)) continue;
    sum.add(kwh);
    if (((quality[row] as number) & ESTIMATED) !== 0) estimated.add(kwh);
  }
  return { kwh: sum.value, estimatedKwh: estimated.value, covered, count, known };
}

/** A column's sum over rows. Missing: NaN where nothing is known. */
export function columnSum(column: Float64Array, { from, to }: Rows): number {
  const sum = new Sum();
  let known = false;
  for (let row = from; row < to; row += 1) {
    const value = column[row] as number;
    if (Number.isNaN(value)) continue;
    known = true;
    sum.add(value);
  }
  return known ? sum.value : Number.NaN;
}

/**
 * A sum that loses nothing to the order of its terms, so that parts of a period add up to the whole.
 * Source: A. Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen" (1974).
 */
class Sum {
  private total = 0;
  private lost = 0;

  add(value: number): void {
    const next = this.total + value;
    this.lost += Math.abs(this.total) >= Math.abs(value) ? this.total - next + value : value - next + this.total;
    this.total = next;
  }

  get value(): number {
    return clean(this.total + this.lost);
  }
}
