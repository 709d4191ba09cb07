import type { Store } from "#store/store.ts";

/** Enough for a habit, cheap for many series. */
const RECENT = 33;
const FEWEST = 3;
const EVER = { fromMs: -8.64e15, toMs: 8.64e15 } as const;

/** Median distance of the newest samples of a series. Missing: NaN with fewer than three. */
export async function usualSpacingMs(store: Pick<Store, "read">, seriesId: number): Promise<number> {
  return medianSpacing((await store.read(seriesId, EVER, { limit: -RECENT })).tMs);
}

/** Median distance of neighbours. Missing: NaN with fewer than three instants. */
export function medianSpacing(tMs: Float64Array): number {
  if (tMs.length < FEWEST) return Number.NaN;
  const distances = Float64Array.from({ length: tMs.length - 1 }, (_, i) => (tMs[i + 1] as number) - (tMs[i] as number)).sort();
  return distances[distances.length >> 1] as number;
}
