import { valuesAt } from "#series/carried.ts";
import type { Column } from "#series/column.ts";
import { goodRows } from "#series/good-rows.ts";
import { NO_PARTNER, nearestIndex } from "#series/nearest.ts";

/** The older system's merge tolerance. */
const TOLERANCE_MS = 30_000;

/** Samples of one column with what the nearest sample of another says; those without one near enough are not there. */
export interface SeedPairs {
  readonly tMs: Float64Array;
  readonly value: Float64Array;
  readonly partner: Float64Array;
}

/** Pairs as the older system makes them, of what both have good values of. A number is a partner of every row. */
export function seedPairs(column: Column, other: Column | number, toleranceMs: number = TOLERANCE_MS): SeedPairs {
  const left = good(column);
  if (typeof other === "number") return { ...left, partner: new Float64Array(left.tMs.length).fill(other) };
  const right = good(other);
  const index = nearestIndex(left.tMs, right.tMs, { toleranceMs });
  const kept = (_: number, row: number): boolean => index[row] !== NO_PARTNER;
  return { tMs: left.tMs.filter(kept), value: left.value.filter(kept), partner: valuesAt(index, right.value).filter(kept) };
}

function good(column: Column): Pick<Column, "tMs" | "value"> {
  const rows = goodRows(column);
  return {
    tMs: Float64Array.from(rows, (row) => column.tMs[row] as number),
    value: Float64Array.from(rows, (row) => column.value[row] as number),
  };
}
