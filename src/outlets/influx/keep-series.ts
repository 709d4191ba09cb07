import { differenceOf } from "./difference.ts";
import type { InfluxPoint, InfluxSeries } from "./point.ts";
import type { InfluxTarget, Stretch } from "./target.ts";

/** What became of the points of a pass. */
export interface Tally {
  written: number;
  removed: number;
  same: number;
}

/** A series of which nothing should be left. */
export const ALWAYS: Stretch = { fromMs: Date.UTC(1900, 0, 1), toMs: Date.UTC(2199, 11, 31) };

/** Makes a series hold exactly these points; what is there already is left alone. */
export async function keepSeries(
  target: InfluxTarget,
  series: InfluxSeries,
  wish: { wanted: readonly InfluxPoint[]; tally: Tally },
): Promise<void> {
  const { write, remove, removed, same } = differenceOf(await target.read(series), wish.wanted);
  // What is written anew must not be removed behind it.
  for (const stretch of remove) await target.remove(series, stretch);
  if (write.length > 0) await target.write(series, write);
  wish.tally.written += write.length;
  wish.tally.removed += removed;
  wish.tally.same += same;
}

/** Adds what is missing or otherwise there; what others put beside it stays. */
export async function addToSeries(
  target: InfluxTarget,
  series: InfluxSeries,
  wish: { wanted: readonly InfluxPoint[]; tally: Tally },
): Promise<void> {
  const { write, same } = differenceOf(await target.read(series), wish.wanted);
  if (write.length > 0) await target.write(series, write);
  wish.tally.written += write.length;
  wish.tally.same += same;
}
