import { type Buckets, type Column, lowerBound } from "#series/column.ts";
import { BAD_QUALITY, QUALITY } from "#series/quality.ts";
import type { NewCorrection } from "#store/records.ts";
import type { Range } from "#store/store.ts";

/** A column of a stretch as it is with one correction more. */
export function laidOver(column: Column, planned: NewCorrection, range: Range): Column {
  const from = lowerBound(column.tMs, planned.t0Ms);
  let to = lowerBound(column.tMs, planned.t1Ms);
  if (column.tMs[to] === planned.t1Ms) to += 1;
  if (planned.action === "delete") return without(column, from, to);
  if (planned.action === "add") {
    if (planned.t0Ms < range.fromMs || planned.t0Ms >= range.toMs) return column;
    if (column.tMs[from] !== planned.t0Ms) return withOne(column, from, planned);
  }
  const value = column.value.slice();
  const quality = column.quality.slice();
  for (let row = from; row < to; row += 1) {
    const said = planned.action === "offset" ? (value[row] as number) + planned.value : planned.value;
    const kept = planned.action === "offset" ? (quality[row] as number) : (quality[row] as number) & ~BAD_QUALITY;
    value[row] = said;
    quality[row] = kept | QUALITY.corrected;
  }
  return { ...column, value, quality };
}

function without(column: Column, from: number, to: number): Column {
  const keep = Array.from(column.tMs, (_, row) => row).filter((row) => row < from || row >= to);
  return rowsOf(column, keep);
}

function rowsOf({ tMs, value, quality, code }: Column, rows: readonly number[]): Column {
  return {
    tMs: Float64Array.from(rows, (row) => tMs[row] as number),
    value: Float64Array.from(rows, (row) => value[row] as number),
    quality: Uint16Array.from(rows, (row) => quality[row] as number),
    ...(code === undefined ? {} : { code: Uint16Array.from(rows, (row) => code[row] as number) }),
  };
}

function withOne({ tMs, value, quality, code }: Column, row: number, { t0Ms, value: said }: NewCorrection): Column {
  const put = (column: ArrayLike<number>, one: number): number[] => {
    const all = Array.from(column);
    all.splice(row, 0, one);
    return all;
  };
  return {
    tMs: Float64Array.from(put(tMs, t0Ms)),
    value: Float64Array.from(put(value, said)),
    quality: Uint16Array.from(put(quality, QUALITY.corrected)),
    ...(code === undefined ? {} : { code: Uint16Array.from(put(code, 0)) }),
  };
}

/** The first rows of a column, or its last where the limit is negative. */
export function limited(column: Column, limit: number | undefined): Column {
  if (limit === undefined || Math.abs(limit) >= column.tMs.length) return column;
  const [from, to] = limit < 0 ? [column.tMs.length + limit, column.tMs.length] : [0, limit];
  return {
    tMs: column.tMs.slice(from, to),
    value: column.value.slice(from, to),
    quality: column.quality.slice(from, to),
    ...(column.code === undefined ? {} : { code: column.code.slice(from, to) }),
  };
}

interface Bucket {
  readonly tMs: number;
  readonly good: number[];
  bad: number;
  quality: number;
}

/** Aggregates as a store tells them, out of samples. */
export function bucketsOf(column: Column, bucketMs: number): Buckets {
  const buckets: Bucket[] = [];
  for (const [row, tMs] of column.tMs.entries()) {
    const startMs = Math.floor(tMs / bucketMs) * bucketMs;
    if (buckets.at(-1)?.tMs !== startMs) buckets.push({ tMs: startMs, good: [], bad: 0, quality: 0 });
    const bucket = buckets.at(-1) as Bucket;
    const quality = column.quality[row] as number;
    bucket.quality |= quality;
    if ((quality & BAD_QUALITY) === 0) bucket.good.push(column.value[row] as number);
    else bucket.bad += 1;
  }
  const each = (of: (values: readonly number[]) => number): Float64Array =>
    Float64Array.from(buckets, ({ good }) => (good.length === 0 ? Number.NaN : of(good)));
  return {
    bucketMs,
    tMs: Float64Array.from(buckets, ({ tMs }) => tMs),
    first: each((values) => values[0] as number),
    last: each((values) => values.at(-1) as number),
    min: each((values) => values.reduce((least, value) => Math.min(least, value))),
    max: each((values) => values.reduce((most, value) => Math.max(most, value))),
    sum: each((values) => values.reduce((sum, value) => sum + value, 0)),
    n: Uint32Array.from(buckets, ({ good }) => good.length),
    nBad: Uint32Array.from(buckets, ({ bad }) => bad),
    qualityOr: Uint16Array.from(buckets, ({ quality }) => quality),
  };
}
