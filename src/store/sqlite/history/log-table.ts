import { type Database, prepare } from "#store/sqlite/statement.ts";
import { type LogColumns, type LogEntry, type LogRecord, packRecord, unpackRecord } from "./log.ts";

/** Records dropped in one transaction. */
const TRIM_RECORDS = 5_000;

/** Records read in one go at start. */
const PAGE_RECORDS = 256;

interface LogRow {
  readonly seq: number;
  readonly data: Uint8Array;
}

/** One packed record per commit, until every series it speaks of has it in a block. */
export class LogTable {
  readonly #insert;
  readonly #page;
  readonly #bytesBelow;
  readonly #drop;
  readonly #damaged = new Set<number>();
  #lastSeq: number;
  #committedSeq: number;
  #bytes: number;

  constructor(db: Database) {
    this.#insert = prepare(db, "INSERT INTO log (seq, data) VALUES (?, ?)");
    this.#page = prepare<LogRow>(db, `SELECT seq, data FROM log WHERE seq > ? ORDER BY seq LIMIT ${PAGE_RECORDS}`);
    const chosen = "seq < ?1 AND seq < (SELECT max(seq) FROM log) AND seq NOT IN (SELECT value FROM json_each(?2))";
    this.#bytesBelow = prepare<{ bytes: number; upto: number | null }>(
      db,
      `SELECT total(length(data)) AS bytes, max(seq) AS upto FROM (SELECT seq, data FROM log WHERE ${chosen} ORDER BY seq LIMIT ${TRIM_RECORDS})`,
    );
    this.#drop = prepare(db, `DELETE FROM log WHERE ${chosen}`);
    const size = prepare<{ bytes: number; last: number | null }>(
      db,
      "SELECT total(length(data)) AS bytes, max(seq) AS last FROM log",
    ).get();
    this.#bytes = size?.bytes ?? 0;
    this.#lastSeq = size?.last ?? 0;
    this.#committedSeq = this.#lastSeq;
  }

  /** Number of the newest record ever given out. */
  get lastSeq(): number {
    return this.#lastSeq;
  }

  /** Number of the newest record that is durable: no block may say it holds a later one, which a restart would give out again. */
  get committedSeq(): number {
    return this.#committedSeq;
  }

  /** Records that did not match their checksum when they were read. */
  get damaged(): ReadonlySet<number> {
    return this.#damaged;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Writes one record. A rolled-back number leaves a hole until the next start. */
  write(columns: LogColumns, receivedMs: number): { seq: number; bytes: number } {
    const data = packRecord(columns, receivedMs);
    const seq = ++this.#lastSeq;
    this.#insert.run(seq, data);
    return { seq, bytes: data.length };
  }

  /** Counts bytes that were written (or dropped, when negative), once that is durable. */
  committed(bytes: number): void {
    if (bytes > 0) this.#committedSeq = this.#lastSeq;
    this.#bytes += bytes;
  }

  /** Hands over every record in order; those that are damaged are kept aside and counted. */
  replay(take: (seq: number, entries: LogEntry[], receivedMs: number) => void): void {
    for (let page = this.#page.all(0); page.length > 0; page = this.#page.all((page[page.length - 1] as LogRow).seq)) {
      for (const { seq, data } of page) {
        const record = this.#unpack(seq, data);
        if (record !== undefined) take(seq, record.entries, record.receivedMs);
      }
    }
  }

  #unpack(seq: number, data: Uint8Array): LogRecord | undefined {
    try {
      return unpackRecord(data);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#damaged.add(seq);
      return undefined;
    }
  }

  /**
   * Drops records below `seq`, at most a few thousand; answers their bytes, 0 when there is none left. The newest record stays, since it
   * holds the number the next one follows; damaged ones stay for `verify` to name.
   */
  trim(seq: number): number {
    const keep = JSON.stringify([...this.#damaged]);
    const found = this.#bytesBelow.get(seq, keep);
    if (found === undefined || found.upto === null) return 0;
    this.#drop.run(found.upto + 1, keep);
    return found.bytes;
  }
}
