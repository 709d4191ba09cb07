/** Which partner a row takes: the nearer one, or only one that is not later (`backward`) or not earlier (`forward`). */
export type PairDirection = "nearest" | "backward" | "forward";

export interface NearestOptions {
  /** How far apart two rows of a pair may be, inclusive. */
  readonly toleranceMs: number;
  /** `nearest` unless said. */
  readonly direction?: PairDirection;
  /** Whether a row at the very same instant is a partner; true unless said. */
  readonly exact?: boolean;
}

/** The index of a row that has no partner. */
export const NO_PARTNER = -1;

/**
 * For each instant of `left` the row of `right` that is nearest in time; of two equally near ones the earlier, of several at one
 * instant the last.
 * Shape:   one index into `right` per row of `left`; both ascend.
 * Missing: NO_PARTNER where none is near enough.
 * Source:  pandas.merge_asof with direction, tolerance and allow_exact_matches.
 */
export function nearestIndex(left: Float64Array, right: Float64Array, { toleranceMs, direction, exact }: NearestOptions): Int32Array {
  const found = new Int32Array(left.length).fill(NO_PARTNER);
  const wanted = { backward: direction !== "forward", forward: direction !== "backward", exact: exact ?? true };
  let [behind, ahead] = [NO_PARTNER, 0];
  for (let i = 0; i < left.length; i += 1) {
    const at = left[i] as number;
    while (behind + 1 < right.length && isBehind(right[behind + 1] as number, at, wanted.exact)) behind += 1;
    while (ahead < right.length && !isBehind(at, right[ahead] as number, wanted.exact)) ahead += 1;
    const backMs = wanted.backward && behind >= 0 ? at - (right[behind] as number) : Infinity;
    const aheadMs = wanted.forward && ahead < right.length ? (right[ahead] as number) - at : Infinity;
    const apartMs = Math.min(backMs, aheadMs);
    if (apartMs < Infinity && apartMs <= toleranceMs) found[i] = backMs <= aheadMs ? behind : ahead;
  }
  return found;
}

function isBehind(earlier: number, later: number, exact: boolean): boolean {
  return exact ? earlier <= later : earlier < later;
}
