import type { SampleColumns } from "#store/batch.ts";
import type { DerivedRow, NewDerivedRow } from "#store/records.ts";
import { type Database, prepare, type Statement } from "./statement.ts";

interface Row {
  readonly id: number;
  readonly from_ms: number;
  readonly to_ms: number;
  readonly data: Uint8Array;
}

interface OfRow {
  readonly derived: number;
  readonly series: number;
  readonly until_ms: number | null;
}

/** Rows that were derived of series. One goes in the transaction that changes a series before the instant it counts until. */
export class DerivedTable {
  readonly #rows: Statement<Row>;
  readonly #of: Statement<OfRow>;
  readonly #add: Statement<never>;
  readonly #addOf: Statement<never>;
  readonly #dropOthers: Statement<never>;
  readonly #dropParts: Statement<never>;
  readonly #dropFrom: Statement<never>;
  readonly #dropAll: Statement<never>;
  /** The latest instant anything derived of a series counts until: what only follows it changes nothing. Never too early. */
  readonly #latest = new Map<number, number>();

  constructor(db: Database) {
    const of = "SELECT id FROM derived WHERE owner = ? AND rules = ?";
    this.#rows = prepare<Row>(db, "SELECT id, from_ms, to_ms, data FROM derived WHERE owner = ? AND rules = ? ORDER BY from_ms");
    this.#of = prepare<OfRow>(db, `SELECT derived, series, until_ms FROM derived_of WHERE derived IN (${of})`);
    this.#add = prepare(db, "INSERT INTO derived (owner, rules, from_ms, to_ms, data) VALUES (?, ?, ?, ?, ?)");
    this.#addOf = prepare(db, "INSERT INTO derived_of (series, until_ms, derived) VALUES (?, ?, ?)");
    this.#dropOthers = prepare(db, "DELETE FROM derived WHERE owner = ? AND rules <> ?");
    this.#dropParts = prepare(db, "DELETE FROM derived WHERE owner = ? AND rules = ? AND from_ms >= ? AND to_ms <= ?");
    this.#dropFrom = prepare(
      db,
      "DELETE FROM derived WHERE id IN (SELECT derived FROM derived_of WHERE series = ? AND (until_ms IS NULL OR until_ms > ?))",
    );
    this.#dropAll = prepare(db, "DELETE FROM derived");
    for (const { series, until_ms } of prepare<OfRow>(db, "SELECT 0 AS derived, series, until_ms FROM derived_of").all())
      this.#widen(series, until_ms ?? Number.POSITIVE_INFINITY);
  }

  list(owner: string, rules: string): DerivedRow[] {
    const rows = this.#rows.all(owner, rules);
    const of = new Map<number, { seriesId: number; untilMs: number }[]>(rows.map((row) => [row.id, []]));
    for (const { derived, series, until_ms } of this.#of.all(owner, rules))
      of.get(derived)?.push({ seriesId: series, untilMs: until_ms ?? Number.POSITIVE_INFINITY });
    return rows.map(({ id, from_ms, to_ms, data }) => ({ fromMs: from_ms, toMs: to_ms, data, of: of.get(id) ?? [] }));
  }

  /** Rows of the owner by other rules, and of parts of the stretch, are no longer asked for and go. */
  save({ owner, rules, fromMs, toMs, data, of }: NewDerivedRow): void {
    this.#dropOthers.run(owner, rules);
    this.#dropParts.run(owner, rules, fromMs, toMs);
    const { lastInsertRowid } = this.#add.run(owner, rules, fromMs, toMs, data);
    for (const { seriesId, untilMs } of of) {
      this.#addOf.run(seriesId, Number.isFinite(untilMs) ? untilMs : null, lastInsertRowid);
      this.#widen(seriesId, untilMs);
    }
  }

  /** Within the transaction that stores the samples, whatever becomes of each. */
  appended({ seriesId, tMs }: SampleColumns): void {
    if (this.#latest.size === 0) return;
    const earliest = new Map<number, number>();
    for (let i = 0; i < tMs.length; i++) {
      const id = seriesId[i] as number;
      const at = tMs[i] as number;
      if (at < (this.#latest.get(id) ?? Number.NEGATIVE_INFINITY)) earliest.set(id, Math.min(at, earliest.get(id) ?? at));
    }
    for (const [id, atMs] of earliest) this.#dropFrom.run(id, atMs);
  }

  /** A series changes from an instant on. */
  changed(seriesId: number, fromMs: number): void {
    if (fromMs < (this.#latest.get(seriesId) ?? Number.NEGATIVE_INFINITY)) this.#dropFrom.run(seriesId, fromMs);
  }

  clear(): void {
    this.#dropAll.run();
  }

  #widen(seriesId: number, untilMs: number): void {
    this.#latest.set(seriesId, Math.max(untilMs, this.#latest.get(seriesId) ?? Number.NEGATIVE_INFINITY));
  }
}
