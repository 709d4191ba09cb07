import type { Column } from "./column.ts";
import { isGood } from "./good-rows.ts";
import { NO_PARTNER } from "./nearest.ts";
import type { Silence } from "./silence.ts";

export interface CarryOptions {
  /** Oldest a value may be, inclusive; left out for points that speak when they change: a setpoint holds for days. */
  readonly mostAgeMs?: number;
  /** Silences of the whole station, ascending: nothing is carried over one. */
  readonly silences?: readonly Silence[];
}

/**
 * For each instant of `left` the row of `right` whose value still holds: the last one at or before it. A row of bad status or
 * without a value ends what was carried and carries nothing; a row after a start of the history carries its own value, whatever
 * was before.
 * Shape:   one index into `right` per row of `left`; both ascend. `right` begins with the last row before the first of `left`
 *          where there is one.
 * Missing: NO_PARTNER where nothing holds.
 */
export function carriedIndex(left: Float64Array, right: Column, { mostAgeMs = Infinity, silences = [] }: CarryOptions = {}): Int32Array {
  const found = new Int32Array(left.length).fill(NO_PARTNER);
  let [row, silence] = [NO_PARTNER, 0];
  for (let i = 0; i < left.length; i += 1) {
    const at = left[i] as number;
    while (row + 1 < right.tMs.length && (right.tMs[row + 1] as number) <= at) row += 1;
    if (row === NO_PARTNER || !isGood(right, row)) continue;
    const saidMs = right.tMs[row] as number;
    while (silence < silences.length && (silences[silence] as Silence).fromMs < saidMs) silence += 1;
    // The first silence that began when the value was said or later: an instant within it is as unknown as one behind it.
    const quietMs = silences[silence]?.fromMs ?? Infinity;
    if (at - saidMs <= mostAgeMs && at <= quietMs) found[i] = row;
  }
  return found;
}

/**
 * Values of the rows an index names, in another unit where `convert` says how.
 * Missing: NaN where there is no partner.
 */
export function valuesAt(index: Int32Array, value: Float64Array, convert?: (value: number) => number): Float64Array {
  const taken = new Float64Array(index.length).fill(Number.NaN);
  for (let i = 0; i < index.length; i += 1) {
    const row = index[i] as number;
    if (row !== NO_PARTNER) taken[i] = convert ? convert(value[row] as number) : (value[row] as number);
  }
  return taken;
}
