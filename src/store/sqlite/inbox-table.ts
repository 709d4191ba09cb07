import { INBOX, type InboxRun } from "#store/batch.ts";
import { type Database, prepare, type Statement } from "./statement.ts";

/** Messages of one session from one commit. */
interface Row {
  readonly session: string;
  readonly seq: number;
  readonly count: number;
  readonly packed: string;
}

interface Kept {
  readonly seq: number;
  readonly count: number;
  readonly atMs: number;
}

/** The rows of one session, oldest first, and how many messages they hold. */
interface Session {
  readonly rows: Kept[];
  count: number;
}

/**
 * The newest committed QoS 1 messages per session, as many as INBOX says. A commit adds one row per session, whatever it
 * holds, and drops the oldest rows that are no longer needed.
 */
export class InboxTable {
  readonly #put: Statement<never>;
  readonly #drop: Statement<never>;
  readonly #forget: Statement<never>;
  readonly #all: Statement<Row>;
  readonly #counts: Statement<Omit<Row, "packed">>;
  readonly #nowMs: () => number;
  readonly #sessions = new Map<string, Session>();

  constructor(db: Database, nowMs: () => number) {
    this.#nowMs = nowMs;
    this.#put = prepare(db, "INSERT INTO inbox VALUES (?, ?, ?, ?)");
    this.#drop = prepare(db, "DELETE FROM inbox WHERE session = ? AND seq <= ?");
    this.#forget = prepare(db, "DELETE FROM inbox WHERE session = ?");
    this.#all = prepare(db, "SELECT session, seq, count, packed FROM inbox ORDER BY session, seq");
    this.#counts = prepare(db, "SELECT session, seq, count FROM inbox ORDER BY session, seq");
    this.rolledBack();
  }

  /** What one commit holds. */
  put(runs: readonly InboxRun[], atMs: number): void {
    for (const run of runs) if (run.packetIds.length > 0) this.#add(run, atMs);
  }

  forget(session: string): void {
    this.#forget.run(session);
    this.#sessions.delete(session);
  }

  /** One run per session, oldest first; a packet id that was used again counts once, with its newest hash. */
  all(): InboxRun[] {
    const sessions = new Map<string, Map<number, number>>();
    for (const { session, packed } of this.#all.all()) {
      const newest = sessions.get(session) ?? new Map<number, number>();
      sessions.set(session, newest);
      const { packetIds, hashes } = unpack(packed);
      for (const [i, packetId] of packetIds.entries()) {
        newest.delete(packetId);
        newest.set(packetId, hashes[i] as number);
      }
    }
    return [...sessions].map(([session, newest]) => ({
      session,
      packetIds: Uint16Array.from(newest.keys()),
      hashes: Float64Array.from(newest.values()),
    }));
  }

  /** Rows whose age is unknown count as new, so that nothing goes too early. */
  rolledBack(): void {
    this.#sessions.clear();
    const atMs = this.#nowMs();
    for (const { session, seq, count } of this.#counts.all()) keep(this.#session(session), { seq, count, atMs });
  }

  #add(run: InboxRun, atMs: number): void {
    const session = this.#session(run.session);
    const seq = (session.rows.at(-1)?.seq ?? 0) + 1;
    const count = run.packetIds.length;
    this.#put.run(run.session, seq, count, pack(run));
    keep(session, { seq, count, atMs });
    const dropped = letGo(session, atMs);
    if (dropped > 0) this.#drop.run(run.session, dropped);
  }

  #session(name: string): Session {
    const known = this.#sessions.get(name);
    if (known) return known;
    const session = { rows: [], count: 0 };
    this.#sessions.set(name, session);
    return session;
  }
}

function keep(session: Session, row: Kept): void {
  session.rows.push(row);
  session.count += row.count;
}

/** Lets go of the oldest rows that are no longer needed and answers the last of them; 0 where all are. */
function letGo(session: Session, nowMs: number): number {
  let dropped = 0;
  for (let oldest = session.rows[0]; oldest !== undefined; oldest = session.rows[0]) {
    const newer = session.count - oldest.count;
    if (newer < INBOX.least || (newer < INBOX.most && nowMs - oldest.atMs <= INBOX.ms)) break;
    session.rows.shift();
    session.count = newer;
    dropped = oldest.seq;
  }
  return dropped;
}

/** Ids and hashes as the bytes of their columns. */
function pack({ packetIds, hashes }: InboxRun): string {
  return `${base64(packetIds)} ${base64(hashes)}`;
}

function base64({ buffer, byteOffset, byteLength }: Uint16Array | Float64Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString("base64");
}

function unpack(packed: string): Pick<InboxRun, "packetIds" | "hashes"> {
  const [ids = "", hashes = ""] = packed.split(" ");
  return { packetIds: new Uint16Array(bytesOf(ids)), hashes: new Float64Array(bytesOf(hashes)) };
}

function bytesOf(text: string): ArrayBuffer {
  return new Uint8Array(Buffer.from(text, "base64")).buffer;
}
