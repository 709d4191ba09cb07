import type { Intervals } from "#analytics/intervals.ts";
import { firstAfter } from "./interval-columns.ts";

/** Energies are counted in thousand-millionths of a kWh: whole numbers, so that sums do not depend on how a range is cut. */
const UNITS_PER_KWH = 1e9;

/** What is known of the energy of a stretch. */
export interface EnergyOf {
  /** NaN where nothing is known. */
  readonly kwh: number;
  /** Time of it that was observed. */
  readonly seenMs: number;
}

/** Energy of any stretch of a point's intervals at once. An interval that an end lies in counts by its time. */
export class EnergySums {
  readonly #intervals: Intervals;
  /** Before each row, and after the last. */
  readonly #units: Float64Array;
  readonly #known: Uint32Array;
  readonly #seenMs: Float64Array;

  constructor(intervals: Intervals) {
    const { energyKwh, coverage, lengthMs } = intervals;
    const n = energyKwh.length;
    this.#intervals = intervals;
    this.#units = new Float64Array(n + 1);
    this.#known = new Uint32Array(n + 1);
    this.#seenMs = new Float64Array(n + 1);
    for (let row = 0; row < n; row++) {
      const kwh = energyKwh[row] as number;
      const isKnown = !Number.isNaN(kwh);
      this.#units[row + 1] = (this.#units[row] as number) + (isKnown ? Math.round(kwh * UNITS_PER_KWH) : 0);
      this.#known[row + 1] = (this.#known[row] as number) + (isKnown ? 1 : 0);
      this.#seenMs[row + 1] = (this.#seenMs[row] as number) + (coverage[row] as number) * lengthMs;
    }
  }

  /** Of [fromMs, toMs). */
  between(fromMs: number, toMs: number): EnergyOf {
    const [from, to] = [this.#at(fromMs), this.#at(toMs)];
    const known = (this.#known[to.end] as number) - (this.#known[from.row] as number);
    return {
      kwh: known <= 0 || toMs <= fromMs ? Number.NaN : (to.units - from.units) / UNITS_PER_KWH,
      seenMs: Math.max(0, to.seenMs - from.seenMs),
    };
  }

  /** `row` is the interval that holds the instant, `end` the one after all that begin before it. */
  #at(atMs: number): { row: number; end: number; units: number; seenMs: number } {
    const { tMs, lengthMs } = this.#intervals;
    const row = firstAfter(tMs, atMs);
    const units = this.#units[row] as number;
    const seenMs = this.#seenMs[row] as number;
    const insideMs = row < tMs.length ? atMs - ((tMs[row] as number) - lengthMs) : 0;
    if (insideMs <= 0) return { row, end: row, units, seenMs };
    const share = insideMs / lengthMs;
    return {
      row,
      end: row + 1,
      units: units + Math.round(((this.#units[row + 1] as number) - units) * share),
      seenMs: seenMs + ((this.#seenMs[row + 1] as number) - seenMs) * share,
    };
  }
}
