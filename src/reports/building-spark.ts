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
  readonly #store: Pick<Store, "readBuckets">;
  readonly #kept = new Map<number, Kept>();

  constructor(store: Pick<Store, "readBuckets">) {
    this.#store = store;
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
    const { tMs, sum, n, min, max } = await this.#store.readBuckets(series.id, { fromMs, toMs: fromMs + SLOTS * QUARTER_MS }, QUARTER_MS);
    const convert = (series.unit === unit ? undefined : conversion(series.unit, unit)) ?? ((value: number) => value);
    const { spark } = noDay(fromMs);
    let [known, lowest, highest] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let row = 0; row < tMs.length; row += 1) {
      const count = n[row] as number;
      const slot = ((tMs[row] as number) - fromMs) / QUARTER_MS;
      if (count === 0 || slot < 0 || slot >= SLOTS) continue;
      spark.value[slot] = convert((sum[row] as number) / count);
      known += 1;
      lowest = Math.min(lowest, min[row] as number);
      highest = Math.max(highest, max[row] as number);
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
