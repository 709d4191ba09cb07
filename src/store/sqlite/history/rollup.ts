import type { Buckets } from "#series/column.ts";
import { ByteReader, ByteWriter } from "./codec/bytes.ts";
import { readRuns, writeRuns } from "./codec/runs.ts";
import { readSqueezed, writeSqueezed } from "./codec/squeeze.ts";
import { readTimes, writeTimes } from "./codec/times.ts";
import { readValues, writeValues } from "./codec/values.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Lengths of the cells that are kept, the coarsest first, and how long a chunk of them is. */
export const LEVELS = [
  { cellMs: 60 * MINUTE_MS, chunkMs: 8 * DAY_MS },
  { cellMs: 15 * MINUTE_MS, chunkMs: 2 * DAY_MS },
] as const;

export type Level = (typeof LEVELS)[number];

const VERSION = 1;

/** Fewer samples per cell than this, and reading the samples is as quick as reading cells. */
const WORTH_SAMPLES = 8;

/** Chunks with fewer cells are kept whatever is in them: more samples may still come. */
const FEW_CELLS = 8;

/** True where keeping these cells saves more than it costs. */
export function worthKeeping(cells: Buckets): boolean {
  const rows = cells.tMs.length;
  if (rows < FEW_CELLS) return rows > 0;
  let samples = 0;
  for (let i = 0; i < rows; i++) samples += (cells.n[i] as number) + (cells.nBad[i] as number);
  return samples >= WORTH_SAMPLES * rows;
}

/** Version, number of cells, then one deflated section: times, counts, qualities, the five values. */
export function encodeCells(cells: Buckets): Uint8Array {
  const body = new ByteWriter(cells.tMs.length * 24 + 64);
  writeTimes(body, cells.tMs);
  for (const counts of [cells.n, cells.nBad]) for (const count of counts) body.varint(count);
  writeRuns(body, cells.qualityOr);
  for (const values of [cells.first, cells.last, cells.min, cells.max, cells.sum]) writeValues(body, values);
  const writer = new ByteWriter(body.length + 16);
  writer.byte(VERSION);
  writer.varint(cells.tMs.length);
  writeSqueezed(writer, body.view());
  return writer.view().slice();
}

/** Errors: RangeError where the bytes are no such cells. */
export function decodeCells(data: Uint8Array, bucketMs: number): Buckets {
  const outer = new ByteReader(data);
  const version = outer.byte();
  if (version !== VERSION) throw new RangeError(`Unknown version of a rollup: ${version}`);
  const cells = emptyCells(bucketMs, outer.varint());
  const reader = new ByteReader(readSqueezed(outer));
  readTimes(reader, cells.tMs);
  for (const counts of [cells.n, cells.nBad]) for (let i = 0; i < counts.length; i++) counts[i] = reader.varint();
  readRuns(reader, cells.qualityOr);
  for (const values of [cells.first, cells.last, cells.min, cells.max, cells.sum]) readValues(reader, values);
  return cells;
}

function emptyCells(bucketMs: number, n: number): Buckets {
  return {
    bucketMs,
    tMs: new Float64Array(n),
    first: new Float64Array(n),
    last: new Float64Array(n),
    min: new Float64Array(n),
    max: new Float64Array(n),
    sum: new Float64Array(n),
    n: new Uint32Array(n),
    nBad: new Uint32Array(n),
    qualityOr: new Uint16Array(n),
  };
}
