import type { Column } from "#series/column.ts";
import { BAD_QUALITY, QUALITY } from "#series/quality.ts";

/** Readings that can count at all, one per instant. */
export interface CleanReadings {
  readonly tMs: Float64Array;
  readonly value: Float64Array;
  /** 1 where a person corrected it. */
  readonly isCorrected: Uint8Array;
}

/** Without NaN and readings of bad quality; of two at one instant the later one stands. */
export function cleanReadings(column: Column): CleanReadings {
  const { tMs, value, quality } = column;
  const n = tMs.length;
  if (isClean(column)) return { tMs, value, isCorrected: new Uint8Array(n) };
  const clean = { tMs: new Float64Array(n), value: new Float64Array(n), isCorrected: new Uint8Array(n) };
  let length = 0;
  for (let i = 0; i < n; i += 1) {
    const bits = quality[i] as number;
    if (!Number.isFinite(value[i] as number) || (bits & BAD_QUALITY) !== 0) continue;
    if (length > 0 && clean.tMs[length - 1] === tMs[i]) length -= 1;
    clean.tMs[length] = tMs[i] as number;
    clean.value[length] = value[i] as number;
    clean.isCorrected[length] = bits & QUALITY.corrected ? 1 : 0;
    length += 1;
  }
  return { tMs: clean.tMs.subarray(0, length), value: clean.value.subarray(0, length), isCorrected: clean.isCorrected.subarray(0, length) };
}

/** Whether all readings can count and none was corrected: as a rule nothing has to be copied. */
function isClean({ tMs, value, quality }: Column): boolean {
  let beforeMs = Number.NaN;
  for (let i = 0; i < tMs.length; i += 1) {
    const at = tMs[i] as number;
    if (quality[i] !== 0 || !Number.isFinite(value[i] as number) || at === beforeMs) return false;
    beforeMs = at;
  }
  return true;
}
