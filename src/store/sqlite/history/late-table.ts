import { type Database, prepare } from "#store/sqlite/statement.ts";
import { allocate, type Sample, type Samples, setRow } from "./samples.ts";

const SAMPLE_BYTES = 12;

/** Value, quality and code in twelve bytes. */
export function packSample(sample: Sample): Uint8Array {
  const view = new DataView(new ArrayBuffer(SAMPLE_BYTES));
  view.setFloat64(0, sample.value, true);
  view.setUint16(8, sample.quality, true);
  view.setUint16(10, sample.code, true);
  return new Uint8Array(view.buffer);
}

export function unpackSample(bytes: Uint8Array): Sample {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { value: view.getFloat64(0, true), quality: view.getUint16(8, true), code: view.getUint16(10, true) };
}

/** A late sample; `fresh` where its block has no sample of that instant. */
export interface LateSample {
  readonly fresh: boolean;
  readonly sample: Sample;
}

interface LateRow {
  readonly t: number;
  readonly fresh: number;
  readonly sample: Uint8Array;
}

export interface LateCount {
  readonly rows: number;
  readonly fresh: number;
}

export interface LateRows extends LateCount {
  readonly samples: Samples;
}

export const NO_LATE: LateCount = { rows: 0, fresh: 0 };

/** Samples that came for a time whose block is already written, until the block is rebuilt. */
export class LateTable {
  readonly #find;
  readonly #within;
  readonly #between;
  readonly #put;
  readonly #remove;
  readonly #next;
  readonly #counts;

  constructor(db: Database) {
    this.#find = prepare<LateRow>(db, "SELECT t, fresh, sample FROM late WHERE series = ? AND t = ?");
    this.#within = prepare<LateRow>(db, "SELECT t, fresh, sample FROM late WHERE series = ? AND t >= ? AND t < ? ORDER BY t");
    this.#between = prepare<{ t: number }>(db, "SELECT t FROM late WHERE series = ? AND t > ? AND t < ? LIMIT 1");
    this.#put = prepare(db, "REPLACE INTO late (series, t, fresh, sample) VALUES (?, ?, ?, ?)");
    this.#remove = prepare(db, "DELETE FROM late WHERE series = ? AND t >= ? AND t < ?");
    this.#next = prepare<{ series: number; t: number }>(
      db,
      "SELECT series, t FROM late WHERE (series, t) >= (?, ?) ORDER BY series, t LIMIT 1",
    );
    this.#counts = prepare<LateCount & { series: number }>(
      db,
      "SELECT series, count(*) AS rows, sum(fresh) AS fresh FROM late GROUP BY series",
    );
  }

  find(series: number, tMs: number): LateSample | undefined {
    const row = this.#find.get(series, tMs);
    return row === undefined ? undefined : { fresh: row.fresh === 1, sample: unpackSample(row.sample) };
  }

  within(series: number, fromMs: number, toMs: number): LateRows {
    const found = this.#within.all(series, fromMs, toMs);
    const samples = allocate(found.length);
    let fresh = 0;
    found.forEach((row, i) => {
      setRow(samples, i, row.t, unpackSample(row.sample));
      fresh += row.fresh;
    });
    return { samples, rows: found.length, fresh };
  }

  /** True where a late sample lies strictly between two instants. */
  hasBetween(series: number, afterMs: number, beforeMs: number): boolean {
    return this.#between.get(series, afterMs, beforeMs) !== undefined;
  }

  put(series: number, tMs: number, late: LateSample): void {
    this.#put.run(series, tMs, late.fresh ? 1 : 0, packSample(late.sample));
  }

  removeWithin(series: number, fromMs: number, toMs: number): void {
    this.#remove.run(series, fromMs, toMs);
  }

  /** The first late sample at or after a place in the order of series and time. */
  next(from: { series: number; tMs: number }): { series: number; tMs: number } | undefined {
    const row = this.#next.get(from.series, from.tMs);
    return row === undefined ? undefined : { series: row.series, tMs: row.t };
  }

  counts(): Map<number, LateCount> {
    return new Map(this.#counts.all().map(({ series, rows, fresh }) => [series, { rows, fresh }]));
  }
}
