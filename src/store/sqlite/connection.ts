import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { StoreError } from "#store/store.ts";
import { toStoreError } from "./failure.ts";
import type { Database } from "./statement.ts";

export const STORE_FILE = "wattkeep.db";

const BUSY_TIMEOUT_MS = 5_000;

/** Settings the promises rest on: each is read back, and a store on which one did not take is not opened. */
const WRITER_PRAGMAS: readonly (readonly [name: string, set: string, expected: string | number])[] = [
  ["journal_mode", "WAL", "wal"],
  ["synchronous", "FULL", 2],
  ["busy_timeout", String(BUSY_TIMEOUT_MS), BUSY_TIMEOUT_MS],
  ["journal_size_limit", "67108864", 67_108_864],
  ["foreign_keys", "ON", 1],
  ["cell_size_check", "ON", 1],
  // The log is moved into the file between requests (see maintenance); this is the limit when there is no pause.
  ["wal_autocheckpoint", "8192", 8_192],
];

const READER_PRAGMAS: typeof WRITER_PRAGMAS = [
  ["busy_timeout", String(BUSY_TIMEOUT_MS), BUSY_TIMEOUT_MS],
  ["cell_size_check", "ON", 1],
];

/** The file of a data folder. */
export function storeFile(folder: string): string {
  return join(folder, STORE_FILE);
}

/**
 * Opens (and creates) the one writing connection of a data folder.
 * Errors: StoreError `not-writable`, `damaged`, `locked`, `disk-full`.
 */
export function openWriter(folder: string): Database {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    const why = (error as Error).message;
    throw new StoreError("not-writable", `The data folder ${folder} cannot be made (${why}). Check its permissions.`, { cause: error });
  }
  return open(storeFile(folder), false);
}

/** Opens a store file for reading only, beside the writer or alone. */
export function openReader(file: string): Database {
  return open(file, true);
}

function open(file: string, readOnly: boolean): Database {
  let db: Database | undefined;
  try {
    db = new DatabaseSync(file, { readOnly, timeout: BUSY_TIMEOUT_MS });
    for (const pragma of readOnly ? READER_PRAGMAS : WRITER_PRAGMAS) setPragma(db, pragma, file);
    return db;
  } catch (error) {
    db?.close();
    throw toStoreError(error, file);
  }
}

function setPragma(db: Database, [name, set, expected]: (typeof WRITER_PRAGMAS)[number], file: string): void {
  db.exec(`PRAGMA ${name} = ${set}`);
  const took = readPragma(db, name);
  if (took === expected) return;
  const sentence = `${file} does not take the setting ${name} = ${set} (it says ${took}). Keep the data folder on a local disk.`;
  throw new StoreError("not-writable", sentence);
}

/** The value of a setting that has one. */
export function readPragma(db: Database, name: string): string | number {
  const row = db.prepare(`PRAGMA ${name}`).get() as Record<string, string | number>;
  return Object.values(row)[0] as string | number;
}
