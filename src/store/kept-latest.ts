import { OUTCOME, type SampleColumns } from "./batch.ts";
import type { Latest } from "./records.ts";
import type { Store } from "./store.ts";

interface Newest {
  /** -Infinity where the series has no sample. */
  tMs: number;
  value: number;
  quality: number;
  code: number;
}

/** A question under way: what changes meanwhile makes its answer too old to be kept. */
interface Question {
  readonly touched: Set<number>;
  spoiled: boolean;
}

/**
 * The store with its newest samples at hand: pages ask for thousands of them again and again, and would wait behind the
 * commits each time. Every change has to go through it; it then answers what `store.latest` would.
 */
export function keepLatest(store: Store): Store {
  const kept = new KeptLatest(store);
  return {
    ...store,
    latest: (seriesIds) => kept.latest(seriesIds),
    append: async (batch) => {
      try {
        const result = await store.append(batch);
        kept.appended(batch.samples, result.outcome);
        return result;
      } catch (error) {
        kept.forget();
        throw error;
      }
    },
    importColumn: (seriesId, column, info) => kept.during(() => store.importColumn(seriesId, column, info)),
    correct: (correction) => kept.during(() => store.correct(correction)),
    undoCorrection: (id, undo) => kept.during(() => store.undoCorrection(id, undo)),
  };
}

class KeptLatest {
  readonly #store: Store;
  readonly #newest = new Map<number, Newest>();
  readonly #questions = new Set<Question>();
  /** Changes under way whose outcome only the store knows: nothing is kept until they are over. */
  #changes = 0;

  constructor(store: Store) {
    this.#store = store;
  }

  async latest(seriesIds?: readonly number[]): Promise<Latest> {
    const wanted = seriesIds ?? (await this.#store.registry()).series.map(({ id }) => id).sort((a, b) => a - b);
    const missing = wanted.filter((id) => !this.#newest.has(id));
    const asked = missing.length > 0 ? await this.#ask(missing) : undefined;
    const found: [number, Newest][] = [];
    for (const id of wanted) {
      const newest = this.#newest.get(id) ?? asked?.get(id);
      if (newest !== undefined && newest.tMs > Number.NEGATIVE_INFINITY) found.push([id, newest]);
    }
    return columnsOf(found);
  }

  /** What a commit brought moves the newest samples on. */
  appended({ seriesId, tMs, value, quality, code }: SampleColumns, outcome: Uint8Array): void {
    for (let i = 0; i < outcome.length; i++) {
      if (outcome[i] !== OUTCOME.stored && outcome[i] !== OUTCOME.replaced) continue;
      const id = seriesId[i] as number;
      for (const question of this.#questions) question.touched.add(id);
      const newest = this.#newest.get(id);
      if (newest === undefined || (tMs[i] as number) < newest.tMs) continue;
      newest.tMs = tMs[i] as number;
      newest.value = value[i] as number;
      newest.quality = quality[i] as number;
      newest.code = code[i] as number;
    }
  }

  forget(): void {
    this.#newest.clear();
    for (const question of this.#questions) question.spoiled = true;
  }

  async during<T>(change: () => Promise<T>): Promise<T> {
    this.#changes++;
    this.forget();
    try {
      return await change();
    } finally {
      this.#changes--;
      this.forget();
    }
  }

  async #ask(missing: readonly number[]): Promise<Map<number, Newest>> {
    const question: Question = { touched: new Set(), spoiled: this.#changes > 0 };
    this.#questions.add(question);
    try {
      // A correction may reach over what has yet to come: such a series is asked for each time.
      const [latest, corrected] = await Promise.all([this.#store.latest(missing), this.#corrected(question.spoiled ? [] : missing)]);
      const asked = rowsOf(latest);
      if (question.spoiled) return asked;
      for (const id of missing) if (!question.touched.has(id) && !corrected.has(id)) this.#newest.set(id, asked.get(id) ?? { ...NOTHING });
      return asked;
    } finally {
      this.#questions.delete(question);
    }
  }

  /** Those with corrections that hold. */
  async #corrected(seriesIds: readonly number[]): Promise<Set<number>> {
    const lists = await Promise.all(seriesIds.map((id) => this.#store.corrections(id)));
    return new Set(seriesIds.filter((_, i) => lists[i]?.some(({ undoneMs }) => undoneMs === undefined)));
  }
}

const NOTHING: Newest = { tMs: Number.NEGATIVE_INFINITY, value: Number.NaN, quality: 0, code: 0 };

function rowsOf({ seriesId, tMs, value, quality, code }: Latest): Map<number, Newest> {
  const rows = new Map<number, Newest>();
  for (let i = 0; i < seriesId.length; i++) {
    const newest = { tMs: tMs[i], value: value[i], quality: quality[i], code: code[i] } as Newest;
    rows.set(seriesId[i] as number, newest);
  }
  return rows;
}

function columnsOf(found: readonly (readonly [number, Newest])[]): Latest {
  return {
    seriesId: Int32Array.from(found, ([id]) => id),
    tMs: Float64Array.from(found, ([, { tMs }]) => tMs),
    value: Float64Array.from(found, ([, { value }]) => value),
    quality: Uint16Array.from(found, ([, { quality }]) => quality),
    code: Uint16Array.from(found, ([, { code }]) => code),
  };
}
