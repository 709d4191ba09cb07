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

/**
 * Opens the history file of Niagara Copilot Edge to read it and nothing else, as one snapshot; rows that still wait in a write-ahead log
 * beside it count. Errors: ImportProblem `no-file`, `not-readable`, `no-table`, `no-column`.
 */
export function openOldFile(path: string): OldFile {
  const db = openForeign(path);
  try {
    const columns = columnsOf(db, path);
    db.exec("BEGIN");
    const histories = historiesOf(db, columns);
    const [first, next] = pageStatements(db, columns);
    return {
      histories,
      *pages({ stationKey, historyKey }) {
        try {
          let page = first.all(stationKey, historyKey) as unknown as OldRow[];
          for (; page.length > 0; ) {
            yield page;
            const last = page.at(-1) as OldRow;
            page = next.all(stationKey, historyKey, last.ts as string, last.seq) as unknown as OldRow[];
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
      `SELECT rowid AS seq, ${ts} AS ts, ${status} AS status, ${value} AS value FROM ${TABLE}
       WHERE ${stationKey} = ? AND ${historyKey} = ? AND ${where} ORDER BY ${ts}, rowid LIMIT ${PAGE_ROWS}`,
    );
  return [select(`${ts} IS NOT NULL`), select(`(${ts}, rowid) > (?, ?)`)] as const;
}

/** SQLite takes the other columns of a group with one max() from the row that has it. */
function historiesOf(db: Db, { stationKey, historyKey, station, history, ts }: Columns): OldHistory[] {
  return db
    .prepare(
      `SELECT ${stationKey} AS stationKey, ${historyKey} AS historyKey, ${station} AS station, ${history} AS history, rows FROM
         (SELECT *, count(*) AS rows, max(${ts}) FROM ${TABLE} GROUP BY ${stationKey}, ${historyKey}) ORDER BY 1, 2`,
    )
    .all()
    .map((row) => {
      const { stationKey: key, historyKey: of, station: name, history: label, rows } = row as Record<string, unknown>;
      return { stationKey: String(key), historyKey: String(of), station: String(name), history: String(label), rows: Number(rows) };
    });
}

function columnsOf(db: Db, path: string): Columns {
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
