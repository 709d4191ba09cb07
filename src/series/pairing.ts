import { carriedIndex } from "./carried.ts";
import { isChangeOfValue, type Speaking } from "./change-of-value.ts";
import { type Column, lowerBound } from "./column.ts";
import { goodRows } from "./good-rows.ts";
import { NO_PARTNER, nearestIndex } from "./nearest.ts";
import type { Silence } from "./silence.ts";

/** How partners were found: the nearest in time, the last said for as long as it holds, or carried no longer than two of its intervals. */
export type PairingHow = "nearest" | "carried" | "interval";

export interface PairingOptions {
  /** For polled points. */
  readonly toleranceMs: number;
  readonly silences?: readonly Silence[];
  /** How the right column speaks; left out, it is told from its rows. */
  readonly speaking?: Speaking;
}

/** Rows of one column brought to those of another. */
export interface Pairing {
  /** One index into the right column per row of the left; NO_PARTNER where there is none. */
  readonly index: Int32Array;
  readonly how: PairingHow;
  /** One sentence. */
  readonly because: string;
  /** Rows of the left column that found no partner. */
  readonly unpaired: number;
}

/**
 * A polled point is paired by nearness where so many rows find a partner, good or bad; where fewer do, it is polled less often or at
 * other hours. One that is polled half as often finds half of them: nearness would drop the others.
 */
const ENOUGH = 0.75;
const INTERVALS = 2;

/**
 * Brings `right` to the instants of `left`, in the way that fits how `right` speaks: what speaks on change is carried forward until a
 * bad status, its next sample or a silence of the station; what is polled is taken from nearby, or carried for two of its
 * intervals where it is polled less often or at other times.
 * Shape:   both ascend; `right` begins with the last row before the range where there is one.
 * Missing: rows without a value or of bad status are nobody's partner.
 */
export function pairingOf(left: Pick<Column, "tMs">, right: Column, { toleranceMs, silences = [], ...given }: PairingOptions): Pairing {
  const speaking = given.speaking ?? isChangeOfValue(right, { silences });
  if (speaking.changeOfValue) {
    return told(carriedIndex(left.tMs, right, { silences }), "carried", speaking.because);
  }
  const near = nearestIndex(left.tMs, right.tMs, { toleranceMs });
  if (partners(near) >= ENOUGH * rowsWithin(left.tMs, right.tMs, toleranceMs))
    return told(nearestGood(left.tMs, right, { toleranceMs, near }), "nearest", speaking.because);
  const mostAgeMs = INTERVALS * speaking.usualMs;
  const because = `${speaking.because} Its samples lie at other times, so each is carried for ${INTERVALS} intervals at most.`;
  return told(carriedIndex(left.tMs, right, { mostAgeMs, silences }), "interval", because);
}

/** The nearest rows among those that say something. */
function nearestGood(
  left: Float64Array,
  right: Column,
  { toleranceMs, near }: { readonly toleranceMs: number; readonly near: Int32Array },
): Int32Array {
  const rows = goodRows(right);
  if (rows.length === right.tMs.length) return near;
  const tMs = new Float64Array(rows.length);
  for (let i = 0; i < tMs.length; i += 1) tMs[i] = right.tMs[rows[i] as number] as number;
  const index = nearestIndex(left, tMs, { toleranceMs });
  for (let i = 0; i < index.length; i += 1) if (index[i] !== NO_PARTNER) index[i] = rows[index[i] as number] as number;
  return index;
}

function rowsWithin(left: Float64Array, right: Float64Array, toleranceMs: number): number {
  const from = lowerBound(left, (right[0] ?? Infinity) - toleranceMs);
  return lowerBound(left, (right[right.length - 1] ?? -Infinity) + toleranceMs) - from;
}

function partners(index: Int32Array): number {
  let count = 0;
  for (let i = 0; i < index.length; i += 1) if (index[i] !== NO_PARTNER) count += 1;
  return count;
}

function told(index: Int32Array, how: PairingHow, because: string): Pairing {
  return { index, how, because, unpaired: index.length - partners(index) };
}
