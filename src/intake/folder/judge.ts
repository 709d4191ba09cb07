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

/** What counted before a file was stored. */
export interface State {
  readonly known: KnownIntervals;
  /** What is different now. */
  difference(): Promise<Difference>;
}

/** Asks the reports of a point what counts now; handed in, since intake knows nothing of bills. Missing: undefined where nobody reports on it. */
export type Judge = (where: Place, range: Range) => Promise<State | undefined>;

export type Difference = Pick<ImportReport, "energyKwh" | "peak" | "changed" | "bills">;
