import type { Column } from "./column.ts";
import { BAD_QUALITY } from "./quality.ts";

/** Whether a row says a value that counts. */
export function isGood({ value, quality }: Column, row: number): boolean {
  return !Number.isNaN(value[row] as number) && ((quality[row] as number) & BAD_QUALITY) === 0;
}

/** Indices of the rows that say a value that counts. */
export function goodRows(column: Column): Int32Array {
  const rows = new Int32Array(column.tMs.length);
  let count = 0;
  for (let row = 0; row < rows.length; row += 1) {
    if (!isGood(column, row)) continue;
    rows[count] = row;
    count += 1;
  }
  return rows.subarray(0, count);
}
