import type { Answer } from "./fake-tds.ts";
import type { Statement } from "./request.ts";
import type { ResultColumn } from "./tokens.ts";
import type { Value } from "./types.ts";

type Row = readonly Value[];

const INTERVAL = "dbo.KYZ_Interval";
const COLUMNS: readonly ResultColumn[] = [
  { name: "IntervalEnd", type: "datetime2" },
  { name: "PulseCount", type: "int" },
  { name: "kWh", type: "decimal" },
  { name: "kW", type: "decimal" },
  { name: "Total_kWh", type: "decimal" },
  { name: "R17Exclude", type: "bit" },
  { name: "KyzInvalidAlarm", type: "bit" },
];
const STAMP: readonly ResultColumn[] = [
  { name: "y", type: "int" },
  { name: "m", type: "int" },
  { name: "n", type: "bigint" },
  { name: "c", type: "int" },
];
const SUMS: readonly ResultColumn[] = [
  { name: "n", type: "bigint" },
  { name: "kwh", type: "float" },
  { name: "pulses", type: "bigint" },
  { name: "first", type: "datetime2" },
  { name: "last", type: "datetime2" },
];

/** The tables of the old system as a test needs them: does what the statements of the mirror mean, and nothing else. */
export class KyzDatabase {
  readonly #tables = new Map<string, Map<string, Row>>();
  /** Rows that a MERGE changed or added, all in all. */
  changed = 0;

  /** Rows in order of their key. */
  rows(table: string): Row[] {
    return [...this.#table(table)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  }

  /** Somebody else writes a row. */
  put(table: string, row: Row): void {
    this.#table(table).set(keyOf(row[0] ?? null), row);
  }

  /** Somebody else takes all rows out. */
  empty(table: string): void {
    this.#table(table).clear();
  }

  answer({ sql, values }: Statement): Answer | undefined {
    const table = /(?:MERGE|FROM) (dbo\.\w+)/.exec(sql)?.[1] ?? "";
    if (sql.startsWith("MERGE")) return this.#merge(table, { sql, values });
    if (sql.startsWith("DELETE TOP")) return this.#purge(table, values[0] ?? null);
    if (sql.startsWith("DELETE")) return { changed: values.filter((key) => this.#table(table).delete(keyOf(key))).length };
    if (sql.includes("CHECKSUM_AGG")) return this.#stamps();
    if (sql.startsWith("SELECT IntervalEnd")) return this.#select(values);
    if (sql.includes("SUM(CAST(kWh")) return this.#sums(values);
    if (sql.startsWith("SELECT month_start")) return this.#months();
    return undefined;
  }

  #table(name: string): Map<string, Row> {
    const table = this.#tables.get(name) ?? new Map<string, Row>();
    this.#tables.set(name, table);
    return table;
  }

  #merge(table: string, { sql, values }: Pick<Statement, "sql" | "values">): Answer {
    const width = (/AS s \(([^)]*)\)/.exec(sql)?.[1] ?? "").split(",").length;
    const keys = new Set<string>();
    let changed = 0;
    for (let at = 0; at < values.length; at += width) {
      const row = values.slice(at, at + width);
      const key = keyOf(row[0] ?? null);
      if (keys.has(key))
        return { error: { number: 8672, message: "The MERGE statement attempted to UPDATE or DELETE the same row more than once." } };
      keys.add(key);
      const former = this.#table(table).get(key);
      if (former === undefined || JSON.stringify(former.map(plain)) !== JSON.stringify(row.map(plain))) changed++;
      this.#table(table).set(key, row);
    }
    this.changed += changed;
    return { changed };
  }

  #purge(table: string, before: Value): Answer {
    const old = [...this.#table(table).keys()].filter((key) => key < keyOf(before));
    for (const key of old) this.#table(table).delete(key);
    return { changed: old.length };
  }

  #sums([from = null, to = null]: readonly Value[]): Answer {
    const rows = this.#between(from, to);
    const sum = (column: number): number => rows.reduce((total, row) => total + Number(row[column]), 0);
    return { columns: SUMS, rows: [[rows.length, sum(2), sum(1), rows[0]?.[0] ?? null, rows.at(-1)?.[0] ?? null]] };
  }

  #months(): Answer {
    const columns = [
      { name: "month_start", type: "date" },
      { name: "Billed_kW", type: "float" },
    ] as const;
    return { columns, rows: this.rows("dbo.KYZ_MonthlyDemand").map((row) => [row[0] ?? null, row[6] ?? null]) };
  }

  #select([from = null, to = null]: readonly Value[]): Answer {
    return { columns: COLUMNS, rows: this.#between(from, to) };
  }

  #between(from: Value, to: Value): Row[] {
    return this.rows(INTERVAL).filter(([key = null]) => keyOf(key) >= keyOf(from) && keyOf(key) <= keyOf(to));
  }

  #stamps(): Answer {
    const months = new Map<string, Row[]>();
    for (const row of this.rows(INTERVAL)) {
      const month = keyOf(row[0] ?? null).slice(0, 7);
      months.set(month, [...(months.get(month) ?? []), row]);
    }
    const rows = [...months].map(([month, all]) => [Number(month.slice(0, 4)), Number(month.slice(5)), all.length, checksum(all)]);
    return { columns: STAMP, rows };
  }
}

const keyOf = (key: Value): string => (key instanceof Date ? key.toISOString() : String(key));

function plain(value: Value): string {
  if (value instanceof Date) return value.toISOString();
  return typeof value === "string" && value !== "" && Number.isFinite(Number(value)) ? String(Number(value)) : String(value);
}

function checksum(rows: readonly Row[]): number {
  let sum = 0;
  for (const character of JSON.stringify(rows.map((row) => row.map(plain)))) sum = (Math.imul(sum, 31) + character.charCodeAt(0)) | 0;
  return sum;
}
