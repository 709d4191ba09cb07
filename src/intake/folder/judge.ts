import type { Place } from "#intake/place.ts";
import type { ImportReport } from "#store/records.ts";
import type { Range } from "#store/store.ts";

/**
 * Intervals of a point as they count, whatever source they come from.
 * Shape:   columns of one length, ascending, by the end of each interval.
 * Missing: NaN where nobody knows the interval.
 */
export interface KnownIntervals {
  readonly tMs: Float64Array;
  readonly energyKwh: Float64Array;
  /** NaN too where the interval does not count as demand. */
  readonly demandKw: Float64Array;
  readonly quality: Uint16Array;
}

/** What the reports say of a point; handed in, since intake knows nothing of bills. */
export interface Judge {
  /** What counts now. Missing: undefined where nobody reports on that point. */
  known(where: Place, range: Range): Promise<KnownIntervals | undefined>;
  /** What is different now from what was known at that instant. Missing: undefined where nobody reports on that point. */
  difference(where: Place, range: Range, beforeMs: number): Promise<Difference | undefined>;
}

export type Difference = Pick<ImportReport, "energyKwh" | "peak" | "changed" | "bills">;
