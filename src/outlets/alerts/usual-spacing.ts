import { medianSpacing } from "#analytics/median-spacing.ts";
import type { Store } from "#store/store.ts";

/** Enough for a habit, cheap for many series. */
const RECENT = 33;
const EVER = { fromMs: -8.64e15, toMs: 8.64e15 } as const;

/** Median distance of the newest samples of a series. Missing: NaN with fewer than three. */
export async function usualSpacingMs(store: Pick<Store, "read">, seriesId: number): Promise<number> {
  return medianSpacing((await store.read(seriesId, EVER, { limit: -RECENT })).tMs);
}
