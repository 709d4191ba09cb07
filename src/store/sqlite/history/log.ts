import { crc32 } from "node:zlib";
import { ByteReader, ByteWriter } from "./codec/bytes.ts";
import { readRuns, writeRuns } from "./codec/runs.ts";
import { allocate, concat, NO_SAMPLES, rows, type Samples } from "./samples.ts";

const VERSION = 1;
const LIMIT_MS = 2 ** 50;
const CHECKSUM_BYTES = 4;

/** Samples of one series inside a log record. */
export interface LogEntry {
  readonly series: number;
  readonly samples: Samples;
}

/** Samples of several series, one after the other. */
export interface LogColumns {
  /** In rising order; as many rows of `all` belong to each as `counts` says. */
  readonly series: readonly number[];
  readonly counts: readonly number[];
  readonly all: Samples;
}

/** Of a record without samples, which says that something else changed. */
export const NO_COLUMNS: LogColumns = { series: [], counts: [], all: NO_SAMPLES };

/** The samples of several series as one set of columns. */
export function columnsOf(entries: readonly LogEntry[]): LogColumns {
  return {
    series: entries.map((entry) => entry.series),
    counts: entries.map((entry) => entry.samples.tMs.length),
    all: concat(entries.map((entry) => entry.samples)),
  };
}

/**
 * One commit as bytes: version, receivedMs, the series with their counts, all times, qualities, codes and values in
 * that order, CRC-32. A record without entries says that something else of this number changed.
 */
export function packRecord({ series, counts, all }: LogColumns, receivedMs: number): Uint8Array {
  const writer = new ByteWriter(64 + all.tMs.length * 16);
  writer.byte(VERSION);
  writer.float64(receivedMs);
  writer.varint(series.length);
  for (let i = 0; i < series.length; i++) {
    writer.zigzag((series[i] as number) - (series[i - 1] ?? 0));
    writer.varint(counts[i] as number);
  }
  writeInstants(writer, all.tMs);
  writeRuns(writer, all.quality);
  writeRuns(writer, all.code);
  writer.float64s(all.value);
  writer.uint32(crc32(writer.view()));
  return writer.view().slice();
}

/** Differences, or plain doubles where an instant is so far away that differences would not be exact. */
function writeInstants(writer: ByteWriter, tMs: Float64Array): void {
  const plain = hasDistant(tMs);
  writer.byte(plain ? 1 : 0);
  let before = 0;
  for (let i = 0; i < tMs.length; i++) {
    const t = tMs[i] as number;
    if (plain) writer.float64(t);
    else writer.zigzag(t - before);
    before = t;
  }
}

function hasDistant(tMs: Float64Array): boolean {
  for (let i = 0; i < tMs.length; i++) if (Math.abs(tMs[i] as number) > LIMIT_MS) return true;
  return false;
}

export interface LogRecord {
  readonly receivedMs: number;
  readonly entries: LogEntry[];
}

/** What a record holds. Errors: RangeError where the bytes are not what was written. */
export function unpackRecord(data: Uint8Array): LogRecord {
  const end = data.length - CHECKSUM_BYTES;
  if (end < 0 || new ByteReader(data.subarray(end)).uint32() !== crc32(data.subarray(0, end))) {
    throw new RangeError("A log record does not match its checksum");
  }
  const reader = new ByteReader(data.subarray(0, end));
  const version = reader.byte();
  if (version !== VERSION) throw new RangeError(`Unknown version of a log record: ${version}`);
  const receivedMs = reader.float64();
  const heads = readHeads(reader);
  const all = readSamples(
    reader,
    heads.reduce((sum, head) => sum + head.n, 0),
  );
  let at = 0;
  const entries = heads.map(({ series, n }) => {
    at += n;
    return { series, samples: rows(all, at - n, at) };
  });
  return { receivedMs, entries };
}

function readHeads(reader: ByteReader): { series: number; n: number }[] {
  let series = 0;
  return Array.from({ length: reader.varint() }, () => {
    series += reader.zigzag();
    return { series, n: reader.varint() };
  });
}

function readSamples(reader: ByteReader, n: number): Samples {
  const samples = allocate(n);
  readInstants(reader, samples.tMs);
  readRuns(reader, samples.quality);
  readRuns(reader, samples.code);
  for (let i = 0; i < n; i++) samples.value[i] = reader.float64();
  return samples;
}

function readInstants(reader: ByteReader, out: Float64Array): void {
  if (reader.byte() === 1) {
    for (let i = 0; i < out.length; i++) out[i] = reader.float64();
    return;
  }
  reader.zigzags(out);
  let t = 0;
  for (let i = 0; i < out.length; i++) {
    t += out[i] as number;
    out[i] = t;
  }
}
