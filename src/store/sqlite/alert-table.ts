import type { AlertChange, AlertFilter, AlertMemory, AlertRecord } from "#store/records.ts";
import { AlertDeliveryTable } from "./alert-delivery-table.ts";
import { AlertMemoryTable } from "./alert-memory-table.ts";
import { asDifference, type Bindable, type Database, prepare, type Statement } from "./statement.ts";

interface Row {
  readonly id: number;
  readonly rule: string;
  readonly rule_name: string;
  readonly subject: string;
  readonly subject_title: string;
  readonly severity: string;
  readonly title: string;
  readonly text: string;
  readonly value: number | null;
  readonly unit: string;
  readonly fired_ms: number;
  readonly cleared_ms: number | null;
  readonly ack_who: string | null;
  readonly ack_ms: number | null;
  readonly link: string | null;
}

const LIMIT = 100;

/** Alerts with what was sent of them, and what the rules remember. */
export class AlertTable {
  readonly deliveries: AlertDeliveryTable;
  readonly #memory: AlertMemoryTable;
  readonly #db: Database;
  readonly #fire: Statement<never>;
  readonly #clear: Statement<never>;
  readonly #acknowledge: Statement<never>;
  readonly #forget: Statement<never>;

  constructor(db: Database) {
    this.#db = db;
    this.deliveries = new AlertDeliveryTable(db);
    this.#memory = new AlertMemoryTable(db);
    this.#fire = prepare(
      db,
      `INSERT INTO alert (rule, rule_name, subject, subject_title, severity, title, text, value, unit, fired_ms, link)
       VALUES (?, ?, ?, ?, ?, ?, ?, ? - ?, ?, ?, ?)`,
    );
    this.#clear = prepare(db, "UPDATE alert SET cleared_ms = ? WHERE id = ? AND cleared_ms IS NULL");
    this.#acknowledge = prepare(db, "UPDATE alert SET ack_who = ?, ack_ms = ? WHERE id = ?");
    this.#forget = prepare(db, "DELETE FROM alert WHERE cleared_ms < ?");
  }

  list({ ids, active, beforeId, limit = LIMIT }: AlertFilter = {}): AlertRecord[] {
    const asked: string[] = [];
    const values: Bindable[] = [];
    if (ids !== undefined) asked.push("id IN (SELECT value FROM json_each(?))");
    if (ids !== undefined) values.push(JSON.stringify(ids));
    if (active !== undefined) asked.push(`cleared_ms IS ${active ? "" : "NOT "}NULL`);
    if (beforeId !== undefined) asked.push("id < ?");
    if (beforeId !== undefined) values.push(beforeId);
    const where = asked.length === 0 ? "" : `WHERE ${asked.join(" AND ")}`;
    const rows = prepare<Row>(this.#db, `SELECT * FROM alert ${where} ORDER BY id DESC LIMIT ?`).all(...values, limit);
    const deliveries = this.deliveries.byAlert(rows.map(({ id }) => id));
    return rows.map((row) => ({ ...toAlert(row), deliveries: deliveries.get(row.id) ?? [] }));
  }

  memory(): AlertMemory {
    return this.#memory.all();
  }

  change(change: AlertChange): number[] {
    const { atMs, acknowledged } = change;
    this.#memory.change(change);
    const ids = (change.fired ?? []).map((alert) => this.#add(alert, atMs));
    for (const { alertId, deliveries } of change.told ?? []) this.deliveries.add(alertId, deliveries, atMs);
    for (const id of change.cleared ?? []) this.#clear.run(atMs, id);
    if (acknowledged !== undefined) {
      const { who, alertId } = acknowledged;
      this.#acknowledge.run(who ?? null, who === undefined ? null : atMs, alertId);
    }
    for (const delivered of change.delivered ?? []) this.deliveries.end(delivered, atMs);
    if (change.forgetBeforeMs !== undefined) this.#forget.run(change.forgetBeforeMs);
    return ids;
  }

  #add(alert: NonNullable<AlertChange["fired"]>[number], atMs: number): number {
    const { rule, ruleName, subject, subjectTitle, severity, title, text, value, unit, firedMs, link, deliveries } = alert;
    // A difference with NULL is NULL.
    const stored: readonly (number | null)[] = Number.isFinite(value) ? asDifference(value) : [null, 0];
    const { lastInsertRowid } = this.#fire.run(
      ...[rule, ruleName, subject, subjectTitle, severity, title, text],
      ...stored,
      ...[unit, firedMs, link ?? null],
    );
    this.deliveries.add(lastInsertRowid, deliveries, atMs);
    return lastInsertRowid;
  }
}

function toAlert(row: Row): Omit<AlertRecord, "deliveries"> {
  return {
    id: row.id,
    rule: row.rule,
    ruleName: row.rule_name,
    subject: row.subject,
    subjectTitle: row.subject_title,
    severity: row.severity,
    title: row.title,
    text: row.text,
    value: row.value ?? Number.NaN,
    unit: row.unit,
    firedMs: row.fired_ms,
    ...(row.cleared_ms === null ? {} : { clearedMs: row.cleared_ms }),
    ...(row.ack_who === null || row.ack_ms === null ? {} : { acknowledged: { who: row.ack_who, atMs: row.ack_ms } }),
    ...(row.link === null ? {} : { link: row.link }),
  };
}
