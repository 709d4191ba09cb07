import type { Store } from "#store/store.ts";

/** Versions of series at one moment. */
export type Versions = ReadonlyMap<number, number>;

/** What an answer was made of. */
export interface MadeOf {
  readonly seriesIds: readonly number[];
  /** A change from here on alters nothing. */
  readonly untilMs: number;
  /** Everything else it depends on, in one text. */
  readonly print: string;
}

/** An answer that is wanted. */
export interface Wanted<T> extends MadeOf {
  readonly name: string;
  readonly make: () => Promise<T>;
}

interface Entry<T> extends MadeOf {
  versions: Float64Array;
  readonly answer: Promise<T>;
}

/** Ranges that are kept at once: today, a longer one, and what was looked at before. */
const MOST_RANGES = 4;

/** Keeps answers by range and name for as long as nothing they were made of has changed. */
export class KeptAnswers<T> {
  readonly #store: Pick<Store, "changedSince">;
  readonly #most: number;
  readonly #ranges = new Map<string, Map<string, Entry<T>>>();

  constructor(store: Pick<Store, "changedSince">, most = MOST_RANGES) {
    this.#store = store;
    this.#most = most;
  }

  /** The answers in their order; `versions` were read before anything else. Errors: those of making. */
  async all(range: string, wanted: readonly Wanted<T>[], versions: Versions): Promise<T[]> {
    const entries = this.#ofRange(range);
    const good = await this.#stillGood(entries, wanted, versions);
    return Promise.all(
      wanted.map((want, i) => {
        const known = good[i];
        if (known !== undefined) return known.answer;
        const { seriesIds, untilMs, print } = want;
        const answer = want.make();
        entries.set(want.name, { seriesIds, untilMs, print, versions: versionsOf(seriesIds, versions), answer });
        answer.catch(() => entries.delete(want.name));
        return answer;
      }),
    );
  }

  async #stillGood(entries: Map<string, Entry<T>>, wanted: readonly Wanted<T>[], versions: Versions): Promise<(Entry<T> | undefined)[]> {
    const now = wanted.map(({ seriesIds }) => versionsOf(seriesIds, versions));
    const good = wanted.map((want) => {
      const entry = entries.get(want.name);
      const fits = entry !== undefined && entry.print === want.print && entry.untilMs === want.untilMs;
      return fits && same(entry.seriesIds, want.seriesIds) ? entry : undefined;
    });
    const doubtful = [...good.keys()].filter((i) => good[i] !== undefined && !same((good[i] as Entry<T>).versions, now[i] as Float64Array));
    if (doubtful.length === 0) return good;
    const asked = doubtful.map((i) => good[i] as Entry<T>);
    const ids = asked.flatMap(({ seriesIds }) => seriesIds);
    const changedMs = await this.#store.changedSince(ids, Float64Array.from(asked.flatMap((entry) => [...entry.versions])));
    let at = 0;
    for (const [k, i] of doubtful.entries()) {
      const entry = asked[k] as Entry<T>;
      const firstMs = changedMs
        .subarray(at, at + entry.seriesIds.length)
        .reduce((least, tMs) => Math.min(least, tMs), Number.POSITIVE_INFINITY);
      at += entry.seriesIds.length;
      // What changed lies behind all that was read: the answer is that of now, too.
      if (firstMs >= entry.untilMs) entry.versions = now[i] as Float64Array;
      else good[i] = undefined;
    }
    return good;
  }

  #ofRange(range: string): Map<string, Entry<T>> {
    const entries = this.#ranges.get(range) ?? new Map<string, Entry<T>>();
    this.#ranges.delete(range);
    this.#ranges.set(range, entries);
    for (const old of this.#ranges.keys()) {
      if (this.#ranges.size <= this.#most) break;
      this.#ranges.delete(old);
    }
    return entries;
  }
}

function versionsOf(ids: readonly number[], versions: Versions): Float64Array {
  return Float64Array.from(ids, (id) => versions.get(id) ?? 0);
}

function same(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}
