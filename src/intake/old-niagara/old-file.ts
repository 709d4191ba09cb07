import type { DatabaseSync } from "@photostructure/sqlite";
import { notReadable, openForeign } from "#intake/foreign-file.ts";
import { ImportProblem } from "#intake/import-problem.ts";

/** A history of the old table: its keys, how its newest row names it, and how many rows it has. */
export interface OldHistory {
  readonly stationKey: string;
  readonly historyKey: string;
  readonly station: string;
  readonly history: string;
  readonly rows: number;
}

/** A row as it stands there. */
export interface OldRow {
  /** Where the row came to the table: those that were written later have a higher one. */
  readonly seq: number;
  readonly ts: unknown;
  readonly status: unknown;
  readonly value: unknown;
}

export interface OldFile {
  readonly histories: readonly OldHistory[];
  /** Rows whose keys are no texts, so that they belong to no history. */
  readonly nameless: number;
  /** The rows of a history in order of what is written under their time, a page at a time. */
  pages(history: OldHistory): Generator<readonly OldRow[]>;
  close(): void;
}

const TABLE = "history_samples";
/** Every name a column has had. */
const COLUMNS = {
  stationKey: ["station_key", "station_canonical", "stationKey"],
  historyKey: ["history_key", "history_canonical", "historyKey"],
  station: ["station_name", "stationName", "station"],
  history: ["history_id", "historyId", "history_name", "historyName", "history"],
  ts: ["ts", "timestamp", "time"],
  status: ["status"],
  value: ["value", "val"],
} as const;

type Columns = Readonly<Record<keyof typeof COLUMNS, string>>;

const PAGE_ROWS = 16_384;
/** More histories than any station has. */
const MOST_HISTORIES = 20_000;
/** What is longer is no time, no value and no name; status texts have their own limit later. */
const LONGEST_CELL = 1_200;

/**
 * Opens the history file of Niagara Copilot Edge to read it and nothing else, as one snapshot; rows that still wait in a write-ahead log
 * beside it count. Errors: ImportProblem `no-file`, `not-readable`, `no-table`, `no-column`.
 */
export function openOldFile(path: string): OldFile {
  const db = openForeign(path);
  try {
    const columns = columnsOf(db, path);
    db.exec("BEGIN");
    const histories = historiesOf(db, columns, path);
    const nameless = namelessOf(db, columns);
    const [first, next] = pageStatements(db, columns);
    return {
      histories,
      nameless,
      *pages({ stationKey, historyKey }) {
        try {
          let page = first.all(stationKey, historyKey) as unknown as OldRow[];
          for (; page.length > 0; ) {
            yield page;
            const last = page.at(-1) as OldRow;
            page = next.all(stationKey, historyKey, last.seq) as unknown as OldRow[];
          }
        } catch (error) {
          throw isDatabaseError(error) ? notReadable(path, error) : error;
        }
      },
      close: () => db.close(),
    };
  } catch (error) {
    db.close();
    throw error instanceof ImportProblem ? error : notReadable(path, error);
  }
}

type Db = InstanceType<typeof DatabaseSync>;

function pageStatements(db: Db, { stationKey, historyKey, ts, status, value }: Columns) {
  const select = (where: string) =>
    db.prepare(
      `SELECT rowid AS seq, ${cell(ts)} AS ts, ${cell(status)} AS status, ${cell(value)} AS value FROM ${TABLE}
       WHERE ${stationKey} = ? AND ${historyKey} = ? AND ${where} ORDER BY ${ts}, rowid LIMIT ${PAGE_ROWS}`,
    );
  return [select(`${ts} IS NOT NULL`), select(`(${ts}, rowid) > (SELECT ${ts}, rowid FROM ${TABLE} WHERE rowid = ?)`)] as const;
}

/** A cell as a text or a number of ours, whatever stands there: nothing of it is longer or larger than such a cell is. */
function cell(column: string): string {
  return `CASE typeof(${column}) WHEN 'integer' THEN CAST(${column} AS REAL) WHEN 'text' THEN substr(${column}, 1, ${LONGEST_CELL}) WHEN 'blob' THEN 'bytes' ELSE ${column} END`;
}

/** Rows of a history are found by the texts of its keys. */
function isNamed({ stationKey, historyKey }: Columns): string {
  return [stationKey, historyKey].map((key) => `typeof(${key}) = 'text' AND length(${key}) <= ${LONGEST_CELL}`).join(" AND ");
}

function namelessOf(db: Db, columns: Columns): number {
  return Number(db.prepare(`SELECT count(*) AS n FROM ${TABLE} WHERE NOT (${isNamed(columns)})`).get()?.["n"] ?? 0);
}

/** SQLite takes the other columns of a group with one max() from the row that has it. */
function historiesOf(db: Db, columns: Columns, path: string): OldHistory[] {
  const { stationKey, historyKey, station, history, ts } = columns;
  const found = db
    .prepare(
      `SELECT ${stationKey} AS stationKey, ${historyKey} AS historyKey, ${cell(station)} AS station, ${cell(history)} AS history, rows FROM
         (SELECT *, count(*) AS rows, max(${ts}) FROM ${TABLE} WHERE ${isNamed(columns)} GROUP BY ${stationKey}, ${historyKey})
       ORDER BY 1, 2 LIMIT ${MOST_HISTORIES + 1}`,
    )
    .all();
  if (found.length > MOST_HISTORIES)
    throw new ImportProblem(
      "not-readable",
      `${path} names more than ${MOST_HISTORIES.toLocaleString("en")} histories, which no station has; its keys are damaged.`,
    );
  return found.map((row) => {
    const { stationKey: key, historyKey: of, station: name, history: label, rows } = row as Record<string, unknown>;
    return { stationKey: String(key), historyKey: String(of), station: String(name), history: String(label), rows: Number(rows) };
  });
}

function columnsOf(db: Db, path: string): Columns {
  // A view or a virtual table is a program that may never end.
  const made = db.prepare("SELECT type, sql FROM sqlite_master WHERE name = ?").get(TABLE) as
    | { type: string; sql: string | null }
    | undefined;
  if (made !== undefined && (made.type !== "table" || !/^CREATE TABLE\b/i.test(made.sql ?? "")))
    throw new ImportProblem(
      "no-table",
      `${TABLE} of ${path} is no table but a ${made.type === "table" ? "virtual table" : made.type}; name the old program's own file.`,
    );
  const has = (db.prepare(`SELECT name FROM pragma_table_info('${TABLE}')`).all() as { name: string }[]).map(({ name }) => name);
  if (has.length === 0) {
    const tables = (db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all() as { name: string }[]).map(({ name }) => name);
    const holds = tables.length === 0 ? "no table at all" : tables.slice(0, 10).join(", ");
    throw new ImportProblem("no-table", `${path} has no table ${TABLE}; it holds ${holds}.`);
  }
  const found = (part: keyof Columns): string | undefined => {
    const name = COLUMNS[part].find((one) => has.includes(one));
    return name === undefined ? undefined : `"${name}"`;
  };
  const [station, history, ts, value] = [found("station"), found("history"), found("ts"), found("value")];
  if (station === undefined || history === undefined || ts === undefined || value === undefined)
    throw new ImportProblem("no-column", `${TABLE} of ${path} needs station_name, history_id, ts and value; it has ${has.join(", ")}.`);
  const [stationKey, historyKey] = [found("stationKey") ?? station, found("historyKey") ?? history];
  return { station, history, ts, value, stationKey, historyKey, status: found("status") ?? "NULL" };
}

function isDatabaseError(error: unknown): boolean {
  return error instanceof Error && "code" in error && !(error instanceof ImportProblem);
}
