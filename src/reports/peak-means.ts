import { type Column, lowerBound } from "#series/column.ts";
import type { Range, Store } from "#store/store.ts";
import type { Candidate } from "./peak-candidates.ts";
import { meanIn } from "./peak-curve.ts";
import { goodValue, powerQuarters } from "./peak-quarters.ts";
import { type Stretch, stretchesOf } from "./peak-stretches.ts";

export interface MeanParts {
  readonly store: Pick<Store, "read" | "readBuckets">;
  /** Values that mean "no value". */
  readonly sentinels: readonly number[];
}

/** Rows that may be read in vain rather than be asked around: about what lies in one piece in the store. */
const ROWS_IN_VAIN = 4_000;
/** Rows this long before a window are enough for what is polled. */
const LEAD_MS = 3_600_000;
const EVER_MS = -8.64e15;

/**
 * The mean of a series over an interval and over other windows; NaN unknown. What says nothing at the interval cannot have moved: the
 * other windows are not read then, and nothing of them is answered. `rowsPerMs` is how densely it speaks.
 */
export async function meansOf(
  candidate: Candidate,
  { at, usual, rowsPerMs }: { readonly at: Range; readonly usual: readonly Range[]; readonly rowsPerMs: number },
  parts: MeanParts,
): Promise<{ readonly value: number; readonly usual: readonly number[] }> {
  const windows = [at, ...usual];
  const means = new Array<number>(windows.length).fill(Number.NaN);
  const stretches = stretchesOf(windows, rowsPerMs > 0 ? ROWS_IN_VAIN / rowsPerMs : Number.POSITIVE_INFINITY);
  const first = stretches.findIndex((stretch) => stretch.windows.includes(0));
  for (const stretch of [...stretches.splice(first, 1), ...stretches]) {
    await readInto(means, { candidate, stretch, windows }, parts);
    if (Number.isNaN(means[0])) return { value: Number.NaN, usual: [] };
  }
  return { value: means[0] as number, usual: means.slice(1) };
}

interface Reading {
  readonly candidate: Candidate;
  readonly stretch: Stretch;
  readonly windows: readonly Range[];
}

async function readInto(means: number[], { candidate, stretch, windows }: Reading, parts: MeanParts): Promise<void> {
  const { series, how } = candidate;
  if (how === "counted") {
    const curve = await powerQuarters(series, stretch, parts);
    for (const i of stretch.windows) means[i] = meanIn(curve, windows[i] as Range);
    return;
  }
  const leadMs = how === "holds" ? LEAD_MS : 0;
  const column = await parts.store.read(series.id, { fromMs: stretch.fromMs - leadMs, toMs: stretch.toMs });
  let before: number | undefined;
  for (const i of stretch.windows) {
    const window = windows[i] as Range;
    if (how === "polled") means[i] = plainMean(column, window, { candidate, ...parts });
    else {
      const isTold = lowerBound(column.tMs, window.fromMs + 1) > 0;
      if (!isTold) before ??= await lastBefore(stretch.fromMs - leadMs, { candidate, ...parts });
      means[i] = heldMean(column, window, { candidate, before: before ?? Number.NaN, ...parts });
    }
  }
}

interface Spoken extends MeanParts {
  readonly candidate: Candidate;
}

async function lastBefore(toMs: number, { candidate, store, sentinels }: Spoken): Promise<number> {
  const last = await store.read(candidate.series.id, { fromMs: EVER_MS, toMs }, { limit: -1 });
  return last.tMs.length === 0 ? Number.NaN : candidate.read(goodValue(last, 0, sentinels));
}

/** Of what is polled: the mean of its samples. */
function plainMean(column: Column, { fromMs, toMs }: Range, { candidate, sentinels }: Spoken): number {
  let [sum, n] = [0, 0];
  const end = lowerBound(column.tMs, toMs);
  for (let row = lowerBound(column.tMs, fromMs); row < end; row += 1) {
    const value = candidate.read(goodValue(column, row, sentinels));
    if (Number.isNaN(value)) continue;
    sum += value;
    n += 1;
  }
  return n === 0 ? Number.NaN : sum / n;
}

/** Of what holds until it changes: the mean by time. `before` is what it said before the column. */
function heldMean(column: Column, { fromMs, toMs }: Range, { candidate, sentinels, before }: Spoken & { readonly before: number }): number {
  let [sum, ms] = [0, 0];
  const add = (value: number, from: number, to: number): void => {
    if (Number.isNaN(value) || to <= from) return;
    sum += value * (to - from);
    ms += to - from;
  };
  const { tMs } = column;
  const first = lowerBound(tMs, fromMs + 1) - 1;
  if (first < 0) add(before, fromMs, Math.min(toMs, tMs[0] ?? toMs));
  for (let row = Math.max(0, first); row < tMs.length && (tMs[row] as number) < toMs; row += 1)
    add(candidate.read(goodValue(column, row, sentinels)), Math.max(fromMs, tMs[row] as number), Math.min(toMs, tMs[row + 1] ?? toMs));
  return ms === 0 ? Number.NaN : sum / ms;
}
