import type { Series } from "#sites/registry.ts";
import type { Range, Store } from "#store/store.ts";
import { powerColumn, toWatts } from "./home-power.ts";
import { gapOf, type PowerRows, rowsOfBuckets, rowsOfReadings, withGaps } from "./home-rows.ts";

type Reader = Pick<Store, "read" | "readBuckets" | "extent">;

/** A stretch of which one gauge tells the power. */
export interface GaugePart {
  readonly series: Series;
  readonly range: Range;
}

/**
 * Who tells the power of a range: the gauge that counts most as long as it has been read, and before and after it the others.
 * Shape:  parts in order of time; none where nobody does.
 */
export async function gaugesOver(store: Reader, powers: readonly Series[], range: Range): Promise<GaugePart[]> {
  if (powers.length < 2) return powers.map((series) => ({ series, range }));
  const extents = await store.extent(powers.map(({ id }) => id));
  let free: Range[] = [range];
  const parts: GaugePart[] = [];
  for (const series of powers.toReversed()) {
    const known = extents.find(({ seriesId, count }) => seriesId === series.id && count > 0);
    if (known === undefined) continue;
    const own = { fromMs: known.firstMs, toMs: known.lastMs + 1 };
    parts.push(...free.map((one) => ({ series, range: both(one, own) })).filter((part) => isStretch(part.range)));
    free = free.flatMap((one) => [both(one, { ...one, toMs: own.fromMs }), both(one, { ...one, fromMs: own.toMs })]).filter(isStretch);
  }
  return parts.sort((a, b) => a.range.fromMs - b.range.fromMs);
}

function both(a: Range, b: Range): Range {
  return { fromMs: Math.max(a.fromMs, b.fromMs), toMs: Math.min(a.toMs, b.toMs) };
}

function isStretch({ fromMs, toMs }: Range): boolean {
  return fromMs < toMs;
}

/** Power as it was sent, nothing in its gaps: readings where they fit into so many rows, else buckets. Missing: undefined where nobody sent a number. */
export async function gaugeRows(
  store: Reader,
  parts: readonly GaugePart[],
  { points, stepMs }: { readonly points: number; readonly stepMs: number },
): Promise<PowerRows | undefined> {
  const readings = await Promise.all(parts.map(({ series, range }) => powerColumn(store, series, { range, limit: points + 1 })));
  const count = readings.reduce((sum, { tMs }) => sum + tMs.length, 0);
  const rows =
    count <= points
      ? readings.map(rowsOfReadings)
      : await Promise.all(
          parts.map(async ({ series, range }) => rowsOfBuckets(await store.readBuckets(series.id, range, stepMs), toWatts(series))),
        );
  const all = inTurn(rows.filter(({ tMs }) => tMs.length > 0).map(withGaps));
  return all?.powerW.some((watts) => !Number.isNaN(watts)) ? all : undefined;
}

/** Rows of parts that follow one another. Where one ends and the next begins in one row, that of the next stands, as wide as both. */
function inTurn(parts: readonly PowerRows[]): PowerRows | undefined {
  const [first, ...others] = parts;
  return first && others.reduce((a, b) => (a.tMs.at(-1) === b.tMs[0] ? sharing(a, b) : joined(joined(a, silence(a, b)), b)), first);
}

function sharing(a: PowerRows, b: PowerRows): PowerRows {
  const seam = a.tMs.length - 1;
  const rows = joined(cut(a, seam), b);
  rows.minW[seam] = ofKnown(a.minW[seam], b.minW[0], Math.min);
  rows.maxW[seam] = ofKnown(a.maxW[seam], b.maxW[0], Math.max);
  rows.quality[seam] = (a.quality[seam] ?? 0) | (b.quality[0] ?? 0);
  return rows;
}

/** A row without numbers where nobody was heard between two parts. */
function silence(a: PowerRows, b: PowerRows): PowerRows {
  const fromMs = a.tMs.at(-1) as number;
  const apartMs = (b.tMs[0] as number) - fromMs;
  const none = Float64Array.of(Number.NaN);
  const row = {
    ...a,
    tMs: Float64Array.of(fromMs + Math.max(1, a.stepMs)),
    powerW: none,
    minW: none,
    maxW: none,
    quality: new Uint16Array(1),
  };
  return apartMs > Math.max(gapOf(a.tMs), gapOf(b.tMs), a.stepMs) ? row : cut(row, 0);
}

function cut({ tMs, powerW, minW, maxW, quality, stepMs }: PowerRows, until: number): PowerRows {
  const column = (one: Float64Array): Float64Array => one.subarray(0, until);
  return { stepMs, tMs: column(tMs), powerW: column(powerW), minW: column(minW), maxW: column(maxW), quality: quality.subarray(0, until) };
}

function joined(a: PowerRows, b: PowerRows): PowerRows {
  const column = (name: "tMs" | "powerW" | "minW" | "maxW"): Float64Array => Float64Array.from([...a[name], ...b[name]]);
  return {
    stepMs: a.stepMs,
    ...{ tMs: column("tMs"), powerW: column("powerW"), minW: column("minW"), maxW: column("maxW") },
    quality: Uint16Array.from([...a.quality, ...b.quality]),
  };
}

/** Of two numbers, of which one may be missing. */
function ofKnown(a = Number.NaN, b = Number.NaN, of: (...both: number[]) => number): number {
  return Number.isNaN(a) ? b : Number.isNaN(b) ? a : of(a, b);
}
