import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";

/** One statistic of a made file, as its description and its rows say it. */
export interface MadeStatistic {
  readonly id: string;
  readonly source?: string;
  readonly unit?: string | null;
  readonly mean?: boolean;
  readonly sum?: boolean;
  readonly rows: readonly MadeRow[];
}

/** The hour's beginning as an instant or as it is written, and its numbers. */
export interface MadeRow {
  readonly at: number | string | null;
  readonly mean?: number | string | null;
  readonly state?: number | string | null;
  readonly sum?: number | string | null;
}

type Schema = "old" | "new";

const TABLES: Readonly<Record<Schema, string>> = {
  old: `
    CREATE TABLE statistics_meta (id INTEGER PRIMARY KEY, statistic_id VARCHAR(255), source VARCHAR(32), unit_of_measurement VARCHAR(255),
      has_mean BOOLEAN, has_sum BOOLEAN);
    CREATE TABLE statistics (id INTEGER PRIMARY KEY, created DATETIME, start DATETIME, mean FLOAT, min FLOAT, max FLOAT, last_reset DATETIME,
      state FLOAT, sum FLOAT, metadata_id INTEGER);
    CREATE INDEX by_start ON statistics (metadata_id, start);`,
  new: `
    CREATE TABLE statistics_meta (id INTEGER PRIMARY KEY, statistic_id VARCHAR(255), source VARCHAR(32), unit_of_measurement VARCHAR(255),
      unit_class VARCHAR(255), has_mean BOOLEAN, has_sum BOOLEAN, name VARCHAR(255), mean_type INTEGER NOT NULL DEFAULT 0);
    CREATE TABLE statistics (id INTEGER PRIMARY KEY, created DATETIME, created_ts FLOAT, metadata_id INTEGER, start DATETIME, start_ts FLOAT,
      mean FLOAT, min FLOAT, max FLOAT, last_reset DATETIME, last_reset_ts FLOAT, state FLOAT, sum FLOAT);
    CREATE INDEX by_start ON statistics (metadata_id, start_ts);`,
};

/** Makes a recorder database of one schema or the other, with nothing but its statistics; the write-ahead log stays where asked. */
export function madeStatistics(
  folder: string,
  statistics: readonly MadeStatistic[],
  { schema = "new", keepOpen = false, name = "home-assistant_v2.db" }: { schema?: Schema; keepOpen?: boolean; name?: string } = {},
): { readonly file: string; close(): void } {
  const file = join(folder, name);
  const db = new DatabaseSync(file);
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; BEGIN; ${TABLES[schema]}`);
  for (const [i, one] of statistics.entries()) writeStatistic(db, { schema, id: i + 1, one });
  db.exec("COMMIT");
  if (!keepOpen) db.close();
  return { file, close: () => (keepOpen ? db.close() : undefined) };
}

function writeStatistic(
  db: InstanceType<typeof DatabaseSync>,
  { schema, id, one }: { schema: Schema; id: number; one: MadeStatistic },
): void {
  const { source = one.id.includes(":") ? "other" : "recorder", unit = "kWh", mean = false, sum = false, rows } = one;
  const has = schema === "new" ? [null, sum ? 1 : 0, mean ? 1 : 0] : [mean ? 1 : 0, sum ? 1 : 0];
  const more = schema === "new" ? ", mean_type" : "";
  db.prepare(
    `INSERT INTO statistics_meta (id, statistic_id, source, unit_of_measurement, has_mean, has_sum${more}) VALUES (?, ?, ?, ?, ${has.map(() => "?").join(", ")})`,
  ).run(id, one.id, source, unit, ...has);
  const time = schema === "new" ? "start_ts" : "start";
  const insert = db.prepare(`INSERT INTO statistics (metadata_id, ${time}, mean, state, sum) VALUES (?, ?, ?, ?, ?)`);
  for (const { at, mean: value = null, state = null, sum: total = null } of rows) insert.run(id, written(at, schema), value, state, total);
}

function written(at: number | string | null, schema: Schema): number | string | null {
  if (typeof at !== "number") return at;
  return schema === "new" ? at / 1000 : new Date(at).toISOString().replace("T", " ").replace("Z", "000");
}
