import { StoreError } from "#store/store.ts";
import { decodeBlock } from "./block.ts";
import { type BlockRow, checksumOf } from "./block-row.ts";
import { allocate, BYTES_PER_SAMPLE, type Samples } from "./samples.ts";

const CACHE_BYTES = 24 * 1024 * 1024;

/** Unpacks a block into `out`. Errors: StoreError `damaged` naming the days it covers. */
export function unpackInto(row: BlockRow, out: Samples): void {
  if (checksumOf(row, row.data) !== row.checksum) throw damaged(row);
  try {
    decodeBlock(row.data, out);
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
    const key = `${row.id}:${row.checksum}`;
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

  /** As `samples`, or nothing where the block is damaged. */
  sound(row: BlockRow): Samples | undefined {
    try {
      return this.samples(row);
    } catch (error) {
      if (error instanceof StoreError) return undefined;
      throw error;
    }
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
