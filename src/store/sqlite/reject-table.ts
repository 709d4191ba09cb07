import { createHash } from "node:crypto";
import { MAX_REJECT_BYTES, type Reject } from "#readings/reject.ts";
import type { RejectFilter, StoredReject } from "#store/records.ts";
import { type Bindable, type Database, prepare, type Statement } from "./statement.ts";

/** The same bytes for the same reason within this time of the last one are one row. */
const FOLD_MS = 3_600_000;
/** Oldest rows beyond this are folded into counters, so that a broken sender cannot fill the disk. */
const DEFAULT_LIMIT_BYTES = 64 * 1024 * 1024;
/** What a row costs besides its texts and bytes. */
const ROW_BYTES = 120;

interface Row {
  readonly id: number;
  readonly source: string;
  readonly topic: string;
  readonly code: string;
  readonly sentence: string;
  readonly body: Uint8Array;
  readonly body_bytes: number;
  readonly received_ms: number;
  readonly decoder: string;
  readonly bytes: number;
  readonly count: number;
  readonly last_ms: number;
  readonly redriven_ms: number | null;
}

/** A reject that was re-driven: how many messages or parts of messages its row stood for. */
export interface Redriven {
  readonly source: string;
  readonly count: number;
}

/** What could not become a sample, folded and capped; the ledger keeps the full count whatever happens to a row. */
export class RejectTable {
  readonly #db: Database;
  readonly #limitBytes: number;
  readonly #add: Statement<never>;
  readonly #same: Statement<{ id: number }>;
  readonly #count: Statement<never>;
  readonly #byId: Statement<Row>;
  readonly #redrive: Statement<never>;
  readonly #oldest: Statement<Row>;
  readonly #drop: Statement<never>;
  readonly #fold: Statement<never>;
  #bytes = 0;

  constructor(db: Database, limitBytes = DEFAULT_LIMIT_BYTES) {
    this.#db = db;
    this.#limitBytes = limitBytes;
    this.#add = prepare(
      db,
      `INSERT INTO reject (source, topic, code, sentence, body, body_bytes, received_ms, decoder, fingerprint, bytes, count, last_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#same = prepare(
      db,
      "SELECT id FROM reject WHERE fingerprint = ? AND redriven_ms IS NULL AND last_ms > ? ORDER BY id DESC LIMIT 1",
    );
    this.#count = prepare(db, "UPDATE reject SET count = count + ?, last_ms = max(last_ms, ?) WHERE id = ?");
    this.#byId = prepare(db, "SELECT * FROM reject WHERE id = ?");
    this.#redrive = prepare(db, "UPDATE reject SET redriven_ms = ? WHERE id = ?");
    this.#oldest = prepare(db, "SELECT * FROM reject ORDER BY id LIMIT 64");
    this.#drop = prepare(db, "DELETE FROM reject WHERE id = ?");
    this.#fold = prepare(
      db,
      `INSERT INTO reject_folded VALUES (?, ?, 1, ?, ?) ON CONFLICT (source, code) DO UPDATE SET
       dropped_rows = dropped_rows + 1, count = count + excluded.count, last_ms = max(last_ms, excluded.last_ms)`,
    );
    this.rolledBack();
  }

  add(reject: Reject): void {
    const body = reject.body.subarray(0, MAX_REJECT_BYTES);
    const fingerprint = fingerprintOf(reject, body);
    const same = this.#same.get(fingerprint, reject.receivedMs - FOLD_MS);
    if (same !== undefined) {
      this.#count.run(reject.count ?? 1, reject.receivedMs, same.id);
      return;
    }
    const { source, topic, code, sentence, bodyBytes, receivedMs, decoder, count = 1 } = reject;
    const bytes = ROW_BYTES + body.byteLength + topic.length + sentence.length;
    this.#add.run(source, topic, code, sentence, body, bodyBytes, receivedMs, decoder, fingerprint, bytes, count, receivedMs);
    this.#bytes += bytes;
    if (this.#bytes > this.#limitBytes) this.#foldOldest();
  }

  /** Marks a reject; undefined when it is already marked, or gone. */
  redrive(id: number, atMs: number): Redriven | undefined {
    const row = this.#byId.get(id);
    if (row === undefined || row.redriven_ms !== null) return undefined;
    this.#redrive.run(atMs, id);
    return { source: row.source, count: row.count };
  }

  list(filter: RejectFilter): StoredReject[] {
    const { where, values } = conditions(filter);
    return prepare<Row>(this.#db, `SELECT * FROM reject WHERE ${where} ORDER BY id DESC LIMIT ?`)
      .all(...values, filter.limit ?? 1_000)
      .map(toReject);
  }

  rolledBack(): void {
    this.#bytes = prepare<{ bytes: number }>(this.#db, "SELECT coalesce(sum(bytes), 0) AS bytes FROM reject").get()?.bytes ?? 0;
  }

  #foldOldest(): void {
    for (const row of this.#oldest.all()) {
      if (this.#bytes <= this.#limitBytes) return;
      this.#fold.run(row.source, row.code, row.count, row.last_ms);
      this.#drop.run(row.id);
      this.#bytes -= row.bytes;
    }
  }
}

/** Topic and full length belong to what was sent: equal beginnings of different messages are not the same. */
function fingerprintOf(reject: Reject, body: Uint8Array): Uint8Array {
  const said = JSON.stringify([reject.source, reject.code, reject.topic, reject.bodyBytes]);
  return createHash("sha256").update(said).update(body).digest();
}

function conditions(filter: RejectFilter): { where: string; values: Bindable[] } {
  const parts: [sql: string, ...values: Bindable[]][] = [["1 = 1"]];
  if (filter.ids !== undefined) parts.push(["id IN (SELECT value FROM json_each(?))", JSON.stringify(filter.ids)]);
  if (filter.source !== undefined) parts.push(["source = ?", filter.source]);
  if (filter.code !== undefined) parts.push(["code = ?", filter.code]);
  if (filter.beforeId !== undefined) parts.push(["id < ?", filter.beforeId]);
  if (filter.open !== undefined) parts.push([filter.open ? "redriven_ms IS NULL" : "redriven_ms IS NOT NULL"]);
  return { where: parts.map(([sql]) => sql).join(" AND "), values: parts.flatMap(([, ...values]) => values) };
}

function toReject(row: Row): StoredReject {
  const { id, source, topic, code, sentence, body, decoder, count } = row;
  const redriven = row.redriven_ms === null ? {} : { redrivenMs: row.redriven_ms };
  const times = { receivedMs: row.received_ms, lastMs: row.last_ms, ...redriven };
  return { id, source, topic, code, sentence, body, bodyBytes: row.body_bytes, decoder, count, ...times };
}
