import type { RawMessage } from "#store/batch.ts";
import { packRaw, type RawRow, unpackRaw } from "./raw-pack.ts";
import { type Database, prepare, type Statement } from "./statement.ts";

/** A pack is made when a source has this much waiting. */
const PACK_BYTES = 256 * 1024;
const PACK_MESSAGES = 1_000;

interface RecentRow {
  readonly seq: number;
  readonly topic: string;
  readonly body: Uint8Array;
  readonly received_ms: number;
  readonly qos: RawMessage["qos"];
  readonly retained: number;
}

interface Waiting {
  messages: number;
  bytes: number;
}

/**
 * Original messages: each commit adds plain rows, and the background packs them per source. A message's `seq` is never
 * given again, and the packs of a source always hold older messages than its plain rows.
 */
export class RawTable {
  readonly #db: Database;
  readonly #add: Statement<never>;
  readonly #recent: Statement<RecentRow>;
  readonly #dropRecent: Statement<never>;
  readonly #addPack: Statement<never>;
  readonly #packs: Statement<{ data: Uint8Array }>;
  readonly #waiting = new Map<string, Waiting>();

  constructor(db: Database) {
    this.#db = db;
    this.#add = prepare(db, "INSERT INTO raw_recent (source, topic, body, received_ms, qos, retained) VALUES (?, ?, ?, ?, ?, ?)");
    this.#recent = prepare(db, "SELECT * FROM raw_recent WHERE source = ? AND seq > ? ORDER BY seq LIMIT ?");
    this.#dropRecent = prepare(db, "DELETE FROM raw_recent WHERE source = ? AND seq <= ?");
    this.#addPack = prepare(
      db,
      "INSERT INTO raw_pack (source, first_seq, last_seq, n, first_ms, last_ms, data) VALUES (?, ?, ?, ?, ?, ?, ?)",
    );
    this.#packs = prepare(db, "SELECT data FROM raw_pack WHERE source = ? AND last_seq > ? ORDER BY last_seq LIMIT 1");
    this.rolledBack();
  }

  add(message: RawMessage): void {
    const { source, topic, body, receivedMs, qos, retained } = message;
    this.#add.run(source, topic, body, receivedMs, qos, retained ? 1 : 0);
    const waiting = this.#waiting.get(source) ?? { messages: 0, bytes: 0 };
    waiting.messages++;
    waiting.bytes += body.byteLength;
    this.#waiting.set(source, waiting);
  }

  /** Messages after `after`, oldest first. */
  page(source: string, page: { after: number; limit: number }): RawRow[] {
    const rows: RawRow[] = [];
    let after = page.after;
    while (rows.length < page.limit) {
      const pack = this.#packs.get(source, after);
      if (pack === undefined) break;
      const found = unpackRaw(source, pack.data).filter((row) => row.seq > after);
      rows.push(...found.slice(0, page.limit - rows.length));
      after = found.at(-1)?.seq ?? after;
    }
    if (rows.length < page.limit) rows.push(...this.#plain(source, rows.at(-1)?.seq ?? page.after, page.limit - rows.length));
    return rows;
  }

  /** Whether a source has enough waiting for a pack. */
  needsPacking(): boolean {
    return this.#full() !== undefined;
  }

  /** Packs the oldest messages of one source, inside the caller's transaction. */
  packOne(): void {
    const source = this.#full();
    if (source === undefined) return;
    const rows = withinBytes(this.#plain(source, 0, PACK_MESSAGES));
    const first = rows[0] as RawRow;
    const last = rows.at(-1) as RawRow;
    const times = rows.map((row) => row.message.receivedMs);
    this.#addPack.run(source, first.seq, last.seq, rows.length, Math.min(...times), Math.max(...times), packRaw(rows));
    this.#dropRecent.run(source, last.seq);
    const waiting = this.#waiting.get(source) as Waiting;
    waiting.messages -= rows.length;
    waiting.bytes -= rows.reduce((sum, row) => sum + row.message.body.byteLength, 0);
  }

  /** Drops what came before `beforeMs`, inside the caller's transaction; a pack that reaches past it stays whole. */
  expire(source: string, beforeMs: number): number {
    const packs = prepare<{ n: number }>(this.#db, "SELECT coalesce(sum(n), 0) AS n FROM raw_pack WHERE source = ? AND last_ms < ?");
    const packed = packs.get(source, beforeMs)?.n ?? 0;
    prepare(this.#db, "DELETE FROM raw_pack WHERE source = ? AND last_ms < ?").run(source, beforeMs);
    const plain = prepare(this.#db, "DELETE FROM raw_recent WHERE source = ? AND received_ms < ?").run(source, beforeMs).changes;
    this.rolledBack();
    return packed + plain;
  }

  /** Counts again what waits, after a rollback or a deletion. */
  rolledBack(): void {
    this.#waiting.clear();
    const sql = "SELECT source, count(*) AS messages, coalesce(sum(length(body)), 0) AS bytes FROM raw_recent GROUP BY source";
    for (const { source, messages, bytes } of prepare<Waiting & { source: string }>(this.#db, sql).all()) {
      this.#waiting.set(source, { messages, bytes });
    }
  }

  #full(): string | undefined {
    for (const [source, { messages, bytes }] of this.#waiting) {
      if (messages >= PACK_MESSAGES || bytes >= PACK_BYTES) return source;
    }
    return undefined;
  }

  #plain(source: string, after: number, limit: number): RawRow[] {
    return this.#recent.all(source, after, limit).map(({ seq, topic, body, received_ms, qos, retained }) => ({
      seq,
      message: { source, topic, body, receivedMs: received_ms, qos, retained: retained === 1 },
    }));
  }
}

/** The longest beginning that stays within the size of a pack, one message at least. */
function withinBytes(rows: readonly RawRow[]): readonly RawRow[] {
  let bytes = 0;
  const end = rows.findIndex((row, i) => {
    bytes += row.message.body.byteLength;
    return i > 0 && bytes > PACK_BYTES;
  });
  return end === -1 ? rows : rows.slice(0, end);
}
