import type { MeterIndex } from "./meter-index.ts";
import { STEP } from "./meter-index.ts";

/** Steps of which nobody knows what was used, or only guesses. */
const NOT_READ = STEP.unknown | STEP.estimated;

/**
 * What a meter counted between neighbouring edges, as far as readings tell it: an edge between two readings that are near enough
 * to each other lies on the line between them.
 * Shape:   one row less than `edgesMs`, which ascend.
 * Missing: NaN where the readings around an edge are further apart than `mostApartMs`, there are none, or a step between is unknown.
 */
export function countedBetween(index: MeterIndex, edgesMs: Float64Array, mostApartMs: number): Float64Array {
  const amounts = new Float64Array(Math.max(0, edgesMs.length - 1)).fill(Number.NaN);
  let before: Place = { total: Number.NaN, row: 0 };
  let row = 0;
  for (let i = 0; i < edgesMs.length; i += 1) {
    const tMs = edgesMs[i] as number;
    while (row < index.tMs.length && (index.tMs[row] as number) < tMs) row += 1;
    const here = { total: totalAt(index, row, { tMs, mostApartMs }), row };
    if (i > 0 && !isUnread(index, { row: before.row, tMs: edgesMs[i - 1] as number }, here.row)) amounts[i - 1] = here.total - before.total;
    before = here;
  }
  return amounts;
}

interface Place {
  readonly total: number;
  /** First reading at or behind it. */
  readonly row: number;
}

/** The total at an instant; `row` is the first reading at or behind it. Missing: NaN. */
function totalAt({ tMs: atMs, total }: MeterIndex, row: number, { tMs, mostApartMs }: { tMs: number; mostApartMs: number }): number {
  if (row >= atMs.length) return Number.NaN;
  const afterMs = atMs[row] as number;
  if (afterMs === tMs) return total[row] as number;
  if (row === 0) return Number.NaN;
  const beforeMs = atMs[row - 1] as number;
  if (afterMs - beforeMs > mostApartMs) return Number.NaN;
  const from = total[row - 1] as number;
  return from + (((total[row] as number) - from) * (tMs - beforeMs)) / (afterMs - beforeMs);
}

/** Whether a step that reaches into the stretch is not read. A step belongs to the row it ends at. */
function isUnread({ tMs, step }: MeterIndex, from: { readonly row: number; readonly tMs: number }, toRow: number): boolean {
  const first = tMs[from.row] === from.tMs ? from.row + 1 : from.row;
  for (let row = first; row <= toRow && row < step.length; row += 1) if (((step[row] as number) & NOT_READ) !== 0) return true;
  return false;
}
