import type { Intervals } from "#analytics/intervals.ts";
import { BAD_QUALITY } from "#series/quality.ts";
import type { Range } from "#store/store.ts";

/** Layer of an interval nobody said anything about. */
export const NO_LAYER = 255;

/** The rows of intervals that end within (fromMs, toMs], without copying. */
export function within(intervals: Intervals, range: Range): Intervals {
  const from = firstAfter(intervals.tMs, range.fromMs);
  const to = firstAfter(intervals.tMs, range.toMs);
  if (from === 0 && to === intervals.tMs.length) return intervals;
  return {
    ...intervals,
    tMs: intervals.tMs.subarray(from, to),
    energyKwh: intervals.energyKwh.subarray(from, to),
    demandKw: intervals.demandKw.subarray(from, to),
    powerKw: intervals.powerKw.subarray(from, to),
    possibleKw: intervals.possibleKw.subarray(from, to),
    quality: intervals.quality.subarray(from, to),
    coverage: intervals.coverage.subarray(from, to),
    pulses: intervals.pulses.subarray(from, to),
    layer: intervals.layer.subarray(from, to),
  };
}

/** Index of the first row later than an instant. */
export function firstAfter(tMs: Float64Array, atMs: number): number {
  let low = 0;
  let high = tMs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((tMs[middle] as number) <= atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Pieces that follow one another as one. Errors: throws where they are of different lengths or sources, which is our mistake. */
export function joined(pieces: readonly Intervals[]): Intervals {
  const [first] = pieces;
  if (first === undefined) throw new RangeError("There is nothing to join.");
  if (pieces.length === 1) return first;
  const strange = pieces.find((piece) => piece.lengthMs !== first.lengthMs || piece.layers.join() !== first.layers.join());
  if (strange !== undefined) throw new RangeError("Intervals of different lengths or sources are not joined.");
  const n = pieces.reduce((sum, piece) => sum + piece.tMs.length, 0);
  const all = {
    tMs: new Float64Array(n),
    energyKwh: new Float64Array(n),
    demandKw: new Float64Array(n),
    powerKw: new Float64Array(n),
    possibleKw: new Float64Array(n),
    quality: new Uint16Array(n),
    coverage: new Float32Array(n),
    pulses: new Float64Array(n),
    layer: new Uint8Array(n),
  };
  let at = 0;
  for (const piece of pieces) {
    for (const name of Object.keys(all) as (keyof typeof all)[]) all[name].set(piece[name], at);
    at += piece.tMs.length;
  }
  return { lengthMs: first.lengthMs, layers: first.layers, ...all };
}

/** Whether two pieces say the same, row by row. */
export function isSamePiece(a: Intervals, b: Intervals): boolean {
  if (a.tMs.length !== b.tMs.length || a.layers.join() !== b.layers.join()) return false;
  return CHECKED.every((name) => {
    const [one, other] = [a[name], b[name]];
    if (one.buffer === other.buffer && one.byteOffset === other.byteOffset) return true;
    return one.every((value, row) => Object.is(value, other[row]));
  });
}

const CHECKED = ["tMs", "energyKwh", "demandKw", "powerKw", "possibleKw", "quality", "coverage", "pulses", "layer"] as const;

/** A millionth of a kWh: what lies below is noise of adding many numbers. */
const FINEST = 1e6;

/** Sum of what is known. Missing: NaN where nothing is. */
export function sumOf(values: Float64Array): number {
  let sum = 0;
  let known = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (Number.isNaN(value)) continue;
    sum += value;
    known++;
  }
  return known === 0 ? Number.NaN : Math.round(sum * FINEST) / FINEST;
}

export function knownCount(values: Float64Array): number {
  let known = 0;
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i])) known++;
  return known;
}

/** Row of the highest value, the earlier of equal ones; -1 where nothing is known. `counts` leaves rows out. */
export function highestRow(values: Float64Array, counts: (row: number) => boolean = () => true): number {
  let best = -1;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (Number.isNaN(value) || (best >= 0 && value <= (values[best] as number)) || !counts(i)) continue;
    best = i;
  }
  return best;
}

/** Whether the pulse input was trustworthy in an interval. */
export function isValid(quality: number): boolean {
  return (quality & BAD_QUALITY) === 0;
}

/** How many rows have one of these bits. */
export function countWith(quality: Uint16Array, bits: number): number {
  let count = 0;
  for (let i = 0; i < quality.length; i++) if (((quality[i] as number) & bits) !== 0) count++;
  return count;
}

/** Mean of the coverage; 0 where there is no row. */
export function meanCoverage(coverage: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < coverage.length; i++) sum += coverage[i] as number;
  return coverage.length === 0 ? 0 : sum / coverage.length;
}

/** Rows somebody said something about. */
export function observedCount(layer: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < layer.length; i++) if (layer[i] !== NO_LAYER) count++;
  return count;
}
