import type { Buckets, Column } from "#series/column.ts";
import type { Range } from "#store/store.ts";

/** Power as rows of a chart. Shape: columns of one length, ascending. Units: W. Missing: NaN. */
export interface PowerRows {
  /** 0 where rows are readings. */
  readonly stepMs: number;
  readonly tMs: Float64Array;
  readonly powerW: Float64Array;
  readonly minW: Float64Array;
  readonly maxW: Float64Array;
  readonly quality: Uint16Array;
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** Widths people read off an axis; from 15 minutes on they are multiples of what the store keeps summed. */
const STEPS_MS: readonly number[] = [
  ...[10, 20, 30].map((seconds) => seconds * SECOND_MS),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 3, 4, 6, 12].map((hours) => hours * HOUR_MS),
];

/** The narrowest width of which a range has no more rows than asked for. */
export function stepOf({ fromMs, toMs }: Range, points: number): number {
  const least = (toMs - fromMs) / Math.max(1, points - 1);
  return STEPS_MS.find((step) => step >= least) ?? Math.ceil(least / DAY_MS) * DAY_MS;
}

/** Readings as they are. */
export function rowsOfReadings({ tMs, value, quality }: Column): PowerRows {
  return { stepMs: 0, tMs, powerW: value, minW: value, maxW: value, quality };
}

/** Buckets as their means. */
export function rowsOfBuckets({ bucketMs, tMs, min, max, sum, n, qualityOr }: Buckets, toW: (value: number) => number): PowerRows {
  return {
    stepMs: bucketMs,
    tMs,
    powerW: sum.map((total, i) => toW(total / (n[i] as number))),
    minW: min.map(toW),
    maxW: max.map(toW),
    quality: qualityOr,
  };
}

/** A silence is none that is shorter. */
const LEAST_GAP_MS = 150_000;
const GAP_TO_USUAL = 3;

/** How far apart rows can be without anything missing between them: three times what three quarters of them are. */
export function gapOf(tMs: Float64Array): number {
  const gaps = new Float64Array(Math.max(0, tMs.length - 1));
  for (let i = 0; i < gaps.length; i++) gaps[i] = (tMs[i + 1] as number) - (tMs[i] as number);
  return Math.max(LEAST_GAP_MS, GAP_TO_USUAL * (gaps.sort()[Math.floor(gaps.length * 0.75)] ?? 0));
}

/** A row without numbers in every gap, so that no line is drawn over it. */
export function withGaps(rows: PowerRows): PowerRows {
  const gapMs = gapOf(rows.tMs);
  const after: number[] = [];
  for (let i = 0; i + 1 < rows.tMs.length; i++) {
    const apart = (rows.tMs[i + 1] as number) - (rows.tMs[i] as number);
    if (apart > gapMs && apart > rows.stepMs) after.push(i);
  }
  if (after.length === 0) return rows;
  const n = rows.tMs.length + after.length;
  const made = {
    stepMs: rows.stepMs,
    tMs: new Float64Array(n),
    powerW: new Float64Array(n),
    minW: new Float64Array(n),
    maxW: new Float64Array(n),
    quality: new Uint16Array(n),
  };
  let from = 0;
  for (const [holes, row] of [...after, rows.tMs.length - 1].entries()) {
    for (const name of ["tMs", "powerW", "minW", "maxW", "quality"] as const) {
      made[name].set(rows[name].subarray(from, row + 1), from + holes);
      if (row + 1 + holes < n) made[name][row + 1 + holes] = name === "quality" ? 0 : Number.NaN;
    }
    if (row + 1 + holes < n) made.tMs[row + 1 + holes] = (rows.tMs[row] as number) + Math.max(1, rows.stepMs);
    from = row + 1;
  }
  return made;
}
