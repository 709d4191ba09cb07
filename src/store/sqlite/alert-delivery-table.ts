import type { AlertChange, AlertDelivery, AlertDeliveryFilter, NewAlertDelivery } from "#store/records.ts";
import { type Bindable, type Database, prepare, type Statement } from "./statement.ts";

interface Row {
  readonly id: number;
  readonly alert: number;
  readonly channel: string;
  readonly message: string;
  readonly result: AlertDelivery["result"];
  readonly made_ms: number;
  readonly at_ms: number;
  readonly tries: number;
  readonly problem: string | null;
}

const LIMIT = 100;

/** Messages that wait to be sent, and what became of those that were. */
export class AlertDeliveryTable {
  readonly #db: Database;
  readonly #add: Statement<never>;
  readonly #end: Statement<never>;
  readonly #of: Statement<Row>;

  constructor(db: Database) {
    this.#db = db;
    this.#add = prepare(
      db,
      "INSERT INTO alert_delivery (alert, channel, message, result, made_ms, at_ms, tries) VALUES (?, ?, ?, ?, ?, ?, 0)",
    );
    this.#end = prepare(db, "UPDATE alert_delivery SET result = ?, at_ms = ?, tries = ?, problem = ? WHERE id = ?");
    this.#of = prepare(db, "SELECT * FROM alert_delivery WHERE alert IN (SELECT value FROM json_each(?)) ORDER BY id");
  }

  add(alertId: number, deliveries: readonly NewAlertDelivery[], atMs: number): void {
    for (const { channel, message, result = "waiting" } of deliveries) this.#add.run(alertId, channel, message, result, atMs, atMs);
  }

  end({ id, result, tries, problem }: NonNullable<AlertChange["delivered"]>[number], atMs: number): void {
    this.#end.run(result, atMs, tries, problem ?? null, id);
  }

  byAlert(alertIds: readonly number[]): Map<number, AlertDelivery[]> {
    const found = new Map<number, AlertDelivery[]>();
    for (const row of this.#of.all(JSON.stringify(alertIds))) found.set(row.alert, [...(found.get(row.alert) ?? []), toDelivery(row)]);
    return found;
  }

  list({ result, channel, newestFirst = false, limit = LIMIT }: AlertDeliveryFilter = {}): AlertDelivery[] {
    const all: readonly (readonly [string, Bindable | undefined])[] = [
      ["channel = ?", channel],
      ["result = ?", result],
    ];
    const asked = all.flatMap(([text, value]) => (value === undefined ? [] : [{ text, value }]));
    const where = asked.length === 0 ? "" : `WHERE ${asked.map(({ text }) => text).join(" AND ")}`;
    return prepare<Row>(this.#db, `SELECT * FROM alert_delivery ${where} ORDER BY id ${newestFirst ? "DESC" : "ASC"} LIMIT ?`)
      .all(...asked.map(({ value }) => value), limit)
      .map(toDelivery);
  }
}

function toDelivery({ id, alert, channel, message, result, made_ms, at_ms, tries, problem }: Row): AlertDelivery {
  const said = { id, alertId: alert, channel, message, result, madeMs: made_ms, atMs: at_ms, tries };
  return problem === null ? said : { ...said, problem };
}
