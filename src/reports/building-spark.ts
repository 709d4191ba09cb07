import { BAD_QUALITY } from "#series/quality.ts";
import type { Series } from "#sites/registry.ts";
import type { Store } from "#store/store.ts";
import { conversion } from "#units/unit.ts";
import type { ZoneRow } from "./building-answers.ts";
import type { Versions } from "./building-kept.ts";

export const QUARTER_MS = 900_000;
export const SLOTS = 96;

/** A day of a temperature, and whether it moved at all. */
export interface SparkDay {
  readonly spark: Omit<ZoneRow["spark"], "bands">;
  /** Slots in which it said something. */
  readonly known: number;
  readonly lowest: number;
  readonly highest: number;
}

interface Kept {
  readonly version: number;
  readonly fromMs: number;
  readonly unit: string;
  readonly day: Promise<SparkDay>;
}

/** The last 24 hours of temperatures in quarter-hours, read again when one of them said something or a quarter-hour went by. */
export class Sparks {
  readonly #reads: Pick<Store, "read">;
  readonly #kept = new Map<number, Kept>();

  constructor(reads: Pick<Store, "read">) {
    this.#reads = reads;
  }

  of(
    series: Series,
    { nowMs, versions, unit }: { readonly nowMs: number; readonly versions: Versions; readonly unit: string },
  ): Promise<SparkDay> {
    const fromMs = sparkFrom(nowMs);
    const version = versions.get(series.id) ?? 0;
    const kept = this.#kept.get(series.id);
    if (kept !== undefined && kept.version === version && kept.fromMs === fromMs && kept.unit === unit) return kept.day;
    const day = this.#read(series, fromMs, unit);
    this.#kept.set(series.id, { version, fromMs, unit, day });
    day.catch(() => this.#kept.delete(series.id));
    return day;
  }

  async #read(series: Series, fromMs: number, unit: string): Promise<SparkDay> {
    // Samples, not buckets: reads that are asked at once travel together, and the block they are in was just unpacked.
    const { tMs, value, quality } = await this.#reads.read(series.id, { fromMs, toMs: fromMs + SLOTS * QUARTER_MS });
    const convert = (series.unit === unit ? undefined : conversion(series.unit, unit)) ?? ((one: number) => one);
    const { spark } = noDay(fromMs);
    const counts = new Uint32Array(SLOTS);
    let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let row = 0; row < tMs.length; row += 1) {
      const said = value[row] as number;
      if (Number.isNaN(said) || ((quality[row] as number) & BAD_QUALITY) !== 0) continue;
      const slot = Math.floor(((tMs[row] as number) - fromMs) / QUARTER_MS);
      const count = counts[slot] as number;
      // The mean so far with one more in it: sums of large numbers stay small.
      spark.value[slot] = count === 0 ? said : (spark.value[slot] as number) + (said - (spark.value[slot] as number)) / (count + 1);
      counts[slot] = count + 1;
      lowest = Math.min(lowest, said);
      highest = Math.max(highest, said);
    }
    let known = 0;
    for (let slot = 0; slot < SLOTS; slot += 1) {
      if ((counts[slot] as number) === 0) continue;
      known += 1;
      spark.value[slot] = convert(spark.value[slot] as number);
    }
    return { spark, known, lowest, highest };
  }
}

/** Where the 24 hours begin that end with the running quarter-hour. */
export function sparkFrom(nowMs: number): number {
  return (Math.floor(nowMs / QUARTER_MS) + 1 - SLOTS) * QUARTER_MS;
}

export function noDay(fromMs: number): SparkDay {
  const spark = { fromMs, stepMs: QUARTER_MS, value: new Float64Array(SLOTS).fill(Number.NaN) };
  return { spark, known: 0, lowest: Number.NaN, highest: Number.NaN };
}
