import type { DatabaseSync } from "@photostructure/sqlite";
import { notReadable, openForeign } from "#intake/foreign-file.ts";
import { ImportProblem } from "#intake/import-problem.ts";

/** A row of the old table as it stands there; columns it lacks are null. */
export interface StoredRow {
  /** Where the row came to the table: rows that were written later have a higher one. */
  readonly seq: number;
  readonly timestamp: unknown;
  readonly meter: unknown;
  readonly power: unknown;
  readonly bought: unknown;
  readonly sold: unknown;
  readonly l1: unknown;
  readonly l2: unknown;
  readonly l3: unknown;
}

export interface OldFile {
  readonly total: number;
  /** In order of what is written under `timestamp`, one snapshot of the table, however long it takes. */
  rows(): Generator<StoredRow>;
  close(): void;
}

const TABLE = "energy_readings";
const COLUMNS: Readonly<Record<Exclude<keyof StoredRow, "seq">, string>> = {
  timestamp: "timestamp",
  meter: "meter_id",
  power: "power_watts",
  bought: "energy_in_kwh",
  sold: "energy_out_kwh",
  l1: "power_phase_1_watts",
  l2: "power_phase_2_watts",
  l3: "power_phase_3_watts",
};
/** Rows read at a time: an iterator of the driver must not be left before its end. */
const PAGE_ROWS = 4_096;

function* pages(first: StoredRow[], after: (last: StoredRow) => StoredRow[]): Generator<StoredRow> {
  for (let page = first; page.length > 0; page = after(page.at(-1) as StoredRow)) yield* page;
}

/**
 * Opens the old monitor's SQLite file to read it and nothing else; rows that still wait in a write-ahead log beside it count.
 * Errors: ImportProblem `no-file`, `not-readable`, `no-table`, `no-column`.
 */
export function openOldFile(path: string): OldFile {
  const db = openForeign(path);
  try {
    const columns = columnsOf(db, path);
    const total = (db.prepare(`SELECT count(*) AS n FROM ${TABLE}`).get() as { n: number }).n;
    const wanted = Object.entries(COLUMNS).map(([name, column]) => `${columns.has(column) ? `"${column}"` : "NULL"} AS ${name}`);
    const select = (where: string): string =>
      `SELECT rowid AS seq, ${wanted.join(", ")} FROM ${TABLE} WHERE ${where} ORDER BY timestamp, rowid LIMIT ${PAGE_ROWS}`;
    const first = db.prepare(select("timestamp IS NOT NULL"));
    const next = db.prepare(select("(timestamp, rowid) > (?, ?)"));
    // One transaction: what is written meanwhile is neither half there nor waited for.
    db.exec("BEGIN");
    return {
      total,
      rows: () => pages(first.all() as StoredRow[], (last) => next.all(last.timestamp, last.seq) as StoredRow[]),
      close: () => db.close(),
    };
  } catch (error) {
    db.close();
    throw error instanceof ImportProblem ? error : notReadable(path, error);
  }
}

function columnsOf(db: InstanceType<typeof DatabaseSync>, path: string): Set<string> {
  const columns = new Set(
    (db.prepare(`SELECT name FROM pragma_table_info('${TABLE}')`).all() as { name: string }[]).map(({ name }) => name),
  );
  if (columns.size === 0) {
    const tables = (db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all() as { name: string }[]).map(({ name }) => name);
    const holds = tables.length === 0 ? "no table at all" : tables.slice(0, 10).join(", ");
    throw new ImportProblem("no-table", `${path} has no table ${TABLE}; it holds ${holds}.`);
  }
  if (!columns.has("timestamp") || !["energy_in_kwh", "power_watts", "energy_out_kwh"].some((name) => columns.has(name)))
    throw new ImportProblem("no-column", `${TABLE} of ${path} needs timestamp and one of energy_in_kwh and power_watts.`);
  return columns;
}
