import { createHash } from "node:crypto";
import { openReader } from "./connection.ts";
import { toStoreError } from "./failure.ts";
import { type Database, prepare } from "./statement.ts";

/**
 * Tables that say nothing of their own: history and messages are counted by the ledger; what was derived can be derived again, what
 * alerts remember between two looks as well. Runs of jobs are left out, or the run that makes a backup would be a reason for the next.
 */
const LEFT_OUT = [
  ...["log", "block", "rollup", "late", "revision", "raw_recent", "raw_pack", "reject", "reject_folded", "inbox", "memory"],
  ...["derived", "derived_of", "job_run", "migration", "alert_state", "alert_delivery"],
];
/** Of tables with long texts, the columns that change. */
const COLUMNS: Readonly<Record<string, string>> = { import: "id, status, mtime_ms, ended_ms", alert: "id, cleared_ms, ack_ms" };
/** Settings that only keep account: when jobs were first known, what became of backups, page views, starts. */
const PASSING = ["job.", "backup.", "usage.", "intake."];

/**
 * A text that is another as soon as anything was stored that a person would miss: readings, corrections, imports, names,
 * facts, tokens, settings. Tables that come later count by themselves.
 */
function changeMark(db: Database): string {
  const hash = createHash("sha256");
  const tables = prepare<{ name: string }>(
    db,
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
  )
    .all()
    .map(({ name }) => name)
    .filter((name) => !LEFT_OUT.includes(name));
  for (const table of tables) {
    hash.update(`\n${table}\n`);
    for (const row of prepare<Record<string, unknown>>(db, `SELECT ${COLUMNS[table] ?? "*"} FROM "${table}" ORDER BY 1, 2`).all()) {
      if (table === "setting" && PASSING.some((start) => String(row["name"]).startsWith(start))) continue;
      hash.update(`${JSON.stringify(row, asText)}\n`);
    }
  }
  const rejects = prepare<{ n: number }>(db, "SELECT count(redriven_ms) AS n FROM reject").get()?.n ?? 0;
  return hash.update(String(rejects)).digest("hex");
}

/** The mark of one moment of a file. Errors: StoreError `damaged`, `not-writable`. */
export function markOf(file: string): string {
  const db = openReader(file);
  try {
    db.exec("BEGIN");
    return changeMark(db);
  } catch (error) {
    throw toStoreError(error, file);
  } finally {
    if (db.isTransaction) db.exec("ROLLBACK");
    db.close();
  }
}

/** What JSON has no word for. */
function asText(_name: string, value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  return value instanceof Uint8Array ? Buffer.from(value).toString("hex") : value;
}
