import type { MeterAmounts } from "#analytics/meter-amounts.ts";
import { type Column, NO_ROWS } from "#series/column.ts";
import { BAD_QUALITY } from "#series/quality.ts";
import type { Series } from "#sites/registry.ts";
import type { Range, ReadOptions, Store } from "#store/store.ts";
import { conversion, differenceConversion } from "#units/unit.ts";

/** Who reads one dial, the best rank first, and the unit its readings are told in. */
export interface Dial {
  readonly counters: readonly Series[];
  readonly amounts: readonly Series[];
  readonly unit: string;
}

/** Every registered series of a physical meter. */
export function dialOf(series: readonly Series[], unit: string): Dial {
  return { counters: series.filter(({ kind }) => kind === "counter"), amounts: series.filter(({ kind }) => kind !== "counter"), unit };
}

type Reader = Pick<Store, "read">;

/**
 * The readings of a dial, whoever read it, in its unit: at one instant the better rank counts. What is no number or of bad quality is
 * left out.
 */
export async function readDial(store: Reader, { counters, unit }: Dial, { range, options }: Asked): Promise<Column> {
  return merged(await Promise.all(counters.map((series) => readIn(store, series, { range, options, unit }))));
}

interface Asked {
  readonly range: Range;
  readonly options: ReadOptions;
}

async function readIn(store: Reader, series: Series, { range, options, unit }: Asked & { readonly unit: string }): Promise<Column> {
  return goodRows(inUnit(await store.read(series.id, range, options), series.unit, unit));
}

/** A delta counts since the one before; further apart than this nobody knows since when. */
export const MOST_DELTA_MS = 25 * 3_600_000;

/** What was used in each interval, in the dial's unit, ascending: those of the best rank, where they overlap. Missing: NaN for an interval nobody knows yet. */
export async function readAmounts(store: Reader, { amounts, unit }: Dial, { range, options }: Asked): Promise<MeterAmounts> {
  const all = await Promise.all(
    amounts.map(async (series) =>
      intervalsOf(series, goodRows(differences(await store.read(series.id, range, options), series.unit, unit), true)),
    ),
  );
  return all.reduce<MeterAmounts>((best, next) => besides(best, next), NO_AMOUNTS);
}

const NO_AMOUNTS: MeterAmounts = { fromMs: new Float64Array(0), toMs: new Float64Array(0), amount: new Float64Array(0) };

function intervalsOf({ kind, intervalMs }: Series, { tMs, value }: Column): MeterAmounts {
  const fromMs = new Float64Array(tMs.length);
  for (let i = 0; i < tMs.length; i += 1) {
    const toMs = tMs[i] as number;
    const beforeMs = tMs[i - 1] ?? toMs;
    const lengthMs = kind === "interval" ? (intervalMs ?? 3_600_000) : Math.min(toMs - beforeMs, MOST_DELTA_MS);
    fromMs[i] = toMs - lengthMs;
  }
  return { fromMs, toMs: tMs, amount: value };
}

/** All of the best, and of the next what lies beside them. */
function besides(best: MeterAmounts, next: MeterAmounts): MeterAmounts {
  if (best.toMs.length === 0) return next;
  const rows: [number, number, number][] = [];
  const push = (from: MeterAmounts, i: number): unknown =>
    rows.push([from.fromMs[i] as number, from.toMs[i] as number, from.amount[i] as number]);
  let b = 0;
  for (let i = 0; i < next.toMs.length; i += 1) {
    while (b < best.toMs.length && (best.toMs[b] as number) <= (next.fromMs[i] as number)) push(best, b++);
    const isBeside = b >= best.toMs.length || (best.fromMs[b] as number) >= (next.toMs[i] as number);
    if (isBeside) push(next, i);
  }
  while (b < best.toMs.length) push(best, b++);
  return {
    fromMs: Float64Array.from(rows, ([fromMs]) => fromMs),
    toMs: Float64Array.from(rows, ([, toMs]) => toMs),
    amount: Float64Array.from(rows, ([, , amount]) => amount),
  };
}

function inUnit(column: Column, from: string, to: string): Column {
  const turn = conversion(from, to);
  return turn === undefined || from === to ? column : { ...column, value: column.value.map(turn) };
}

function differences(column: Column, from: string, to: string): Column {
  const turn = differenceConversion(from, to);
  return turn === undefined || from === to ? column : { ...column, value: column.value.map(turn) };
}

/** Rows that are numbers and good; amounts keep those that are no number: nobody knows them. */
function goodRows(column: Column, keepsUnknown = false): Column {
  const { tMs, value, quality } = column;
  const n = tMs.length;
  let good = 0;
  while (good < n && isGood(column, good, keepsUnknown)) good += 1;
  if (good === n) return column;
  const rows = { tMs: tMs.slice(), value: value.slice(), quality: quality.slice() };
  for (let i = good + 1; i < n; i += 1) {
    if (!isGood(column, i, keepsUnknown)) continue;
    rows.tMs[good] = tMs[i] as number;
    rows.value[good] = value[i] as number;
    rows.quality[good] = quality[i] as number;
    good += 1;
  }
  return { tMs: rows.tMs.subarray(0, good), value: rows.value.subarray(0, good), quality: rows.quality.subarray(0, good) };
}

function isGood({ value, quality }: Column, row: number, keepsUnknown: boolean): boolean {
  return ((quality[row] as number) & BAD_QUALITY) === 0 && (keepsUnknown || !Number.isNaN(value[row] as number));
}

/** Columns as one, ascending; at an instant that several have, the first of them counts. */
export function merged(columns: readonly Column[]): Column {
  const some = columns.filter(({ tMs }) => tMs.length > 0);
  if (some.length <= 1) return some[0] ?? NO_ROWS;
  return some.slice(1).reduce(merge, some[0] as Column);
}

function put<Rows extends Column>(into: Rows, at: number, { tMs, value, quality }: Column): Rows {
  into.tMs.set(tMs, at);
  into.value.set(value, at);
  into.quality.set(quality, at);
  return into;
}

function merge(best: Column, next: Column): Column {
  const most = best.tMs.length + next.tMs.length;
  const into = { tMs: new Float64Array(most), value: new Float64Array(most), quality: new Uint16Array(most) };
  if ((best.tMs.at(-1) as number) < (next.tMs[0] as number)) return put(put(into, 0, best), best.tMs.length, next);
  let [b, n, rows] = [0, 0, 0];
  while (b < best.tMs.length || n < next.tMs.length) {
    const bestMs = b < best.tMs.length ? (best.tMs[b] as number) : Infinity;
    const nextMs = n < next.tMs.length ? (next.tMs[n] as number) : Infinity;
    const [from, i] = bestMs <= nextMs ? [best, b] : [next, n];
    into.tMs[rows] = from.tMs[i] as number;
    into.value[rows] = from.value[i] as number;
    into.quality[rows] = from.quality[i] as number;
    rows += 1;
    if (bestMs <= nextMs) b += 1;
    if (nextMs <= bestMs) n += 1;
  }
  return { tMs: into.tMs.subarray(0, rows), value: into.value.subarray(0, rows), quality: into.quality.subarray(0, rows) };
}
