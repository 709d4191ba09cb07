import type { Database } from "./statement.ts";

/** Runs `work` as one transaction: all of it is durable when this returns, none of it when it throws. */
export function inTransaction<T>(db: Database, work: () => T): T {
  db.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    db.exec("COMMIT");
    return result;
  } catch (error) {
    rollBack(db);
    throw error;
  }
}

/** SQLite ends a transaction by itself on some errors; then there is nothing left to roll back. */
function rollBack(db: Database): void {
  if (db.isTransaction) db.exec("ROLLBACK");
}
