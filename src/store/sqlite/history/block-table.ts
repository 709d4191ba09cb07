import { asDifference, type Database, prepare } from "#store/sqlite/statement.ts";
import { encodeBlock } from "./block.ts";
import { type BlockExtent, type BlockRow, type BlockVersion, checksumOf, summarize } from "./block-row.ts";
import type { Samples } from "./samples.ts";

/** What a block is written for: its series, the last log record it holds, and the row it takes the place of. */
export interface BlockPlace {
  readonly series: number;
  readonly logSeq: number;
  readonly id?: number | undefined;
}

const SUMMARY = "series, log_seq, t0, t1, n, min, max, sum, first, last";
/** The five statistics are bound as differences. */
const VALUES = "?, ?, ?, ?, ?, ? - ?, ? - ?, ? - ?, ? - ?, ? - ?, ?, ?";
const COLUMNS = `id, ${SUMMARY}, checksum, data`;

/** The packed columns of all series. */
export class BlockTable {
  readonly #last;
  readonly #first;
  readonly #at;
  readonly #after;
  readonly #within;
  readonly #extents;
  readonly #totals;
  readonly #grandTotals;
  readonly #series;
  readonly #page;
  readonly #insert;
  readonly #replace;
  readonly #remove;

  constructor(db: Database) {
    const ofSeries = "FROM block WHERE series = ?";
    // The last block that begins at or before the range may reach into it.
    const touching =
      "AND t0 < ?3 AND t0 >= coalesce((SELECT max(t0) FROM block WHERE series = ?1 AND t0 <= ?2), ?2) AND t1 >= ?2 ORDER BY t0";
    this.#last = prepare<BlockExtent>(db, `SELECT id, t0, t1, n, log_seq ${ofSeries} ORDER BY t0 DESC LIMIT 1`);
    this.#first = prepare<BlockRow>(db, `SELECT ${COLUMNS} ${ofSeries} ORDER BY t0 LIMIT 1`);
    this.#at = prepare<BlockRow>(db, `SELECT ${COLUMNS} ${ofSeries} AND t0 <= ? ORDER BY t0 DESC LIMIT 1`);
    this.#after = prepare<{ t0: number }>(db, `SELECT t0 ${ofSeries} AND t0 > ? ORDER BY t0 LIMIT 1`);
    this.#within = prepare<BlockRow>(db, `SELECT ${COLUMNS} FROM block WHERE series = ?1 ${touching}`);
    this.#extents = prepare<BlockExtent>(db, `SELECT id, t0, t1, n, log_seq FROM block WHERE series = ?1 ${touching}`);
    this.#totals = prepare<{ n: number; t0: number | null }>(db, `SELECT total(n) AS n, min(t0) AS t0 ${ofSeries}`);
    this.#grandTotals = prepare<BlockTotals>(db, "SELECT count(*) AS blocks, total(n) AS samples FROM block INDEXED BY block_time");
    this.#series = prepare<{ series: number }>(db, "SELECT DISTINCT series FROM block INDEXED BY block_time");
    this.#page = prepare<BlockRow>(db, `SELECT ${COLUMNS} FROM block WHERE id > ? ORDER BY id LIMIT 64`);
    this.#insert = prepare(db, `INSERT INTO block (${SUMMARY}, checksum, data) VALUES (${VALUES})`);
    this.#replace = prepare(db, `REPLACE INTO block (${SUMMARY}, checksum, data, id) VALUES (${VALUES}, ?)`);
    this.#remove = prepare(db, "DELETE FROM block WHERE id = ?");
  }

  /** The newest block of a series. */
  last(series: number): BlockExtent | undefined {
    return this.#last.get(series);
  }

  /** The block an instant belongs to: the last that begins no later, else the first. */
  at(series: number, tMs: number): BlockRow | undefined {
    return this.#at.get(series, tMs) ?? this.#first.get(series);
  }

  /** Where the next block begins; Infinity after the newest. */
  nextStart(series: number, tMs: number): number {
    return this.#after.get(series, tMs)?.t0 ?? Number.POSITIVE_INFINITY;
  }

  /** Blocks that touch [fromMs, toMs), in order of time. */
  within(series: number, fromMs: number, toMs: number): BlockRow[] {
    return this.#within.all(series, fromMs, toMs);
  }

  /** The same without their data. */
  extents(series: number, fromMs: number, toMs: number): BlockExtent[] {
    return this.#extents.all(series, fromMs, toMs);
  }

  /** Samples in blocks, and the first instant of them. */
  totals(series: number): { n: number; firstMs: number } {
    const row = this.#totals.get(series);
    return { n: row?.n ?? 0, firstMs: row?.t0 ?? Number.POSITIVE_INFINITY };
  }

  grandTotals(): BlockTotals {
    return this.#grandTotals.get() ?? { blocks: 0, samples: 0 };
  }

  seriesIds(): number[] {
    return this.#series.all().map((row) => row.series);
  }

  /** Blocks of any series with a larger id, a page at a time. */
  pageAfter(id: number): BlockRow[] {
    return this.#page.all(id);
  }

  remove(id: number): void {
    this.#remove.run(id);
  }

  /** Answers what tells this version of the block from any other. */
  write(place: BlockPlace, samples: Samples): BlockVersion {
    const data = encodeBlock(samples);
    const summary = summarize(place, samples);
    const checksum = checksumOf(summary, data);
    const { series, log_seq, t0, t1, n, min, max, sum, first, last } = summary;
    const statistics = [min, max, sum, first, last].flatMap((value) => (value === null ? [null, 0] : asDifference(value)));
    const values = [series, log_seq, t0, t1, n, ...statistics, checksum, data];
    const { lastInsertRowid } = place.id === undefined ? this.#insert.run(...values) : this.#replace.run(...values, place.id);
    return { id: place.id ?? lastInsertRowid, checksum };
  }
}

export interface BlockTotals {
  readonly blocks: number;
  readonly samples: number;
}
