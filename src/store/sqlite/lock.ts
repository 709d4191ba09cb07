import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { StoreError } from "#store/store.ts";
import { toStoreError } from "./failure.ts";
import { type Database, prepare } from "./statement.ts";

const LOCK_FILE = "wattkeep.lock";
const BUSY = 5;

/**
 * Takes the data folder for this process until `release` or the end of the process, however it ends: the lock is a
 * database lock, which the operating system drops with the process. It keeps readable who holds it.
 * Errors: StoreError `locked` naming the process, `not-writable`.
 */
export function acquireLock(folder: string): () => void {
  const file = join(folder, LOCK_FILE);
  let db: Database | undefined;
  try {
    // When somebody is at home can be read from what they use: a folder we make is its owner's alone.
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    db = new DatabaseSync(file);
    db.exec("PRAGMA busy_timeout = 0");
    take(db, folder);
  } catch (error) {
    db?.close();
    throw isNodeError(error)
      ? new StoreError("not-writable", `The data folder ${folder} cannot be used: ${error.message}.`)
      : toStoreError(error, file);
  }
  const held = db;
  return () => {
    if (!held.isOpen) return;
    // The connection lives on until its statements are collected; the lock must not.
    held.exec("ROLLBACK");
    held.close();
  };
}

/**
 * The write lock alone keeps others out; readers may still see the row that says who we are. That row has to be
 * committed, which lets go for a moment, so it is looked at again under the lock that is kept.
 */
function take(db: Database, folder: string): void {
  try {
    for (;;) {
      db.exec("BEGIN IMMEDIATE");
      if (holder(db) === process.pid) return;
      db.exec("CREATE TABLE IF NOT EXISTS holder (one INTEGER PRIMARY KEY CHECK (one = 1), pid INTEGER NOT NULL) STRICT");
      prepare(db, "INSERT INTO holder VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET pid = excluded.pid").run(process.pid);
      db.exec("COMMIT");
    }
  } catch (error) {
    if (((error as { errcode?: number }).errcode ?? 0) % 256 !== BUSY) throw error;
    throw inUse(db, folder);
  }
}

function inUse(db: Database, folder: string): StoreError {
  const pid = holder(db);
  const who = pid === undefined ? "another process" : pid === process.pid ? `this process (${pid})` : `process ${pid}`;
  return new StoreError("locked", `The data folder ${folder} is in use by ${who}. Stop it first, or choose another data folder.`);
}

function holder(db: Database): number | undefined {
  try {
    return prepare<{ pid: number }>(db, "SELECT pid FROM holder").get()?.pid;
  } catch {
    return undefined;
  }
}

function isNodeError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}
