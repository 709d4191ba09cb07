import type { Correction, NewCorrection } from "#store/records.ts";
import { asDifference, type Database, prepare } from "#store/sqlite/statement.ts";

interface CorrectionRow {
  readonly id: number;
  readonly series: number;
  readonly t0: number;
  readonly t1: number;
  readonly action: Correction["action"];
  readonly value: number | null;
  readonly who: string;
  readonly why: string;
  readonly made: number;
  readonly undone: number | null;
}

/** What people changed. Rows are never removed; an undone one says when and by whom. */
export class CorrectionTable {
  readonly #insert;
  readonly #undo;
  readonly #find;
  readonly #of;
  readonly #all;
  /** Series that ever had a correction, so that the others need no look-up. */
  readonly #series: Set<number>;

  constructor(db: Database) {
    const columns = "series, t0, t1, action, value, who, why, made";
    this.#insert = prepare(db, `INSERT INTO correction (${columns}) VALUES (?, ?, ?, ?, ? - ?, ?, ?, ?)`);
    this.#undo = prepare(db, "UPDATE correction SET undone = ?, undone_by = ? WHERE id = ? AND undone IS NULL");
    this.#find = prepare<CorrectionRow>(db, `SELECT id, ${columns}, undone FROM correction WHERE id = ?`);
    this.#of = prepare<CorrectionRow>(db, `SELECT id, ${columns}, undone FROM correction WHERE series = ? ORDER BY made, id`);
    this.#all = prepare<CorrectionRow>(db, `SELECT id, ${columns}, undone FROM correction ORDER BY made, id`);
    const series = prepare<{ series: number }>(db, "SELECT DISTINCT series FROM correction").all();
    this.#series = new Set(series.map((row) => row.series));
  }

  add(correction: NewCorrection): number {
    const { seriesId, t0Ms, t1Ms, action, value, who, why, madeMs } = correction;
    const stored = Number.isNaN(value) ? ([null, 0] as const) : asDifference(value);
    const { lastInsertRowid } = this.#insert.run(seriesId, t0Ms, t1Ms, action, ...stored, who, why, madeMs);
    this.#series.add(seriesId);
    return lastInsertRowid;
  }

  find(id: number): Correction | undefined {
    const row = this.#find.get(id);
    return row === undefined ? undefined : fromRow(row);
  }

  /** Answers whether it still held. */
  undo(id: number, undo: { who: string; atMs: number }): boolean {
    return this.#undo.run(undo.atMs, undo.who, id).changes > 0;
  }

  all(): Correction[] {
    return this.#all.all().map(fromRow);
  }

  /** All corrections of a series, undone ones too, in the order they were made. */
  of(seriesId: number): Correction[] {
    return this.#series.has(seriesId) ? this.#of.all(seriesId).map(fromRow) : [];
  }
}

function fromRow(row: CorrectionRow): Correction {
  return {
    id: row.id,
    seriesId: row.series,
    t0Ms: row.t0,
    t1Ms: row.t1,
    action: row.action,
    value: row.value ?? Number.NaN,
    who: row.who,
    why: row.why,
    madeMs: row.made,
    ...(row.undone === null ? {} : { undoneMs: row.undone }),
  };
}
