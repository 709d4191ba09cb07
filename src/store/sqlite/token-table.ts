import type { Role, StoredToken } from "#store/records.ts";
import { type Database, prepare, type Statement } from "./statement.ts";

interface Row {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly sha256: string;
  readonly publish_prefix: string | null;
  readonly created_ms: number;
  readonly expires_ms: number | null;
  readonly revoked_ms: number | null;
}

/** Tokens, known by the hash of their secret alone. */
export class TokenTable {
  readonly #save: Statement<never>;
  readonly #all: Statement<Row>;

  constructor(db: Database) {
    this.#save = prepare(
      db,
      `INSERT INTO token VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role,
       sha256 = excluded.sha256, publish_prefix = excluded.publish_prefix, expires_ms = excluded.expires_ms, revoked_ms = excluded.revoked_ms`,
    );
    this.#all = prepare(db, "SELECT * FROM token ORDER BY created_ms, id");
  }

  all(): StoredToken[] {
    return this.#all.all().map(toToken);
  }

  save(token: StoredToken): void {
    const { id, name, role, sha256, publishPrefix, createdMs, expiresMs, revokedMs } = token;
    this.#save.run(id, name, role, sha256, publishPrefix ?? null, createdMs, expiresMs ?? null, revokedMs ?? null);
  }
}

function toToken(row: Row): StoredToken {
  const { id, name, role, sha256 } = row;
  return {
    ...{ id, name, role, sha256, createdMs: row.created_ms },
    ...(row.publish_prefix === null ? {} : { publishPrefix: row.publish_prefix }),
    ...(row.expires_ms === null ? {} : { expiresMs: row.expires_ms }),
    ...(row.revoked_ms === null ? {} : { revokedMs: row.revoked_ms }),
  };
}
