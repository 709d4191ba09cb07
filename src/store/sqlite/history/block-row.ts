import { crc32 } from "node:zlib";
import { bucketsOf } from "./bucket-builder.ts";
import type { Samples } from "./samples.ts";

/** What a block says about itself beside its data. Statistics leave out samples of bad quality and without a number. */
export interface BlockSummary {
  readonly series: number;
  readonly log_seq: number;
  readonly t0: number;
  readonly t1: number;
  readonly n: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly sum: number | null;
  readonly first: number | null;
  readonly last: number | null;
}

/** A row of the table as SQLite gives it. */
export interface BlockRow extends BlockSummary {
  readonly id: number;
  readonly checksum: number;
  readonly data: Uint8Array;
}

export type BlockExtent = Pick<BlockRow, "id" | "t0" | "t1" | "n" | "log_seq">;

export type BlockVersion = Pick<BlockRow, "id" | "checksum">;

/** One bucket for all samples: they are handed over as if all were taken at once. */
const ALL_MS = 2 ** 60;

export function summarize(place: { series: number; logSeq: number }, samples: Samples): BlockSummary {
  const n = samples.tMs.length;
  const all = bucketsOf({ ...samples, tMs: new Float64Array(n) }, ALL_MS);
  return {
    series: place.series,
    log_seq: place.logSeq,
    t0: samples.tMs[0] as number,
    t1: samples.tMs[n - 1] as number,
    n,
    min: stored(all.min[0]),
    max: stored(all.max[0]),
    sum: stored(all.sum[0]),
    first: stored(all.first[0]),
    last: stored(all.last[0]),
  };
}

/** NULL for no number, and 0 for -0, as SQLite would give it back. */
function stored(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value + 0;
}

/** CRC-32 of the summary as ten doubles (NULL as NaN), then of the data. */
export function checksumOf(summary: BlockSummary, data: Uint8Array): number {
  const { series, log_seq, t0, t1, n, min, max, sum, first, last } = summary;
  const view = new DataView(new ArrayBuffer(80));
  [series, log_seq, t0, t1, n, min, max, sum, first, last].forEach((number, i) => {
    view.setFloat64(i * 8, number ?? Number.NaN, true);
  });
  return crc32(data, crc32(view));
}
