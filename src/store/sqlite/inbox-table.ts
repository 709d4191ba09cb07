import type { InboxEntry } from "#store/batch.ts";
import { type Database, prepare, type Statement } from "./statement.ts";

/** More than a broker may have in flight to one session (200), so nothing unacknowledged is ever pushed out. */
const RING = 1_024;

interface Row {
  readonly session: string;
  readonly packet_id: number;
  readonly hash: string;
}

/** The newest committed QoS 1 messages per session, as a ring: a message takes the place of the one 1,024 before it. */
export class InboxTable {
  readonly #put: Statement<never>;
  readonly #forget: Statement<never>;
  readonly #all: Statement<Row>;
  readonly #newest: Statement<{ session: string; seq: number }>;
  readonly #next = new Map<string, number>();

  constructor(db: Database) {
    this.#put = prepare(
      db,
      `INSERT INTO inbox VALUES (?, ?, ?, ?, ?) ON CONFLICT (session, slot) DO UPDATE SET
       seq = excluded.seq, packet_id = excluded.packet_id, hash = excluded.hash`,
    );
    this.#forget = prepare(db, "DELETE FROM inbox WHERE session = ?");
    this.#all = prepare(db, "SELECT session, packet_id, hash FROM inbox ORDER BY session, seq");
    this.#newest = prepare(db, "SELECT session, max(seq) AS seq FROM inbox GROUP BY session");
    this.rolledBack();
  }

  put({ session, packetId, hash }: InboxEntry): void {
    const seq = this.#next.get(session) ?? 0;
    this.#put.run(session, seq % RING, seq, packetId, hash);
    this.#next.set(session, seq + 1);
  }

  forget(session: string): void {
    this.#forget.run(session);
    this.#next.delete(session);
  }

  /** Oldest first within a session; a packet id that was used again counts once, with its newest hash. */
  all(): InboxEntry[] {
    const newest = new Map<string, InboxEntry>();
    for (const row of this.#all.all()) {
      const key = `${row.packet_id} ${row.session}`;
      newest.delete(key);
      newest.set(key, { session: row.session, packetId: row.packet_id, hash: row.hash });
    }
    return [...newest.values()];
  }

  rolledBack(): void {
    this.#next.clear();
    for (const row of this.#newest.all()) this.#next.set(row.session, row.seq + 1);
  }
}
