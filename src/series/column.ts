/**
 * Samples of one series as columns, ascending in time, one row per instant.
 * Units:   tMs is epoch milliseconds UTC; `value` is in the series' own unit; `code` is a text of the series' code table.
 * Missing: NaN in `value`. `code` 0 means no text; it is left out where no row has one.
 */
export interface Column {
  readonly tMs: Float64Array;
  readonly value: Float64Array;
  readonly quality: Uint16Array;
  readonly code?: Uint16Array;
}

/** No samples at all. */
export const NO_ROWS: Column = { tMs: new Float64Array(0), value: new Float64Array(0), quality: new Uint16Array(0) };

/**
 * Aggregates of one series per bucket [tMs, tMs + bucketMs); buckets without any sample have no row.
 * Samples with a bad-quality bit count in `nBad` and in `qualityOr` alone; a bucket of only such samples has NaN everywhere else.
 */
export interface Buckets {
  readonly bucketMs: number;
  readonly tMs: Float64Array;
  readonly first: Float64Array;
  readonly last: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly sum: Float64Array;
  readonly n: Uint32Array;
  readonly nBad: Uint32Array;
  readonly qualityOr: Uint16Array;
}

/** Index of the first row at or after `tMs`. */
export function lowerBound(sorted: Float64Array, tMs: number, length = sorted.length): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < tMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
