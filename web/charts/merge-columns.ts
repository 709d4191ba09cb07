import { allocate, type ChartColumn, countedOf, firstAt, joinColumns, sliceColumn } from "./chart-column.ts";
import type { TimeSpan } from "./time-ticks.ts";

/**
 * Lays a finer column over a coarser one: inside `covered`, the span that was asked for, only its rows count, also where it
 * has none; outside, the coarse rows stay, so that there is a picture while the next answer is under way.
 */
export function mergeColumns(coarse: ChartColumn, fine: ChartColumn, covered: TimeSpan): ChartColumn {
  const before = sliceColumn(coarse, 0, firstAt(coarse, covered.fromMs));
  const after = sliceColumn(coarse, firstAt(coarse, covered.toMs), coarse.tMs.length);
  if (fine.tMs.length > 0) return joinColumns([before, fine, after]);
  // Nothing was measured in the span: the rows around it must not be joined by a line.
  return joinColumns([before, brokenAtStart(after)]);
}

function brokenAtStart(column: ChartColumn): ChartColumn {
  if (column.tMs.length === 0) return column;
  const broken = column.broken.slice();
  broken[0] = 1;
  return { ...column, broken };
}

/** Only the rows near a span: what a person panned away from long ago need not be kept. */
export function trimColumn(column: ChartColumn, keep: TimeSpan): ChartColumn {
  return sliceColumn(column, firstAt(column, keep.fromMs), firstAt(column, keep.toMs));
}

export interface LiveRow {
  readonly tMs: number;
  readonly value: number | null;
  readonly quality: number;
}

/** A live sample after the last row; one that is not newer changes nothing. `gapMs` says from which distance on it stands alone. */
export function appendLive(column: ChartColumn, row: LiveRow, rules: { readonly gapMs: number; readonly intervalMs: number }): ChartColumn {
  const length = column.tMs.length;
  const last = column.tMs[length - 1];
  if (last !== undefined && row.tMs <= last) return column;
  const tail = allocate(1);
  const value = row.value ?? Number.NaN;
  tail.tMs[0] = row.tMs;
  tail.value[0] = value;
  tail.min[0] = value;
  tail.max[0] = value;
  tail.startMs[0] = row.tMs - rules.intervalMs;
  tail.endMs[0] = row.tMs;
  tail.count[0] = 1;
  tail.quality[0] = row.quality;
  tail.counted[0] = countedOf(row.quality);
  tail.broken[0] = last !== undefined && row.tMs - last > rules.gapMs ? 1 : 0;
  return joinColumns([column, tail]);
}
