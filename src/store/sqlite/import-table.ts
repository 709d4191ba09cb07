import type { ImportRecord } from "#store/records.ts";
import { type Database, prepare, type Statement } from "./statement.ts";

export type ImportEnd = Pick<ImportRecord, "status" | "stored" | "duplicate" | "replaced" | "refused">;

interface Row extends Omit<ImportRecord, "startedMs"> {
  readonly started_ms: number;
}

/** Files and histories that were taken over, with what became of them. */
export class ImportTable {
  readonly #begin: Statement<never>;
  readonly #end: Statement<never>;
  readonly #all: Statement<Row>;

  constructor(db: Database) {
    this.#begin = prepare(
      db,
      `INSERT INTO import (source, what, sha256, bytes, started_ms, status, stored, replaced, duplicate, refused)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#end = prepare(db, "UPDATE import SET status = ?, stored = ?, replaced = ?, duplicate = ?, refused = ? WHERE id = ?");
    this.#all = prepare(db, "SELECT * FROM import ORDER BY id");
  }

  begin(record: Omit<ImportRecord, "id">): number {
    const { source, what, sha256, bytes, startedMs, status, stored, replaced, duplicate, refused } = record;
    return this.#begin.run(source, what, sha256, bytes, startedMs, status, stored, replaced, duplicate, refused).lastInsertRowid;
  }

  end(id: number, { status, stored, replaced, duplicate, refused }: ImportEnd): void {
    const { changes } = this.#end.run(status, stored, replaced, duplicate, refused, id);
    if (changes === 0) throw new Error(`There is no import ${id}.`);
  }

  all(): ImportRecord[] {
    return this.#all.all().map(({ started_ms, ...row }) => ({ ...row, startedMs: started_ms }));
  }
}
