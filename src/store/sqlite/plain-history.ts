import type { Buckets, Column } from "#series/column.ts";
import { BAD_QUALITY } from "#series/quality.ts";
import { OUTCOME, type SampleColumns } from "#store/batch.ts";
import type { Correction, Latest, NewCorrection, Revision, StoreStats, VerifyReport } from "#store/records.ts";
import type { AppendCounts, Extent, Range, ReadOptions } from "#store/store.ts";
import { decide, type SeriesRules } from "./history/decide.ts";
import { type Database, prepare } from "./statement.ts";

interface Row {
  t: number;
  data: Uint8Array;
}
export interface Prepared {
  readonly outcome: Uint8Array;
  readonly seq: number;
}

/** One row per sample: the simplest history that keeps the contract of append and read. */
export class History {
  readonly #db: Database;
  readonly #rules: SeriesRules;
  readonly #versions = new Map<number, number>();
  #seq = 0;

  constructor(db: Database, rules: SeriesRules) {
    this.#db = db;
    this.#rules = rules;
    db.exec("CREATE TABLE IF NOT EXISTS plain (series INTEGER, t INTEGER, data BLOB, PRIMARY KEY (series, t)) STRICT, WITHOUT ROWID");
  }

  prepare(samples: SampleColumns, _receivedMs: number): Prepared {
    const outcome = new Uint8Array(samples.tMs.length);
    const find = prepare<Row>(this.#db, "SELECT t, data FROM plain WHERE series = ? AND t = ?");
    const put = prepare(this.#db, "INSERT OR REPLACE INTO plain VALUES (?, ?, ?)");
    for (let i = 0; i < outcome.length; i++) {
      const series = samples.seriesId[i] as number;
      const t = samples.tMs[i] as number;
      const sample = { value: samples.value[i] as number, quality: samples.quality[i] as number, code: samples.code[i] as number };
      const old = find.get(series, t);
      const result = decide(old && unpack(old.data), sample, this.#rules.rule(series));
      outcome[i] = result;
      if (result === OUTCOME.stored || result === OUTCOME.replaced) put.run(series, t, pack(sample));
      this.#versions.set(series, (this.#versions.get(series) ?? 1) + 1);
    }
    return { outcome, seq: ++this.#seq };
  }
  applied(_prepared: Prepared): void {}
  discard(_prepared: Prepared): void {}

  importColumn(seriesId: number, column: Column, info: { receivedMs: number }): AppendCounts {
    const n = column.tMs.length;
    const { outcome } = this.prepare(
      { ...column, code: column.code ?? new Uint16Array(n), seriesId: new Int32Array(n).fill(seriesId) },
      info.receivedMs,
    );
    const count = (what: number) => outcome.filter((one) => one === what).length;
    return { stored: count(0), replaced: count(1), duplicate: count(2), refused: count(3) };
  }

  read(seriesId: number, range: Range, options: ReadOptions = {}): Column {
    const all = prepare<Row>(this.#db, "SELECT t, data FROM plain WHERE series = ? AND t >= ? AND t < ? ORDER BY t").all(
      seriesId,
      limit(range.fromMs),
      limit(range.toMs),
    );
    const n = options.limit;
    const rows = n === undefined ? all : n >= 0 ? all.slice(0, n) : all.slice(n);
    const samples = rows.map((row) => unpack(row.data));
    const code = Uint16Array.from(samples, (one) => one.code);
    const column = {
      tMs: Float64Array.from(rows, (row) => row.t),
      value: Float64Array.from(samples, (one) => one.value),
      quality: Uint16Array.from(samples, (one) => one.quality),
    };
    return code.some((one) => one !== 0) ? { ...column, code } : column;
  }

  readBuckets(seriesId: number, range: Range, bucketMs: number, options?: ReadOptions): Buckets {
    const fromMs = Math.floor(range.fromMs / bucketMs) * bucketMs;
    const column = this.read(seriesId, { fromMs, toMs: Math.ceil(range.toMs / bucketMs) * bucketMs }, options);
    const groups = new Map<number, number[]>();
    column.tMs.forEach((t, i) => {
      const start = Math.floor(t / bucketMs) * bucketMs;
      groups.set(start, [...(groups.get(start) ?? []), i]);
    });
    const rows = [...groups.values()].map((group) =>
      group.filter((i) => ((column.quality[i] as number) & BAD_QUALITY) === 0).map((i) => column.value[i] as number),
    );
    const f64 = (of: (values: number[]) => number) => Float64Array.from(rows, (values) => (values.length === 0 ? Number.NaN : of(values)));
    return {
      bucketMs,
      tMs: Float64Array.from(groups.keys()),
      first: f64((v) => v[0] as number),
      last: f64((v) => v.at(-1) as number),
      min: f64((v) => Math.min(...v)),
      max: f64((v) => Math.max(...v)),
      sum: f64((v) => v.reduce((a, b) => a + b, 0)),
      n: Uint32Array.from(rows, (v) => v.length),
      nBad: Uint32Array.from([...groups.values()], (group, i) => group.length - (rows[i] as number[]).length),
      qualityOr: Uint16Array.from([...groups.values()], (group) => group.reduce((or, i) => or | (column.quality[i] as number), 0)),
    };
  }

  latest(seriesIds?: readonly number[]): Latest {
    const rows = prepare<Row & { series: number }>(this.#db, "SELECT series, max(t) AS t, data FROM plain GROUP BY series")
      .all()
      .filter((row) => seriesIds?.includes(row.series) ?? true);
    const samples = rows.map((row) => unpack(row.data));
    return {
      seriesId: Int32Array.from(rows, (row) => row.series),
      tMs: Float64Array.from(rows, (row) => row.t),
      value: Float64Array.from(samples, (one) => one.value),
      quality: Uint16Array.from(samples, (one) => one.quality),
      code: Uint16Array.from(samples, (one) => one.code),
    };
  }
  extent(seriesIds: readonly number[]): Extent[] {
    const sql = "SELECT series AS seriesId, min(t) AS firstMs, max(t) AS lastMs, count(*) AS count FROM plain GROUP BY series";
    return prepare<Extent>(this.#db, sql)
      .all()
      .filter((row) => seriesIds.includes(row.seriesId));
  }
  version(seriesIds: readonly number[]): Float64Array {
    return Float64Array.from(seriesIds, (id) => this.#versions.get(id) ?? 1);
  }
  correct(_correction: NewCorrection): number {
    throw new Error("Corrections come with the packed history.");
  }
  undoCorrection(_id: number, _undo: { who: string; atMs: number }): void {}
  corrections(_seriesId: number): Correction[] {
    return [];
  }
  revisions(_seriesId: number, _range: Range): Revision[] {
    return [];
  }
  needsCheckpoint(): boolean {
    return false;
  }
  checkpointStep(): boolean {
    return false;
  }
  verify(): VerifyReport {
    return { blocks: 0, samples: 0, damage: [] };
  }
  stats(): Omit<StoreStats, "commits" | "commitMsP99"> {
    return { fileBytes: 0, logBytes: 0, tailSamples: 0, tailBytes: 0, blocks: 0, samples: 0, series: 0, lateRows: 0, checkpoints: 0 };
  }
}

function limit(t: number): number {
  return Math.max(-9e15, Math.min(9e15, t));
}
function pack(sample: { value: number; quality: number; code: number }): Uint8Array {
  const data = new DataView(new ArrayBuffer(12));
  data.setFloat64(0, sample.value);
  data.setUint16(8, sample.quality);
  data.setUint16(10, sample.code);
  return new Uint8Array(data.buffer);
}
function unpack(bytes: Uint8Array) {
  const data = new DataView(bytes.buffer, bytes.byteOffset, 12);
  return { value: data.getFloat64(0), quality: data.getUint16(8), code: data.getUint16(10) };
}
