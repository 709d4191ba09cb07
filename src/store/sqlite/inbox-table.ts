import type { InboxEntry } from "#store/batch.ts";
import { type Database, prepare, type Statement } from "./statement.ts";

/** More than a broker may have in flight to one session (200), so nothing unacknowledged is ever pushed out. */
const RING = 1_024;

/** Entries of one session from one commit. */
interface Row {
  readonly session: string;
  readonly seq: number;
  readonly count: number;
  readonly packed: string;
}

type Kept = Pick<Row, "seq" | "count">;

/**
 * The newest committed QoS 1 messages per session. A commit adds one row per session, whatever it holds, and drops the
 * oldest rows that 1,024 newer messages stand behind.
 */
export class InboxTable {
  readonly #put: Statement<never>;
  readonly #drop: Statement<never>;
  readonly #forget: Statement<never>;
  readonly #all: Statement<Row>;
  readonly #counts: Statement<Row>;
  /** Rows of each session, oldest first. */
  readonly #kept = new Map<string, Kept[]>();

  constructor(db: Database) {
    this.#put = prepare(db, "INSERT INTO inbox VALUES (?, ?, ?, ?)");
    this.#drop = prepare(db, "DELETE FROM inbox WHERE session = ? AND seq <= ?");
    this.#forget = prepare(db, "DELETE FROM inbox WHERE session = ?");
    this.#all = prepare(db, "SELECT session, seq, count, packed FROM inbox ORDER BY session, seq");
    this.#counts = prepare(db, "SELECT session, seq, count, '' AS packed FROM inbox ORDER BY session, seq");
    this.rolledBack();
  }

  /** Entries of one commit, oldest first. */
  put(entries: readonly InboxEntry[]): void {
    const bySession = new Map<string, InboxEntry[]>();
    for (const entry of entries) {
      const same = bySession.get(entry.session);
      if (same) same.push(entry);
      else bySession.set(entry.session, [entry]);
    }
    for (const [session, own] of bySession) this.#add(session, own.slice(-RING));
  }

  forget(session: string): void {
    this.#forget.run(session);
    this.#kept.delete(session);
  }

  /** The newest 1,024 of each session, oldest first; a packet id that was used again counts once, with its newest hash. */
  all(): InboxEntry[] {
    const sessions = new Map<string, InboxEntry[]>();
    for (const { session, packed } of this.#all.all()) {
      const entries = sessions.get(session) ?? [];
      for (const entry of unpack(session, packed)) entries.push(entry);
      sessions.set(session, entries);
    }
    return [...sessions.values()].flatMap((entries) => newestOfEachId(entries.slice(-RING)));
  }

  rolledBack(): void {
    this.#kept.clear();
    for (const { session, seq, count } of this.#counts.all()) this.#keptOf(session).push({ seq, count });
  }

  #add(session: string, entries: readonly InboxEntry[]): void {
    const kept = this.#keptOf(session);
    const seq = (kept.at(-1)?.seq ?? 0) + 1;
    this.#put.run(session, seq, entries.length, pack(entries));
    kept.push({ seq, count: entries.length });
    const surplus = surplusOf(kept);
    if (surplus === 0) return;
    this.#drop.run(session, (kept[surplus - 1] as Kept).seq);
    kept.splice(0, surplus);
  }

  #keptOf(session: string): Kept[] {
    const known = this.#kept.get(session);
    if (known) return known;
    const kept: Kept[] = [];
    this.#kept.set(session, kept);
    return kept;
  }
}

/** How many of the oldest rows the ring can do without. */
function surplusOf(kept: readonly Kept[]): number {
  let newer = 0;
  for (let at = kept.length - 1; at >= 0; at--) {
    if (newer >= RING) return at + 1;
    newer += (kept[at] as Kept).count;
  }
  return 0;
}

function newestOfEachId(entries: readonly InboxEntry[]): InboxEntry[] {
  const newest = new Map<number, InboxEntry>();
  for (const entry of entries) {
    newest.delete(entry.packetId);
    newest.set(entry.packetId, entry);
  }
  return [...newest.values()];
}

function pack(entries: readonly InboxEntry[]): string {
  return entries.map(({ packetId, hash }) => `${packetId} ${hash}`).join("\n");
}

function unpack(session: string, packed: string): InboxEntry[] {
  return packed.split("\n").map((line) => {
    const blank = line.indexOf(" ");
    return { session, packetId: Number(line.slice(0, blank)), hash: line.slice(blank + 1) };
  });
}
