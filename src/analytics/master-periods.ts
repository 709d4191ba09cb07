import { lowerBound } from "#series/column.ts";
import type { TimeRange } from "./interval-grid.ts";
import { CONSUMED, type MeterConsumption } from "./meter-consumption.ts";

/** The edges within a range and its two ends: what a part is asked for that counts only then. Empty where the range touches no row. */
export function clippedEdges(edgesMs: Float64Array, range: TimeRange): Float64Array {
  const fromMs = Math.max(range.fromMs, edgesMs[0] ?? Infinity);
  const toMs = Math.min(range.toMs, edgesMs.at(-1) ?? -Infinity);
  if (!(fromMs < toMs)) return new Float64Array(0);
  const inner = edgesMs.subarray(lowerBound(edgesMs, fromMs), lowerBound(edgesMs, toMs));
  return Float64Array.from([...(inner[0] === fromMs ? [] : [fromMs]), ...inner, toMs]);
}

/** The edges with instants between them at which something changes (a gas conversion, a price). */
export function splitEdges(edgesMs: Float64Array, atMs: readonly number[]): Float64Array {
  const last = edgesMs.at(-1) ?? -Infinity;
  const cuts = atMs.filter((tMs) => tMs > (edgesMs[0] ?? Infinity) && tMs < last);
  return Float64Array.from(new Set([...edgesMs, ...cuts])).sort();
}

/**
 * Rows put together out of pieces that lie one after another: the periods of a master, or a year in two conversions.
 * Shape:   every row of a piece lies within one of the rows; pieces do not overlap.
 * Missing: time that no piece covers is missing; NaN where nothing is known of a row.
 */
export function joinPieces(edgesMs: Float64Array, pieces: readonly MeterConsumption[]): MeterConsumption {
  const rows = Math.max(0, edgesMs.length - 1);
  const into: MeterConsumption = {
    edgesMs,
    amount: new Float64Array(rows).fill(Number.NaN),
    measured: new Float64Array(rows).fill(Number.NaN),
    missingMs: Float64Array.from({ length: rows }, (_, row) => (edgesMs[row + 1] as number) - (edgesMs[row] as number)),
    flags: new Uint16Array(rows),
  };
  for (const piece of pieces) put(piece, into);
  for (let row = 0; row < rows; row += 1) {
    if ((into.missingMs[row] as number) > 0) into.flags[row] = (into.flags[row] as number) | CONSUMED.incomplete;
  }
  return into;
}

function put(piece: MeterConsumption, into: MeterConsumption): void {
  let row = 0;
  for (let i = 0; i < piece.amount.length; i += 1) {
    const fromMs = piece.edgesMs[i] as number;
    while (row < into.amount.length && (into.edgesMs[row + 1] as number) <= fromMs) row += 1;
    if (row >= into.amount.length || fromMs < (into.edgesMs[row] as number)) continue;
    into.flags[row] = (into.flags[row] as number) | ((piece.flags[i] as number) & ~CONSUMED.incomplete);
    if (Number.isNaN(piece.amount[i] as number)) continue;
    const knownMs = (piece.edgesMs[i + 1] as number) - fromMs - (piece.missingMs[i] as number);
    into.missingMs[row] = (into.missingMs[row] as number) - knownMs;
    into.amount[row] = (piece.amount[i] as number) + orZero(into.amount[row] as number);
    into.measured[row] = (piece.measured[i] as number) + orZero(into.measured[row] as number);
  }
}

function orZero(value: number): number {
  return Number.isNaN(value) ? 0 : value;
}
