import type { Buckets } from "#series/column.ts";
import { BAD_QUALITY } from "#series/quality.ts";
import type { Samples } from "./samples.ts";

/**
 * Aggregates samples, or smaller buckets, that are handed over in rising order of time.
 * Missing: a sample with a bad-quality bit or without a number (NaN) counts in `nBad` and `qualityOr` alone.
 * Sums carry what rounding would lose (Neumaier), so that the way of adding up does not show.
 */
export class BucketBuilder {
  readonly #bucketMs: number;
  readonly #tMs: number[] = [];
  readonly #first: number[] = [];
  readonly #last: number[] = [];
  readonly #min: number[] = [];
  readonly #max: number[] = [];
  readonly #sum: number[] = [];
  readonly #lost: number[] = [];
  readonly #n: number[] = [];
  readonly #nBad: number[] = [];
  readonly #qualityOr: number[] = [];
  #row = -1;
  #endMs = Number.NEGATIVE_INFINITY;

  constructor(bucketMs: number) {
    this.#bucketMs = bucketMs;
  }

  addSamples(samples: Samples): void {
    const { tMs, value, quality } = samples;
    for (let i = 0; i < tMs.length; i++) {
      const t = tMs[i] as number;
      const v = value[i] as number;
      const q = quality[i] as number;
      if (t >= this.#endMs) this.#open(t);
      const row = this.#row;
      this.#qualityOr[row] = (this.#qualityOr[row] as number) | q;
      if ((q & BAD_QUALITY) !== 0 || Number.isNaN(v)) this.#nBad[row] = (this.#nBad[row] as number) + 1;
      else this.#take(row, v);
    }
  }

  /** Buckets whose length divides ours; only the rows [from, to). */
  addBuckets(cells: Buckets, from: number, to: number): void {
    for (let i = from; i < to; i++) {
      const t = cells.tMs[i] as number;
      if (t >= this.#endMs) this.#open(t);
      const row = this.#row;
      this.#qualityOr[row] = (this.#qualityOr[row] as number) | (cells.qualityOr[i] as number);
      this.#nBad[row] = (this.#nBad[row] as number) + (cells.nBad[i] as number);
      if (cells.n[i] !== 0) this.#takeBucket(row, cells, i);
    }
  }

  build(): Buckets {
    const sum = Float64Array.from(this.#sum, (s, i) => {
      const whole = s + (this.#lost[i] as number);
      return Number.isNaN(whole) ? s : whole;
    });
    return {
      bucketMs: this.#bucketMs,
      tMs: Float64Array.from(this.#tMs),
      first: Float64Array.from(this.#first),
      last: Float64Array.from(this.#last),
      min: Float64Array.from(this.#min),
      max: Float64Array.from(this.#max),
      sum,
      n: Uint32Array.from(this.#n),
      nBad: Uint32Array.from(this.#nBad),
      qualityOr: Uint16Array.from(this.#qualityOr),
    };
  }

  #open(t: number): void {
    const start = Math.floor(t / this.#bucketMs) * this.#bucketMs;
    this.#endMs = start + this.#bucketMs;
    this.#row = this.#tMs.push(start) - 1;
    for (const column of [this.#first, this.#last, this.#min, this.#max, this.#sum]) column.push(Number.NaN);
    for (const column of [this.#lost, this.#n, this.#nBad, this.#qualityOr]) column.push(0);
  }

  #take(row: number, v: number): void {
    this.#last[row] = v;
    const n = this.#n[row] as number;
    this.#n[row] = n + 1;
    if (n === 0) {
      this.#first[row] = v;
      this.#min[row] = v;
      this.#max[row] = v;
      this.#sum[row] = v;
      return;
    }
    if (v < (this.#min[row] as number)) this.#min[row] = v;
    if (v > (this.#max[row] as number)) this.#max[row] = v;
    this.#add(row, v);
  }

  #takeBucket(row: number, cells: Buckets, i: number): void {
    const n = this.#n[row] as number;
    if (n === 0) {
      this.#first[row] = cells.first[i] as number;
      this.#min[row] = cells.min[i] as number;
      this.#max[row] = cells.max[i] as number;
      this.#sum[row] = cells.sum[i] as number;
    } else {
      if ((cells.min[i] as number) < (this.#min[row] as number)) this.#min[row] = cells.min[i] as number;
      if ((cells.max[i] as number) > (this.#max[row] as number)) this.#max[row] = cells.max[i] as number;
      this.#add(row, cells.sum[i] as number);
    }
    this.#last[row] = cells.last[i] as number;
    this.#n[row] = n + (cells.n[i] as number);
  }

  #add(row: number, v: number): void {
    const sum = this.#sum[row] as number;
    const next = sum + v;
    const lost = Math.abs(sum) >= Math.abs(v) ? sum - next + v : v - next + sum;
    this.#sum[row] = next;
    this.#lost[row] = (this.#lost[row] as number) + lost;
  }
}

/** The samples as buckets of one length. */
export function bucketsOf(samples: Samples, bucketMs: number): Buckets {
  const builder = new BucketBuilder(bucketMs);
  builder.addSamples(samples);
  return builder.build();
}
