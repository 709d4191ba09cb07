import type { SqlColumn, SqlTable, SqlType, SqlValue } from "./tables.ts";

/** A value on its way to the server. */
export interface Parameter {
  readonly type: SqlType;
  readonly value: SqlValue;
}

export interface SqlStatement {
  readonly sql: string;
  readonly parameters: readonly Parameter[];
}

/** SQL Server takes 2,100 parameters per request. */
const MOST_PARAMETERS = 2_000;

/** Rows that one MERGE of this table carries at the most. */
export function rowsPerMerge(table: SqlTable): number {
  return Math.floor(MOST_PARAMETERS / (table.columns.length + 1));
}

/**
 * One statement that leaves these rows in the table, whatever was there: repeating it changes nothing, and a row that is
 * equal already is not touched. HOLDLOCK keeps two writers from inserting the same key.
 * Shape: rows in the order key, columns of the table.
 */
export function mergeOf(table: SqlTable, rows: readonly (readonly SqlValue[])[]): SqlStatement {
  const all = [table.key, ...table.columns];
  const parameters = rows.flatMap((row) => all.map(({ type }, index) => ({ type, value: row[index] ?? null })));
  const names = table.columns.map(({ name }) => name);
  const stamp = table.stamp === undefined ? [] : [table.stamp];
  const set = [...names.map((name) => `${name} = s.${name}`), ...stamp.map((name) => `${name} = SYSUTCDATETIME()`)];
  const into = [table.key.name, ...names, ...stamp];
  const from = [table.key.name, ...names].map((name) => `s.${name}`);
  return {
    sql: [
      `MERGE ${table.name} WITH (HOLDLOCK) AS t`,
      `USING (VALUES ${placeholders(rows.length, all)}) AS s (${all.map(({ name }) => name).join(", ")})`,
      `ON t.${table.key.name} = s.${table.key.name}`,
      `WHEN MATCHED AND EXISTS (SELECT ${prefixed("s", names)} EXCEPT SELECT ${prefixed("t", names)}) THEN UPDATE SET ${set.join(", ")}`,
      `WHEN NOT MATCHED BY TARGET THEN INSERT (${into.join(", ")}) VALUES (${[...from, ...stamp.map(() => "SYSUTCDATETIME()")].join(", ")});`,
    ].join("\n"),
    parameters,
  };
}

function placeholders(rows: number, columns: readonly SqlColumn[]): string {
  const width = columns.length;
  return Array.from({ length: rows }, (_, row) => `(${columns.map((_column, at) => `@p${row * width + at}`).join(", ")})`).join(", ");
}

const prefixed = (alias: string, names: readonly string[]): string => names.map((name) => `${alias}.${name}`).join(", ");

/** Takes rows out by their keys. */
export function deleteOf(table: SqlTable, keys: readonly SqlValue[]): SqlStatement {
  return {
    sql: `DELETE FROM ${table.name} WHERE ${table.key.name} IN (${keys.map((_, at) => `@p${at}`).join(", ")});`,
    parameters: keys.map((value) => ({ type: table.key.type, value })),
  };
}

/** Rows of the table with their keys in [from, to], in order of the key. */
export function selectOf(table: SqlTable, from: SqlValue, to: SqlValue): SqlStatement {
  const { name, type } = table.key;
  return {
    sql: `SELECT ${[name, ...table.columns.map((column) => column.name)].join(", ")} FROM ${table.name} WHERE ${name} >= @p0 AND ${name} <= @p1 ORDER BY ${name};`,
    parameters: [
      { type, value: from },
      { type, value: to },
    ],
  };
}
