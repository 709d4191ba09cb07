import { createHash } from "node:crypto";
import { closeSync, fsyncSync, mkdirSync, openSync, readSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { backup, DatabaseSync } from "@photostructure/sqlite";
import type { BackupReport, VerifyReport } from "#store/records.ts";
import { type Progress, StoreError } from "#store/store.ts";
import { markOf } from "./change-mark.ts";
import { openReader, readPragma } from "./connection.ts";
import { cancelled, toStoreError } from "./failure.ts";
import { formatOf } from "./migrations/migrate.ts";
import { prepare } from "./statement.ts";
import { verifyFile, WHOLE_FILE } from "./verify-file.ts";

/** 4 MiB at a time: between two steps the writer may move its log. */
const PAGES_PER_STEP = 1_024;
const REPORT_MS = 100;
const READ_BYTES = 1 << 20;

/**
 * Copies a store that may be in use into one file, as it was when the copy began. The file appears under its name
 * only when it is whole, on disk and has been read back; only its owner may read it. A cancel is heeded at the end of the copying,
 * and while it is read back.
 * Errors: StoreError `cancelled`, `disk-full`, `not-writable`, `damaged`.
 */
export async function backUp(file: string, target: string, progress?: Progress): Promise<BackupReport> {
  if (resolve(target) === resolve(file))
    throw new StoreError("not-writable", "A store cannot be backed up onto itself. Choose another file.");
  const partial = `${target}.partial`;
  try {
    mkdirSync(dirname(resolve(target)), { recursive: true });
    clearPartial(target);
    // The copy stands outside the data folder, so it is made its owner's alone before there is anything in it.
    closeSync(openSync(partial, "wx", 0o600));
    await copy(file, partial, progress);
    const format = singleFile(partial);
    const report = { ...readBack(partial, progress), sha256: sha256Of(partial), format, mark: markOf(partial) };
    settle(partial, target);
    return { ...report, bytes: statSync(target).size };
  } catch (error) {
    clearPartial(target);
    if (error instanceof Error && "syscall" in error) throw unwritable(error as NodeJS.ErrnoException, target);
    throw toStoreError(error, target);
  }
}

function unwritable(error: NodeJS.ErrnoException, target: string): StoreError {
  if (error.code === "ENOSPC") return new StoreError("disk-full", `There is no space left for ${target}.`, { cause: error });
  return new StoreError("not-writable", `${target} cannot be written: ${error.message}.`, { cause: error });
}

/** Removes what a backup that did not end has left. */
function clearPartial(target: string): void {
  for (const suffix of [".partial", ".partial-journal"]) rmSync(target + suffix, { force: true });
}

async function copy(file: string, partial: string, progress: Progress | undefined): Promise<void> {
  const db = openReader(file);
  const pageBytes = Number(readPragma(db, "page_size"));
  const total = Number(readPragma(db, "page_count"));
  let stopped = false;
  const report = (pages: number) => {
    stopped ||= progress?.(pages, total, "copying") === false;
  };
  // The driver's own progress callback takes the process down when its thread is stopped meanwhile; the file tells as much.
  const timer = setInterval(() => report(Math.min(total, Math.floor(sizeOf(partial) / pageBytes))), REPORT_MS);
  try {
    report(0);
    // A read transaction holds the moment of the copy while the writer goes on; without it each commit would restart the copy.
    db.exec("BEGIN");
    prepare(db, "SELECT count(*) FROM sqlite_schema").get();
    if (!stopped) await backup(db, partial, { rate: PAGES_PER_STEP });
    report(total);
  } finally {
    clearInterval(timer);
    // A connection lives on until its statements are collected; its hold on the log must not.
    if (db.isTransaction) db.exec("ROLLBACK");
    db.close();
  }
  if (stopped) throw cancelled();
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** Makes the copy a single file without a log beside it; opening it as a store brings the log back. Answers its format. */
function singleFile(partial: string): number {
  const db = new DatabaseSync(partial);
  try {
    db.exec("PRAGMA journal_mode = DELETE");
    const format = formatOf(db, partial);
    if (format === 0) throw new StoreError("damaged", "The copy does not open as a store. Run `wattkeep verify`.");
    return format;
  } finally {
    db.close();
  }
}

/** Reads the copy as a reader would. A block that was damaged before does no harm to others; tables that are broken do. */
function readBack(partial: string, progress: Progress | undefined): VerifyReport {
  const report = verifyFile(partial, progress);
  const broken = report.damage.find(({ seriesKey }) => seriesKey === WHOLE_FILE);
  if (broken !== undefined) throw new StoreError("damaged", `The copy does not open as a store (${broken.what}). Run \`wattkeep verify\`.`);
  return report;
}

function sha256Of(file: string): string {
  const hash = createHash("sha256");
  const buffer = Buffer.alloc(READ_BYTES);
  const handle = openSync(file, "r");
  try {
    for (let read = readSync(handle, buffer); read > 0; read = readSync(handle, buffer)) hash.update(buffer.subarray(0, read));
    return hash.digest("hex");
  } finally {
    closeSync(handle);
  }
}

function settle(partial: string, target: string): void {
  sync(partial);
  renameSync(partial, target);
  if (process.platform !== "win32") sync(dirname(resolve(target)));
}

function sync(path: string): void {
  const handle = openSync(path, process.platform === "win32" ? "r+" : "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
