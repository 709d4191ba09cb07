import type { ColumnAnswer } from "#contract/series.ts";

/**
 * History of one series as it is drawn.
 * Shape:   all arrays have one length, ascending in `tMs`.
 * Units:   `tMs` is the instant the row stands for: a sample's own, the middle of a gauge's bucket, the end of a counter's.
 *          A row covers `startMs` to `endMs`; for a sample both are its own instant, for an interval its length.
 *          `counted` is 0 for a sample with a bad status or an alarm: it is shown, but enters no sum; aggregates hold none.
 * Missing: NaN in `value`; `broken` is 1 where nothing may be drawn between this row and the one before.
 */
export interface ChartColumn {
  readonly tMs: Float64Array;
  readonly value: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly count: Float64Array;
  readonly startMs: Float64Array;
  readonly endMs: Float64Array;
  readonly quality: Uint16Array;
  readonly broken: Uint8Array;
  readonly counted: Uint8Array;
}

export const EMPTY_COLUMN: ChartColumn = allocate(0);

/** Where in its bucket an aggregate stands: a register's last value at the end, a price from the start on, a mean in the middle. */
const PLACES: Readonly<Record<string, number>> = { counter: 1, state: 1, price: 0 };

/** An answer of the server as a column to draw. `intervalMs` is the length of the series' intervals, which are stored at their ends. */
export function chartColumn(answer: ColumnAnswer, intervalMs = 0): ChartColumn {
  const length = answer.tMs.length;
  const column = allocate(length);
  const span = answer.mode === "buckets" ? (answer.bucketMs ?? 0) : 0;
  const shift = span * (PLACES[answer.kind] ?? 0.5);
  const gapMs = answer.gapMs ?? Number.POSITIVE_INFINITY;
  for (let row = 0; row < length; row++) {
    const value = answer.value[row] ?? Number.NaN;
    const t = answer.tMs[row] ?? 0;
    column.tMs[row] = t + shift;
    column.startMs[row] = answer.mode === "buckets" ? t : t - intervalMs;
    column.endMs[row] = t + span;
    column.value[row] = value;
    column.min[row] = answer.min?.[row] ?? value;
    column.max[row] = answer.max?.[row] ?? value;
    column.count[row] = answer.n?.[row] ?? 1;
    column.quality[row] = answer.quality[row] ?? 0;
    column.counted[row] = answer.mode === "raw" ? countedOf(column.quality[row] ?? 0) : 1;
    column.broken[row] = row > 0 && t - (answer.tMs[row - 1] ?? 0) > gapMs ? 1 : 0;
  }
  return column;
}

const BAD_BITS = 32 | 64;

/** 1 for a sample that enters sums, 0 for one with an alarm or a bad status. */
export const countedOf = (quality: number): 0 | 1 => ((quality & BAD_BITS) === 0 ? 1 : 0);

export function allocate(length: number): ChartColumn {
  return {
    tMs: new Float64Array(length),
    value: new Float64Array(length),
    min: new Float64Array(length),
    max: new Float64Array(length),
    count: new Float64Array(length),
    startMs: new Float64Array(length),
    endMs: new Float64Array(length),
    quality: new Uint16Array(length),
    broken: new Uint8Array(length),
    counted: new Uint8Array(length),
  };
}

/** Index of the first row at or after an instant. */
export function firstAt(column: ChartColumn, tMs: number): number {
  let low = 0;
  let high = column.tMs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((column.tMs[middle] ?? 0) < tMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Rows of `first`, then rows of `second`; the caller sees to it that they ascend. */
export function joinColumns(parts: readonly ChartColumn[]): ChartColumn {
  const filled = parts.filter((part) => part.tMs.length > 0);
  if (filled.length === 1 && filled[0] !== undefined) return filled[0];
  const joined = allocate(filled.reduce((sum, part) => sum + part.tMs.length, 0));
  let at = 0;
  for (const part of filled) {
    for (const name of NAMES) joined[name].set(part[name], at);
    at += part.tMs.length;
  }
  return joined;
}

/** Rows `from` up to, not including, `to`. */
export function sliceColumn(column: ChartColumn, from: number, to: number): ChartColumn {
  return {
    tMs: column.tMs.subarray(from, to),
    value: column.value.subarray(from, to),
    min: column.min.subarray(from, to),
    max: column.max.subarray(from, to),
    count: column.count.subarray(from, to),
    startMs: column.startMs.subarray(from, to),
    endMs: column.endMs.subarray(from, to),
    quality: column.quality.subarray(from, to),
    broken: column.broken.subarray(from, to),
    counted: column.counted.subarray(from, to),
  };
}

const NAMES = ["tMs", "value", "min", "max", "count", "startMs", "endMs", "quality", "broken", "counted"] as const;
