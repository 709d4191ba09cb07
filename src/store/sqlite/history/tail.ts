import { lowerBound } from "#series/column.ts";
import {
  allocate,
  BYTES_PER_SAMPLE,
  copyInto,
  NO_SAMPLES,
  overlay,
  ownCopy,
  rows,
  type Sample,
  type Samples,
  sampleAt,
  setRow,
} from "./samples.ts";

const FIRST_CAPACITY = 4;
const KEPT_CAPACITY = 64;

/** Samples of one series in rising order of time, in typed arrays that grow. */
export class Tail {
  #samples = NO_SAMPLES;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Of its rows, which is what moving them into blocks sets free; room for more is not counted. */
  get bytes(): number {
    return this.#length * BYTES_PER_SAMPLE;
  }

  /** Newest instant; -Infinity where there is none. */
  get lastMs(): number {
    return this.#length === 0 ? Number.NEGATIVE_INFINITY : (this.#samples.tMs[this.#length - 1] as number);
  }

  /** All rows, sharing memory: good until the next change. */
  get samples(): Samples {
    return rows(this.#samples, 0, this.#length);
  }

  /** Row of the instant, or -1. */
  find(tMs: number): number {
    const i = lowerBound(this.#samples.tMs, tMs, this.#length);
    return i < this.#length && this.#samples.tMs[i] === tMs ? i : -1;
  }

  /** Row the instant has or would get. */
  place(tMs: number): number {
    return lowerBound(this.#samples.tMs, tMs, this.#length);
  }

  at(row: number): Sample {
    return sampleAt(this.#samples, row);
  }

  /** Sets the sample of an instant, wherever it belongs; answers its row. */
  put(tMs: number, sample: Sample): number {
    const end = this.#length;
    const row = tMs > this.lastMs ? end : this.place(tMs);
    if (row === end || this.#samples.tMs[row] !== tMs) this.#open(row);
    setRow(this.#samples, row, tMs, sample);
    return row;
  }

  /** Adds the rows [from, to) of others, which are newer than all of these. */
  append(others: Samples, from: number, to: number): void {
    this.#grow(this.#length + to - from);
    const { tMs, value, quality, code } = this.#samples;
    let row = this.#length;
    for (let i = from; i < to; i++, row++) {
      tMs[row] = others.tMs[i] as number;
      value[row] = others.value[i] as number;
      quality[row] = others.quality[i] as number;
      code[row] = others.code[i] as number;
    }
    this.#length = row;
  }

  /** Lays other rows over these. */
  merge(over: Samples): void {
    const n = over.tMs.length;
    if (n === 0) return;
    if ((over.tMs[0] as number) > this.lastMs) {
      this.#grow(this.#length + n);
      copyInto(this.#samples, this.#length, over);
      this.#length += n;
    } else if (n < 8) {
      for (let i = 0; i < n; i++) this.put(over.tMs[i] as number, sampleAt(over, i));
    } else {
      this.#samples = overlay(this.samples, over);
      this.#length = this.#samples.tMs.length;
    }
  }

  /** Forgets the first rows. */
  dropFirst(n: number): void {
    const rest = ownCopy(rows(this.#samples, n, this.#length));
    this.clear();
    this.merge(rest);
  }

  /** Forgets all rows; much memory is given back, a little is kept for the next ones. */
  clear(): void {
    this.#length = 0;
    if (this.#samples.tMs.length > KEPT_CAPACITY) this.#samples = NO_SAMPLES;
  }

  #open(row: number): void {
    this.#grow(this.#length + 1);
    const { tMs, value, quality, code } = this.#samples;
    for (const column of [tMs, value, quality, code]) column.copyWithin(row + 1, row, this.#length);
    this.#length++;
  }

  #grow(needed: number): void {
    if (needed <= this.#samples.tMs.length) return;
    const larger = allocate(Math.max(needed, FIRST_CAPACITY, this.#samples.tMs.length * 2));
    if (this.#length > 0) copyInto(larger, 0, this.samples);
    this.#samples = larger;
  }
}
