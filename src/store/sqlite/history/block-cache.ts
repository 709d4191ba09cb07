import { StoreError } from "#store/store.ts";
import { decodeBlock, decodeBlockTimes } from "./block.ts";
import { type BlockRow, type BlockVersion, checksumOf } from "./block-row.ts";
import { allocate, BYTES_PER_SAMPLE, type Samples } from "./samples.ts";

const CACHE_BYTES = 24 * 1024 * 1024;

/** Unpacks a block into `out`. Errors: StoreError `damaged` naming the days it covers. */
export function unpackInto(row: BlockRow, out: Samples): void {
  unpack(row, () => decodeBlock(row.data, out));
}

function unpack<T>(row: BlockRow, decode: () => T): T {
  if (checksumOf(row, row.data) !== row.checksum) throw damaged(row);
  try {
    return decode();
  } catch (error) {
    throw damaged(row, error);
  }
}

/** The days of a block in words. */
export function daysOf(row: { t0: number; t1: number }): string {
  return `${day(row.t0)} to ${day(row.t1)}`;
}

function day(tMs: number): string {
  return Math.abs(tMs) <= 8.64e15 ? new Date(tMs).toISOString().slice(0, 10) : String(tMs);
}

function damaged(row: BlockRow, cause?: unknown): StoreError {
  const sentence = `A block of series ${row.series} is damaged (${daysOf(row)}). Run \`wattkeep verify\`, then restore these days from a backup.`;
  return new StoreError("damaged", sentence, { cause });
}

/** The blocks that were unpacked last, so that what is asked in small pieces is not unpacked for each of them. */
export class BlockCache {
  readonly #unpacked = new Map<string, Samples>();
  #bytes = 0;

  /** All samples of a block; not to be changed. Errors: StoreError `damaged`. */
  samples(row: BlockRow): Samples {
    const key = keyOf(row);
    const known = this.#unpacked.get(key);
    if (known !== undefined) {
      this.#unpacked.delete(key);
      this.#unpacked.set(key, known);
      return known;
    }
    const samples = allocate(row.n);
    unpackInto(row, samples);
    this.#keep(key, samples);
    return samples;
  }

  /** The instants of a block, which are unpacked faster than all of it; nothing where it is damaged. */
  times(row: BlockRow): Float64Array | undefined {
    const known = this.#unpacked.get(keyOf(row));
    if (known !== undefined) return known.tMs;
    return unlessDamaged(() => unpack(row, () => decodeBlockTimes(row.data, row.n)));
  }

  /** As `samples`, or nothing where the block is damaged. */
  sound(row: BlockRow): Samples | undefined {
    return unlessDamaged(() => this.samples(row));
  }

  /** Remembers what was just written; not to be changed from now on. */
  keep(block: BlockVersion, samples: Samples): void {
    const key = keyOf(block);
    if (!this.#unpacked.has(key)) this.#keep(key, samples);
  }

  #keep(key: string, samples: Samples): void {
    this.#unpacked.set(key, samples);
    this.#bytes += samples.tMs.length * BYTES_PER_SAMPLE;
    for (const [oldest, unpacked] of this.#unpacked) {
      if (this.#bytes <= CACHE_BYTES) return;
      this.#unpacked.delete(oldest);
      this.#bytes -= unpacked.tMs.length * BYTES_PER_SAMPLE;
    }
  }
}

/** A block that is written anew has another key, so nothing has to be forgotten, not even after a rollback. */
function keyOf(row: BlockVersion): string {
  return `${row.id}:${row.checksum}`;
}

function unlessDamaged<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof StoreError) return undefined;
    throw error;
  }
}
