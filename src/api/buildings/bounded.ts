import { bucketWidth } from "#api/bucket-width.ts";
import { figure } from "#api/plants/wire.ts";
import type { RoleColumn } from "#contract/building-parts.ts";
import type { ZoneDetail } from "#reports/building-answers.ts";
import type { Column } from "#series/column.ts";
import type { Range } from "#store/store.ts";

/** More rows than a wide screen has columns of pixels show nothing more. */
const BUDGET = 2_000;

type Drawn = ZoneDetail["columns"] extends ReadonlyMap<string, infer One> ? One : never;

interface Rows {
  readonly tMs: readonly number[];
  readonly value: readonly number[];
  readonly bucketMs: number | null;
}

/** A column of one role with no more rows than a screen can show: values as means of whole buckets, steps as the steps there are. */
export function boundedColumn(role: string, drawn: Drawn, range: Range): RoleColumn {
  const { column, changeOfValue } = drawn;
  const rows = changeOfValue ? steps(column, range) : means(column, range);
  return {
    role,
    series: drawn.series,
    unit: drawn.unit,
    changeOfValue,
    bucketMs: rows.bucketMs,
    tMs: [...rows.tMs],
    value: rows.value.map(figure),
  };
}

const whole = ({ tMs, value }: Column): Rows => ({ tMs: [...tMs], value: [...value], bucketMs: null });

function means(column: Column, range: Range): Rows {
  if (column.tMs.length <= BUDGET) return whole(column);
  const bucketMs = bucketWidth(range, BUDGET);
  const rows = buckets(column, bucketMs);
  return {
    tMs: rows.map(([start]) => start * bucketMs),
    value: rows.map(([, from, to]) => mean(column.value.subarray(from, to))),
    bucketMs,
  };
}

/** A value that repeats the one before adds no step; of too many steps each bucket keeps its last. */
function steps(column: Column, range: Range): Rows {
  if (column.tMs.length <= BUDGET) return whole(column);
  const last = column.tMs.length - 1;
  const changes = kept(column, (i) => i === 0 || i === last || !Object.is(column.value[i], column.value[i - 1]));
  if (changes.tMs.length <= BUDGET) return whole(changes);
  const bucketMs = bucketWidth(range, BUDGET);
  const ends = buckets(changes, bucketMs).map(([, , to]) => to - 1);
  return { tMs: ends.map((i) => changes.tMs[i] as number), value: ends.map((i) => changes.value[i] as number), bucketMs };
}

function kept(column: Column, holds: (i: number) => boolean): Column {
  const rows = Array.from(column.tMs.keys()).filter(holds);
  const of = (values: Float64Array) => Float64Array.from(rows, (i) => values[i] as number);
  return { tMs: of(column.tMs), value: of(column.value), quality: Uint16Array.from(rows, (i) => column.quality[i] as number) };
}

/** Number of each bucket that has rows, with its first row and the one after its last. */
function buckets({ tMs }: Column, bucketMs: number): [bucket: number, from: number, to: number][] {
  const found: [number, number, number][] = [];
  for (const [i, t] of tMs.entries()) {
    const bucket = Math.floor(t / bucketMs);
    const last = found.at(-1);
    if (last?.[0] === bucket) last[2] = i + 1;
    else found.push([bucket, i, i + 1]);
  }
  return found;
}

function mean(values: Float64Array): number {
  let sum = 0;
  let n = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    n += 1;
  }
  return n === 0 ? Number.NaN : sum / n;
}
