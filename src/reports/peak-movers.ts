import { type Deviation, type DeviationOf, deviations, resolutionOf } from "#analytics/deviations.ts";
import type { Range, Store } from "#store/store.ts";
import { convertDifference, unitOf } from "#units/unit.ts";
import { type Candidate, SHARE_ON } from "./peak-candidates.ts";
import { meansOf } from "./peak-means.ts";

/** A series against itself. */
export interface Moved {
  readonly candidate: Candidate;
  readonly deviation: Deviation;
}

export interface MoverParts {
  readonly store: Pick<Store, "read" | "readBuckets" | "extent">;
  /** Values that mean "no value". */
  readonly sentinels: readonly number[];
  /** What they are parts of, in kW, at the interval and at the similar days. */
  readonly whole: DeviationOf;
}

/** A robust deviation that is worth a line. */
export const MOVED = 2;
/** A part of what was above usual that is worth naming, however often such days are. */
export const LEAST_SHARE_PCT = 8;
/** Series that are asked at the same moment: enough to keep the store busy, few enough to keep memory flat. */
const AT_ONCE = 16;

/** Every series at an interval against the same time of the similar days, the most unusual first; those nobody can judge are left out. */
export async function moversOf(
  candidates: readonly Candidate[],
  windows: { readonly at: Range; readonly usual: readonly Range[] },
  parts: MoverParts,
): Promise<Moved[]> {
  const extents = await parts.store.extent(candidates.map(({ series }) => series.id));
  const rowsPerMs = new Map(extents.map(({ seriesId, firstMs, lastMs, count }) => [seriesId, count / Math.max(1, lastMs - firstMs)]));
  const read = new Array<DeviationOf>(candidates.length);
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < candidates.length) {
      const i = next++;
      const candidate = candidates[i] as Candidate;
      const means = await meansOf(candidate, { ...windows, rowsPerMs: rowsPerMs.get(candidate.series.id) ?? 0 }, parts);
      const resolution = leastChange(candidate, means.usual);
      read[i] = { ...means, partOfWhole: candidate.isPower, ...(resolution > 0 ? { resolution } : {}) };
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return deviations(read, parts.whole)
    .map((deviation, i): Moved => ({ candidate: candidates[i] as Candidate, deviation }))
    .filter(({ deviation }) => !Number.isNaN(deviation.score))
    .sort((a, b) => Math.abs(b.deviation.score) - Math.abs(a.deviation.score) || a.candidate.series.id - b.candidate.series.id);
}

/** A change below this is not worth a word: of temperatures half a kelvin, of percents two, of switches a tenth of the time, else 2 %. Missing: 0. */
function leastChange({ how, unit }: Candidate, usual: readonly number[]): number {
  if (unit === SHARE_ON) return 10;
  const known = unitOf(unit);
  if (known?.dimension === "temperature") return convertDifference(0.5, "K", known.symbol);
  if (unit === "%") return 2;
  const largest = usual.reduce((most, value) => (Number.isNaN(value) ? most : Math.max(most, Math.abs(value))), 0);
  const step = how === "polled" ? resolutionOf(usual) : Number.NaN;
  return Math.max(largest * 0.02, Number.isNaN(step) ? 0 : step);
}

/** Whether a series was unlike itself, or is a part of the rise that is worth naming. */
export function isClear({ deviation: { score, sharePct } }: Moved): boolean {
  return Math.abs(score) >= MOVED || sharePct >= LEAST_SHARE_PCT;
}
