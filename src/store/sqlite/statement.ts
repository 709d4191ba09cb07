import type { DatabaseSyncInstance } from "@photostructure/sqlite";

export type Database = DatabaseSyncInstance;

/** What may be bound. The driver would bind a Date in first place, and NaN anywhere, as NULL without a word, and 1e-17 as 0. */
export type Bindable = number | string | bigint | Uint8Array | null;

export interface Statement<Row> {
  run(...values: Bindable[]): { changes: number; lastInsertRowid: number };
  get(...values: Bindable[]): Row | undefined;
  all(...values: Bindable[]): Row[];
}

/** A prepared statement with typed rows that refuses what the driver would turn into something else; see `asDifference`. */
export function prepare<Row = never>(db: Database, sql: string): Statement<Row> {
  const statement = db.prepare(sql);
  return {
    run(...values) {
      const result = statement.run(...checked(values, sql));
      return { changes: result.changes, lastInsertRowid: Number(result.lastInsertRowid) };
    },
    get: (...values) => statement.get(...checked(values, sql)) as Row | undefined,
    all: (...values) => statement.all(...checked(values, sql)) as Row[],
  };
}

function checked(values: Bindable[], sql: string): Bindable[] {
  for (const value of values) {
    const type = typeof value;
    if (type === "string" || type === "bigint" || value === null || value instanceof Uint8Array) continue;
    if (type !== "number" || Number.isNaN(value) || isRounded(value as number)) {
      throw new TypeError(`${String(value)} cannot be bound in: ${sql}`);
    }
  }
  return values;
}

/** The driver binds what is closer to the whole number below it than `Number.EPSILON` as a whole number, and not always as that one. */
function isRounded(value: number): boolean {
  return value > -1 && value < 1 && value !== 0 && value - Math.floor(value) < Number.EPSILON;
}

/** Any number but NaN as two that can be bound and whose difference, `? - ?`, is exactly that number (0 for -0). */
export function asDifference(value: number): [minuend: number, subtrahend: number] {
  return isRounded(value) ? [0, -value] : [value, 0];
}
