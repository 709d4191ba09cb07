import type { Column } from "#series/column.ts";
import type { Range, ReadOptions, Store } from "#store/store.ts";

/** So many reads travel in one message: what is of the first is judged while the next are read. */
const MOST_IN_ONE = 40;
/** Lists of instants that are remembered, so that those of one poll are the very same list. */
const MOST_KNOWN = 4;

interface Waiting {
  readonly seriesId: number;
  readonly range: Range;
  resolve(column: Column): void;
  reject(error: unknown): void;
}

/**
 * Reads that are asked for in one turn of the event loop go out together; each is answered as if it had been asked alone.
 * Shape: columns may share arrays: none is to be changed.
 */
export class GatheredReads implements Pick<Store, "read"> {
  readonly #store: Pick<Store, "read" | "readMany">;
  #waiting: Waiting[] = [];
  #instants: readonly Float64Array[] = [];

  constructor(store: Pick<Store, "read" | "readMany">) {
    this.#store = store;
  }

  read(seriesId: number, range: Range, options?: ReadOptions): Promise<Column> {
    if (options !== undefined) return this.#store.read(seriesId, range, options);
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) setImmediate(() => this.#send());
      this.#waiting.push({ seriesId, range, resolve, reject });
      if (this.#waiting.length >= MOST_IN_ONE) this.#send();
    });
  }

  #send(): void {
    const asked = this.#waiting;
    this.#waiting = [];
    if (asked.length === 0) return;
    this.#store.readMany(asked.map(({ seriesId, range }) => ({ seriesId, range }))).then(
      (columns) => {
        const known = new Map<Float64Array, Float64Array>();
        for (const [i, { resolve }] of asked.entries()) resolve(this.#known(columns[i] as Column, known));
      },
      () => {
        // One of them is damaged: the others are whole.
        for (const { seriesId, range, resolve, reject } of asked) this.#store.read(seriesId, range).then(resolve, reject);
      },
    );
  }

  #known(column: Column, known: Map<Float64Array, Float64Array>): Column {
    const tMs = known.get(column.tMs) ?? this.#instantsOf(column.tMs);
    known.set(column.tMs, tMs);
    return tMs === column.tMs ? column : { ...column, tMs };
  }

  #instantsOf(tMs: Float64Array): Float64Array {
    const known = this.#instants.find((one) => sameInstants(one, tMs));
    if (known !== undefined) return known;
    this.#instants = [tMs, ...this.#instants].slice(0, MOST_KNOWN);
    return tMs;
  }
}

/** Whether two lists of rising instants are equal; parts of one list at the same place are known to be without a look. */
export function sameInstants(a: Float64Array, b: Float64Array): boolean {
  if (a.length !== b.length) return false;
  if (a === b || (a.buffer === b.buffer && a.byteOffset === b.byteOffset)) return true;
  const last = a.length - 1;
  if (a[0] !== b[0] || a[last] !== b[last]) return false;
  for (let row = 1; row < last; row += 1) if (a[row] !== b[row]) return false;
  return true;
}
