import { type Column, lowerBound } from "#series/column.ts";
import type { Range, Store } from "#store/store.ts";

/** What became of samples: of new, known, different and covered each sample is one. */
export interface SampleCounts {
  /** Nobody knew them. */
  fresh: number;
  /** Kept already, the very same. */
  known: number;
  /** Kept already with another value, which stays. */
  different: number;
  /** Left out: the series had its own readings at that time, from a reader that listened beside. */
  covered: number;
}

/** Counts of several series as those of one. */
export function sumOf(all: readonly SampleCounts[]): SampleCounts {
  const sum = { fresh: 0, known: 0, different: 0, covered: 0 };
  for (const counts of all) for (const name of Object.keys(sum) as (keyof SampleCounts)[]) sum[name] += counts[name];
  return sum;
}

/** Readings of its own this close together leave nothing for another program to add. */
const COVER_MS = 120_000;

/** Finds what a series does not know yet, batch after batch in order of time. */
export class Newcomers {
  readonly #store: Pick<Store, "read">;
  readonly #seriesId: number;
  readonly #coverMs: number;
  /** What this run added lately: it covers nothing. */
  #own = new Set<number>();

  /** Without `coverMs`, as for senders that listen beside each other; with 0 nothing is covered. */
  constructor(store: Pick<Store, "read">, seriesId: number, coverMs = COVER_MS) {
    this.#store = store;
    this.#seriesId = seriesId;
    this.#coverMs = coverMs;
  }

  /** The rows that are to be added, counted with the others. */
  async of(column: Column, counts: SampleCounts): Promise<Column> {
    const [firstMs, lastMs] = [column.tMs[0], column.tMs.at(-1)];
    if (firstMs === undefined || lastMs === undefined) return column;
    const range: Range = { fromMs: firstMs - this.#coverMs, toMs: lastMs + this.#coverMs + 1 };
    const had = await this.#store.read(this.#seriesId, range, { corrected: false });
    const theirs = this.#own.size === 0 ? had.tMs : had.tMs.filter((tMs) => !this.#own.has(tMs));
    const kept: number[] = [];
    for (const [row, tMs] of column.tMs.entries()) {
      const at = lowerBound(had.tMs, tMs);
      if (had.tMs[at] === tMs) counts[isSame(had.value[at] as number, column.value[row] as number) ? "known" : "different"] += 1;
      else if (isCovered(theirs, tMs, this.#coverMs)) counts.covered += 1;
      else {
        counts.fresh += 1;
        kept.push(row);
      }
    }
    const fresh = kept.length === column.tMs.length ? column : chosen(column, kept);
    this.#own = new Set(fresh.tMs.filter((tMs) => tMs >= lastMs - this.#coverMs));
    return fresh;
  }
}

/** Between two readings of the series' own that are close together. */
function isCovered(theirs: Float64Array, tMs: number, coverMs: number): boolean {
  const next = lowerBound(theirs, tMs);
  const [before, after] = [theirs[next - 1], theirs[next]];
  return before !== undefined && after !== undefined && after - before <= coverMs;
}

/** Nothing and nothing are the same. */
function isSame(had: number, told: number): boolean {
  return had === told || (Number.isNaN(had) && Number.isNaN(told));
}

function chosen({ tMs, value, quality, code }: Column, rows: readonly number[]): Column {
  return {
    tMs: Float64Array.from(rows, (row) => tMs[row] as number),
    value: Float64Array.from(rows, (row) => value[row] as number),
    quality: Uint16Array.from(rows, (row) => quality[row] as number),
    ...(code === undefined ? {} : { code: Uint16Array.from(rows, (row) => code[row] as number) }),
  };
}
