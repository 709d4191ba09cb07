import type { Column } from "#series/column.ts";
import type { Range } from "#store/store.ts";

/** Rows read at a time per series, so that years of data need little memory. */
const PAGE_ROWS = 4_096;

/** A place in one series' history, a page at a time. */
export class Cursor {
  readonly #read: (range: Range, limit: number) => Promise<Column>;
  readonly #range: Range;
  #page: Column | undefined;
  #row = 0;
  #lastMs: number | undefined;
  #done = false;

  constructor(read: (range: Range, limit: number) => Promise<Column>, range: Range) {
    this.#read = read;
    this.#range = range;
  }

  get exhausted(): boolean {
    return !this.#done && this.#row >= (this.#page?.tMs.length ?? 0);
  }

  /** Instant of the next sample; infinity after the last. */
  get tMs(): number {
    return this.#page?.tMs[this.#row] ?? Number.POSITIVE_INFINITY;
  }

  async turn(): Promise<void> {
    const fromMs = this.#lastMs ?? this.#range.fromMs;
    this.#page = await this.#read({ fromMs, toMs: this.#range.toMs }, PAGE_ROWS);
    // A page begins with the sample the last one ended with: there is no telling how close the next one is.
    this.#row = this.#page.tMs[0] === this.#lastMs ? 1 : 0;
    this.#done = this.#row >= this.#page.tMs.length;
    this.#lastMs = this.#page.tMs.at(-1) ?? this.#lastMs;
  }

  /** The row of the sample at that very instant, stepping past it; -1 where there is none. */
  take(tMs: number): number {
    return this.tMs === tMs ? this.#row++ : -1;
  }

  get page(): Column {
    if (!this.#page) throw new Error("the first page has not been turned");
    return this.#page;
  }
}
