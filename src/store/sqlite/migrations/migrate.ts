import { statfsSync } from "node:fs";
import { dirname } from "node:path";
import { readPragma } from "#store/sqlite/connection.ts";
import { type Database, prepare } from "#store/sqlite/statement.ts";
import { inTransaction } from "#store/sqlite/transaction.ts";
import { StoreError } from "#store/store.ts";
import type { Migration } from "./migration.ts";

/** "Wttk": says whose file it is. */
const APPLICATION_ID = 0x5774_746b;

export interface MigrateOptions {
  readonly nowMs: () => number;
  readonly freeBytes?: (folder: string) => number;
}

/**
 * Brings the file to the newest format, one transaction per migration. A store that has it changes nothing.
 * Errors: StoreError `newer-format`, `no-space-to-migrate`, `damaged` for a file that is not a store.
 */
export function migrate(db: Database, migrations: readonly Migration[], options: MigrateOptions): void {
  const file = db.location() ?? "the store";
  const format = formatOf(db, file);
  const newest = migrations.length;
  if (format > newest) {
    const sentence = `${file} has format ${format}; this version of Wattkeep knows formats up to ${newest}. Install the newer version again.`;
    throw new StoreError("newer-format", sentence);
  }
  for (const migration of migrations.slice(format)) {
    checkSpace(db, migration, options.freeBytes ?? freeBytes);
    inTransaction(db, () => apply(db, migration, options.nowMs()));
  }
}

/** Format number of an open file; 0 for a new one. */
export function formatOf(db: Database, file: string): number {
  const id = readPragma(db, "application_id");
  const tables = prepare<{ n: number }>(db, "SELECT count(*) AS n FROM sqlite_schema").get()?.n ?? 0;
  if (id !== APPLICATION_ID && (id !== 0 || tables > 0)) {
    throw new StoreError("damaged", `${file} belongs to another program. Choose another data folder.`);
  }
  return Number(readPragma(db, "user_version"));
}

function apply(db: Database, migration: Migration, nowMs: number): void {
  migration.up(db);
  db.exec("CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_ms INTEGER NOT NULL) STRICT");
  prepare(db, "INSERT INTO migration VALUES (?, ?, ?)").run(migration.number, migration.name, nowMs);
  db.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
  db.exec(`PRAGMA user_version = ${migration.number}`);
}

function checkSpace(db: Database, migration: Migration, free: (folder: string) => number): void {
  const needed = migration.copies?.(db) ?? 0;
  const folder = dirname(db.location() ?? ".");
  if (needed === 0 || free(folder) >= needed) return;
  const sentence = `Bringing the store to format ${migration.number} (${migration.name}) needs ${needed} free bytes in ${folder}; ${free(folder)} are free.`;
  throw new StoreError("no-space-to-migrate", `${sentence} Nothing was changed.`);
}

function freeBytes(folder: string): number {
  const volume = statfsSync(folder);
  return volume.bavail * volume.bsize;
}
