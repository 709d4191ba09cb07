import type { ImportEnd, ImportFilter, ImportRecord, ImportReport } from "#store/records.ts";
import { type Bindable, type Database, prepare, type Statement } from "./statement.ts";

interface Row {
  readonly id: number;
  readonly source: string;
  readonly what: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly started_ms: number;
  readonly status: ImportRecord["status"];
  readonly stored: number;
  readonly replaced: number;
  readonly duplicate: number;
  readonly refused: number;
  readonly mtime_ms: number | null;
  readonly ended_ms: number | null;
  readonly rows: number | null;
  readonly from_ms: number | null;
  readonly to_ms: number | null;
  readonly report?: string | null;
}

const EXTRA = [
  ["mtimeMs", "mtime_ms"],
  ["endedMs", "ended_ms"],
  ["rows", "rows"],
  ["fromMs", "from_ms"],
  ["toMs", "to_ms"],
] as const;
const COLUMNS =
  "id, source, what, sha256, bytes, started_ms, status, stored, replaced, duplicate, refused, mtime_ms, ended_ms, rows, from_ms, to_ms";

/** Files and histories that were taken over, with what became of them. */
export class ImportTable {
  readonly #db: Database;
  readonly #begin: Statement<never>;
  readonly #end: Statement<never>;

  constructor(db: Database) {
    this.#db = db;
    this.#begin = prepare(
      db,
      `INSERT INTO import (source, what, sha256, bytes, started_ms, status, stored, replaced, duplicate, refused,
       mtime_ms, ended_ms, rows, from_ms, to_ms, report) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#end = prepare(
      db,
      `UPDATE import SET status = ?, stored = ?, replaced = ?, duplicate = ?, refused = ?, ended_ms = coalesce(?, ended_ms),
       rows = coalesce(?, rows), from_ms = coalesce(?, from_ms), to_ms = coalesce(?, to_ms), report = coalesce(?, report) WHERE id = ?`,
    );
  }

  begin(record: Omit<ImportRecord, "id">): number {
    const { source, what, sha256, bytes, startedMs, status, stored, replaced, duplicate, refused, report } = record;
    const extra = EXTRA.map(([name]) => record[name] ?? null);
    const counts = [stored, replaced, duplicate, refused];
    return this.#begin.run(source, what, sha256, bytes, startedMs, status, ...counts, ...extra, written(report)).lastInsertRowid;
  }

  end(id: number, end: ImportEnd): void {
    const { status, stored, replaced, duplicate, refused, report } = end;
    const extra = [end.endedMs ?? null, end.rows ?? null, end.fromMs ?? null, end.toMs ?? null];
    const { changes } = this.#end.run(status, stored, replaced, duplicate, refused, ...extra, written(report), id);
    if (changes === 0) throw new Error(`There is no import ${id}.`);
  }

  list(filter: ImportFilter = {}): ImportRecord[] {
    const { where, values } = conditions(filter);
    const columns = filter.withoutReports === true ? COLUMNS : `${COLUMNS}, report`;
    const sql = `SELECT ${columns} FROM import ${where} ORDER BY id DESC LIMIT ?`;
    return prepare<Row>(this.#db, sql)
      .all(...values, filter.limit ?? -1)
      .map(toRecord);
  }
}

function conditions({ source, what, beforeId, newestOfEach }: ImportFilter): { where: string; values: Bindable[] } {
  const all: readonly (readonly [string, Bindable | undefined])[] = [
    ["source = ?", source],
    ["what = ?", what],
    ["id < ?", beforeId],
  ];
  const asked = all.flatMap(([text, value]) => (value === undefined ? [] : [{ text, value }]));
  const texts = asked.map(({ text }) => text);
  if (newestOfEach === true) texts.push("id IN (SELECT max(id) FROM import GROUP BY source, what)");
  return { where: texts.length === 0 ? "" : `WHERE ${texts.join(" AND ")}`, values: asked.map(({ value }) => value) };
}

function written(report: ImportReport | undefined): string | null {
  return report === undefined ? null : JSON.stringify(report);
}

function toRecord(row: Row): ImportRecord {
  const { id, source, what, sha256, bytes, started_ms: startedMs, status, stored, replaced, duplicate, refused } = row;
  const extra = EXTRA.flatMap(([name, column]) => (row[column] === null ? [] : [[name, row[column]] as const]));
  const report = typeof row.report === "string" ? { report: JSON.parse(row.report) as ImportReport } : {};
  return {
    id,
    source,
    what,
    sha256,
    bytes,
    startedMs,
    status,
    stored,
    replaced,
    duplicate,
    refused,
    ...Object.fromEntries(extra),
    ...report,
  };
}
