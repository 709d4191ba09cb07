/** Ranks of what is said about an interval, the one that counts least first. Corrections of people are in the columns already. */
export const RANKS = ["derived", "live", "device", "file", "utility"] as const;
export type Rank = (typeof RANKS)[number];

/** One source's say, interval by interval. */
export interface Rung {
  readonly name: string;
  readonly rank: Rank;
  /** Its value per interval; NaN where it has none. */
  readonly value: Float64Array;
}

/** The layer of an interval nobody knows. */
export const NO_RUNG = 255;
const MOST_RUNGS = NO_RUNG;

/** Who wins each interval. */
export interface Ladder {
  /** Indexes into what was given, the lowest rank first. */
  readonly order: readonly number[];
  /** Per interval a position in `order`, NO_RUNG where nobody has a value. */
  readonly taken: Uint8Array;
}

/**
 * Per interval the source of highest rank that has a value; among equals the one whose name comes later. The order in which they
 * are given changes nothing.
 * Errors:  throws for more than 255 sources, for two of one rank and name, and for columns of unequal length.
 */
export function ladder(rungs: readonly Rung[]): Ladder {
  check(rungs);
  const order = rungs.map((_, i) => i).sort((a, b) => compare(rungs[a] as Rung, rungs[b] as Rung));
  const taken = new Uint8Array(rungs[0]?.value.length ?? 0).fill(NO_RUNG);
  for (const [position, index] of order.entries()) {
    const { value } = rungs[index] as Rung;
    for (let i = 0; i < taken.length; i += 1) {
      if (!Number.isNaN(value[i] as number)) taken[i] = position;
    }
  }
  return { order, taken };
}

function compare(a: Rung, b: Rung): number {
  const byRank = RANKS.indexOf(a.rank) - RANKS.indexOf(b.rank);
  if (byRank !== 0) return byRank;
  return a.name < b.name ? -1 : 1;
}

function check(rungs: readonly Rung[]): void {
  if (rungs.length > MOST_RUNGS) throw new RangeError(`A ladder of ${rungs.length} sources; at most ${MOST_RUNGS} fit`);
  if (new Set(rungs.map(({ rank, name }) => `${rank} ${name}`)).size < rungs.length)
    throw new Error("Two sources of one rank and name in a ladder");
  if (rungs.some(({ value }) => value.length !== rungs[0]?.value.length)) throw new Error("Sources of a ladder with unequal intervals");
}
