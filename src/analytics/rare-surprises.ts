import { median } from "./median.ts";

/** Surprises this far out tell how a tail falls: so many at least, or this share of all. */
const LEAST_ROWS = 20;
const SHARE = 0.1;
/** Quantiles of a tail that falls exponentially lie at -ln(1 - q) times its mean. */
const QUANTILES = [0.5, 0.75, 0.9] as const;

/**
 * How large a surprise to one side has to be to come as rarely as `chance`: the tail of those known is taken to fall exponentially
 * beyond its beginning.
 * Missing: Infinity with fewer than forty.
 * Source:  peaks over threshold (J. Pickands, 1975) with an exponential tail, whose mean is told by quantiles so that a few
 *          surprises that are no habit do not stretch it.
 */
export function rareSurprise(ascending: Float64Array, { side, chance }: { readonly side: -1 | 1; readonly chance: number }): number {
  const rows = ascending.length;
  const tail = Math.max(LEAST_ROWS, Math.floor(SHARE * rows));
  if (rows < 2 * LEAST_ROWS) return Infinity;
  const rankedUp = (row: number): number => side * (ascending[side > 0 ? row : rows - 1 - row] as number);
  const begin = rankedUp(rows - tail - 1);
  const means = QUANTILES.map((q) => (rankedUp(rows - tail + Math.floor(q * tail)) - begin) / -Math.log(1 - q));
  return begin + median(means) * Math.log(tail / rows / chance);
}
