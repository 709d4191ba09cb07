import { type Factors, kwhPerPulseAt } from "#analytics/factors.ts";
import type { Intervals } from "#analytics/intervals.ts";
import type { Range, Store } from "#store/store.ts";
import { conversion } from "#units/unit.ts";
import { type CounterScale, scaleAt } from "./counter-scale.ts";
import { NO_LAYER } from "./interval-columns.ts";
import type { IntervalRow } from "./plant-answers.ts";
import type { SourceSeries } from "./plant-series.ts";

/** Lifetime register in kWh by the end of an interval. Missing: NaN. */
export type RegisterAt = (endMs: number) => number;

/** Intervals as rows. */
export function rowsOf(intervals: Intervals, registerAt: RegisterAt): IntervalRow[] {
  return Array.from(intervals.tMs, (_, row) => rowOf(intervals, row, registerAt));
}

/** One interval as a row. */
export function rowOf(intervals: Intervals, row: number, registerAt: RegisterAt): IntervalRow {
  const layer = intervals.layer[row] as number;
  const endMs = intervals.tMs[row] as number;
  const source = layer === NO_LAYER ? undefined : intervals.layers[layer];
  return {
    endMs,
    energyKwh: intervals.energyKwh[row] as number,
    powerKw: intervals.powerKw[row] as number,
    demandKw: intervals.demandKw[row] as number,
    possibleKw: intervals.possibleKw[row] as number,
    pulses: intervals.pulses[row] as number,
    totalKwh: registerAt(endMs),
    quality: intervals.quality[row] as number,
    coverage: intervals.coverage[row] as number,
    ...(source === undefined ? {} : { source }),
  };
}

/** What is asked of the register: the sources, what a pulse is worth, and how long an interval is. */
export interface RegisterQuestion {
  readonly sources: readonly SourceSeries[];
  readonly factors: Factors;
  readonly lengthMs: number;
  /** Of registers in energy. */
  readonly scale?: CounterScale | undefined;
}

/**
 * Registers of a range by the ends of intervals: as a source says it of that interval, the one that counts most first, else
 * the last count of pulses before its end.
 */
export async function registerOf(store: Pick<Store, "read" | "readBuckets">, range: Range, about: RegisterQuestion): Promise<RegisterAt> {
  const { sources, factors, lengthMs, scale } = about;
  const said = new Map<number, number>();
  const span = { fromMs: range.fromMs, toMs: range.toMs + 1 };
  for (const { pulsesTotal } of sources) {
    if (pulsesTotal === undefined) continue;
    const buckets = await store.readBuckets(pulsesTotal.id, span, lengthMs);
    for (let i = 0; i < buckets.tMs.length; i++) {
      const endMs = (buckets.tMs[i] as number) + lengthMs;
      const total = (buckets.last[i] as number) * kwhPerPulseAt(factors, endMs);
      if (!Number.isNaN(total)) said.set(endMs, total);
    }
  }
  for (const { counter } of sources) {
    if (counter === undefined) continue;
    const toKwh = conversion(counter.unit, "kWh") as (value: number) => number;
    const buckets = await store.readBuckets(counter.id, span, lengthMs);
    for (let i = 0; i < buckets.tMs.length; i++) {
      const endMs = (buckets.tMs[i] as number) + lengthMs;
      const total = toKwh(buckets.last[i] as number) * (scale === undefined ? 1 : scaleAt(scale, endMs));
      if (!Number.isNaN(total)) said.set(endMs, total);
    }
  }
  for (const { energyTotal } of sources) {
    if (energyTotal === undefined) continue;
    const { tMs, value } = await store.read(energyTotal.id, span);
    for (let i = 0; i < tMs.length; i++) if (!Number.isNaN(value[i])) said.set(tMs[i] as number, value[i] as number);
  }
  return (endMs) => said.get(endMs) ?? Number.NaN;
}
