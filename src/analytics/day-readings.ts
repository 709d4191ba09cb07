import type { Zone } from "#calendar/zone.ts";
import type { MeterIndex } from "./meter-index.ts";

/**
 * The first and the last reading of each local day, and both ends of every step of which more is known than its amount: enough for
 * every grid of days, months and years, with the same answers.
 */
export function dayReadings(index: MeterIndex, zone: Zone): MeterIndex {
  const { tMs, step } = index;
  const n = tMs.length;
  const rows: number[] = [];
  let endMs = -Infinity;
  let isFirst = false;
  for (let i = 0; i < n; i += 1) {
    isFirst = (tMs[i] as number) >= endMs;
    if (isFirst) endMs = zone.nextStart("day", tMs[i] as number);
    const isLast = i === n - 1 || (tMs[i + 1] as number) >= endMs;
    if (isFirst || isLast || step[i] !== 0 || (step[i + 1] ?? 0) !== 0) rows.push(i);
  }
  return rows.length === n ? index : rowsOf(index, rows);
}

function rowsOf(index: MeterIndex, rows: readonly number[]): MeterIndex {
  const pick = (from: Float64Array) => Float64Array.from(rows, (row) => from[row] as number);
  return {
    tMs: pick(index.tMs),
    total: pick(index.total),
    register: pick(index.register),
    step: Uint8Array.from(rows, (row) => index.step[row] as number),
  };
}
