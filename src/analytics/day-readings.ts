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
  for (let i = 0; i < n; ) {
    const endMs = zone.nextStart("day", tMs[i] as number);
    rows.push(i);
    for (i += 1; i < n && (tMs[i] as number) < endMs; i += 1) {
      // A day of one reading begins and ends with it.
      if ((step[i] as number) !== 0 && rows.at(-1) !== i - 1) rows.push(i - 1);
      if ((step[i] as number) !== 0) rows.push(i);
    }
    if (rows.at(-1) !== i - 1) rows.push(i - 1);
  }
  return rows.length === n ? index : rowsOf(index, rows);
}

function rowsOf(index: MeterIndex, rows: readonly number[]): MeterIndex {
  const into = {
    tMs: new Float64Array(rows.length),
    total: new Float64Array(rows.length),
    register: new Float64Array(rows.length),
    step: new Uint8Array(rows.length),
  };
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i] as number;
    into.tMs[i] = index.tMs[row] as number;
    into.total[i] = index.total[row] as number;
    into.register[i] = index.register[row] as number;
    into.step[i] = index.step[row] as number;
  }
  return into;
}
