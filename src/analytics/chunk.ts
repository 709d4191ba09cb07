import { demandIntervals, type IntervalSettings } from "./demand-intervals.ts";
import type { TimeRange } from "./interval-grid.ts";
import type { Intervals } from "./intervals.ts";
import type { PulseColumns } from "./pulse-messages.ts";
import { spansOf } from "./pulse-stream.ts";

/**
 * Rows of each series that have to be handed over before and after the range of a chunk, besides those in it: habits, momentary
 * faults and silences that reach over its ends are judged from them. Where a source sends totals and deltas, the deltas have to
 * begin no later than the totals that are handed over, and end no earlier.
 */
export const CHUNK_MARGIN_ROWS = 64;

/**
 * Intervals of a range out of its rows and their margin: the same as when derived from all there ever was, so that chunks can be
 * derived one by one, in any order, and kept for as long as none of the rows handed over changes.
 */
export function deriveChunk(columns: PulseColumns, range: TimeRange, settings: IntervalSettings): Intervals {
  return demandIntervals(spansOf(columns, settings), range, settings);
}
