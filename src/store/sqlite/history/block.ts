import { ByteReader, ByteWriter } from "./codec/bytes.ts";
import { readRuns, writeRuns } from "./codec/runs.ts";
import { readSqueezed, writeSqueezed } from "./codec/squeeze.ts";
import { readTimes, ruledOut, writeTimes } from "./codec/times.ts";
import { readValues, writeValues } from "./codec/values.ts";
import type { Samples } from "./samples.ts";

/** Samples of a full block; one that late samples were built into may hold half as many more. */
export const BLOCK_SAMPLES = 4096;

const VERSION = 1;

/** Samples in rising order of time as bytes: version, count, times, then values, quality and codes in one section. */
export function encodeBlock(samples: Samples): Uint8Array {
  const head = new ByteWriter(samples.tMs.length + 64);
  head.byte(VERSION);
  head.varint(samples.tMs.length);
  writeTimes(head, samples.tMs);
  const body = new ByteWriter(samples.tMs.length * 2 + 64);
  writeValues(body, samples.value);
  writeRuns(body, samples.quality);
  writeRuns(body, samples.code);
  writeSqueezed(head, body.view());
  return head.view().slice();
}

/** Fills `out`, which has one row per sample of the block. Errors: RangeError where the bytes are no such block. */
export function decodeBlock(data: Uint8Array, out: Samples): void {
  const reader = open(data, out.tMs.length);
  readTimes(reader, out.tMs);
  const rest = new ByteReader(readSqueezed(reader));
  readValues(rest, out.value);
  readRuns(rest, out.quality);
  readRuns(rest, out.code);
}

/** The instants alone, which is all that is needed to place a late sample. */
export function decodeBlockTimes(data: Uint8Array, n: number): Float64Array {
  const out = new Float64Array(n);
  readTimes(open(data, n), out);
  return out;
}

/** True where the block surely has no sample at `tMs`; false says nothing. */
export function blockRulesOut(data: Uint8Array, n: number, tMs: number): boolean {
  return ruledOut(open(data, n), n, tMs);
}

function open(data: Uint8Array, n: number): ByteReader {
  const reader = new ByteReader(data);
  const version = reader.byte();
  if (version !== VERSION) throw new RangeError(`Unknown version of a block: ${version}`);
  if (reader.varint() !== n) throw new RangeError("A block does not have the number of samples it was written with");
  return reader;
}
