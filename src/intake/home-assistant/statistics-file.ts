import { closeSync, openSync, readSync } from "node:fs";
import type { DatabaseSync } from "@photostructure/sqlite";
import { plainClockMs } from "#calendar/time-text.ts";
import { notReadable, openForeign } from "#intake/foreign-file.ts";
import { ImportProblem } from "#intake/import-problem.ts";

/** A statistic as the file describes it. */
export interface StatisticMeta {
  readonly id: number;
  /** `sensor.grid_import`; with a colon where another program than Home Assistant's recorder counted. */
  readonly statistic: string;
  readonly source: string;
  readonly unit: string;
  readonly name: string;
  readonly hasMean: boolean;
  readonly hasSum: boolean;
}

/** How many rows of a statistic have what. */
export interface StatisticCounts {
  readonly rows: number;
  readonly timed: number;
  readonly mean: number;
  readonly state: number;
  readonly sum: number;
}

/** One hour. Missing: NaN. */
export interface StatisticRow {
  readonly startMs: number;
  readonly mean: number;
  readonly state: number;
  readonly sum: number;
}

export interface StatisticsFile {
  readonly statistics: readonly StatisticMeta[];
  counts(statistic: StatisticMeta): StatisticCounts;
  /** In order of time, one snapshot of the file, a page at a time; rows without a time are none. */
  pages(statistic: StatisticMeta): Generator<readonly StatisticRow[]>;
  close(): void;
}

type Database = InstanceType<typeof DatabaseSync>;

/** Rows read at a time: an iterator of the driver must not be left before its end. */
const PAGE_ROWS = 4_096;
const CLOCK_LENGTH = 19;
const SECOND_MS = 1_000;

/**
 * Opens Home Assistant's recorder database, `home-assistant_v2.db`, to read it and nothing else; it may be written meanwhile.
 * Errors: ImportProblem `no-file`, `not-sqlite`, `not-readable`, `no-table`, `no-statistics`.
 * Source: Home Assistant's recorder schema; hours begin in `start_ts` since schema 32, before that in `start` as a UTC text.
 */
export function openStatistics(path: string): StatisticsFile {
  const db = openForeign(path);
  try {
    refuseOthers(path);
    const file = statisticsIn(db, path);
    if (file.statistics.length === 0)
      throw new ImportProblem("no-statistics", `${path} holds no statistics: Home Assistant has kept none.`);
    return file;
  } catch (error) {
    db.close();
    throw error instanceof ImportProblem ? error : notReadable(path, error);
  }
}

const HEADER = "SQLite format 3\0";
const LOOK_BYTES = 256;
const DUMP = /mariadb|mysql|postgresql|^\s*(?:--|\/\*!)/i;

/** A file that is not empty and no SQLite database, told by what it begins with. */
function refuseOthers(path: string): void {
  const head = Buffer.alloc(LOOK_BYTES);
  const file = openSync(path, "r");
  const length = readSync(file, head, 0, LOOK_BYTES, 0);
  closeSync(file);
  const text = head.toString("latin1", 0, length);
  if (length === 0) throw new ImportProblem("not-sqlite", `${path} is empty.`);
  if (text.startsWith(HEADER)) return;
  if (DUMP.test(text))
    throw new ImportProblem(
      "not-sqlite",
      `${path} looks like a dump of MariaDB, MySQL or PostgreSQL. Statistics are read from an SQLite database: turn the tables statistics_meta and statistics into one.`,
    );
  const packed = head[0] === 0x1f && head[1] === 0x8b;
  const hint =
    packed || text.includes("ustar") ? " It looks packed, as a backup of Home Assistant is: unpack home-assistant_v2.db first." : "";
  throw new ImportProblem("not-sqlite", `${path} is no SQLite database.${hint}`);
}

function statisticsIn(db: Database, path: string): StatisticsFile {
  const meta = columnsOf(db, "statistics_meta");
  const columns = columnsOf(db, "statistics");
  const missing = ["statistics_meta", "statistics"].filter((_, i) => [meta, columns][i]?.size === 0);
  if (missing.length > 0)
    throw new ImportProblem("no-table", `${path} has no table ${missing.join(" and no table ")}; it holds ${tablesOf(db)}.`);
  const lacking = ["id", "statistic_id"].filter((name) => !meta.has(name));
  if (!columns.has("metadata_id")) lacking.push("metadata_id");
  if (!columns.has("start_ts") && !columns.has("start")) lacking.push("start_ts");
  if (lacking.length > 0)
    throw new ImportProblem("no-table", `The statistics of ${path} have no ${lacking.join(", ")}; their schema is not known.`);
  // One transaction: what is written meanwhile is neither half there nor waited for.
  db.exec("BEGIN");
  const time = timeColumn(db, columns);
  return { statistics: metaIn(db, meta), close: () => db.close(), ...readers(db, columns, time) };
}

function columnsOf(db: Database, table: string): Set<string> {
  return new Set((db.prepare(`SELECT name FROM pragma_table_info('${table}')`).all() as { name: string }[]).map(({ name }) => name));
}

function tablesOf(db: Database): string {
  const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all() as { name: string }[];
  return tables.length === 0
    ? "no table at all"
    : tables
        .map(({ name }) => name)
        .slice(0, 10)
        .join(", ");
}

/** A file that was brought to the new schema and not yet filled has its hours where the old one had them. */
function timeColumn(db: Database, columns: ReadonlySet<string>): "start" | "start_ts" {
  if (!columns.has("start_ts")) return "start";
  if (!columns.has("start")) return "start_ts";
  const { some } = db.prepare("SELECT EXISTS (SELECT 1 FROM statistics WHERE start_ts IS NOT NULL) AS some").get() as { some: number };
  return some === 1 ? "start_ts" : "start";
}

function metaIn(db: Database, has: ReadonlySet<string>): StatisticMeta[] {
  const told = (name: string, otherwise: string): string => (has.has(name) ? `coalesce("${name}", ${otherwise})` : otherwise);
  const mean = `(${told("has_mean", "0")} <> 0 OR ${told("mean_type", "0")} <> 0)`;
  const rows = db
    .prepare(
      `SELECT id, CAST(statistic_id AS TEXT) AS statistic, CAST(${told("source", "'recorder'")} AS TEXT) AS source, ` +
        `CAST(${told("unit_of_measurement", "''")} AS TEXT) AS unit, CAST(${told("name", "''")} AS TEXT) AS name, ` +
        `${mean} AS mean, ${told("has_sum", "0")} <> 0 AS sum FROM statistics_meta WHERE statistic_id IS NOT NULL ORDER BY statistic_id, id`,
    )
    .all() as (Omit<StatisticMeta, "hasMean" | "hasSum"> & { mean: number; sum: number })[];
  return rows.map(({ mean: hasMean, sum, ...row }) => ({ ...row, hasMean: hasMean === 1, hasSum: sum === 1 }));
}

type Stored = Readonly<Record<"at" | "id" | "mean" | "state" | "sum", unknown>>;

/** A number, or NULL: what else may stand in a column of SQLite is none. */
const number = (column: string): string =>
  `CASE typeof("${column}") WHEN 'real' THEN "${column}" WHEN 'integer' THEN CAST("${column}" AS REAL) END`;

function readers(db: Database, columns: ReadonlySet<string>, time: "start" | "start_ts"): Pick<StatisticsFile, "counts" | "pages"> {
  const figure = (name: string): string => (columns.has(name) ? number(name) : "NULL");
  const counting = ["mean", "state", "sum"].map((name) => `count(${figure(name)}) AS ${name}`);
  const counts = db.prepare(
    `SELECT count(*) AS rows, count("${time}") AS timed, ${counting.join(", ")} FROM statistics WHERE metadata_id = ?`,
  );
  const figures = ["mean", "state", "sum"].map((name) => `${figure(name)} AS ${name}`);
  const select = (where: string): string =>
    `SELECT CASE typeof("${time}") WHEN 'integer' THEN CAST("${time}" AS REAL) ELSE "${time}" END AS at, id, ${figures.join(", ")} ` +
    `FROM statistics WHERE metadata_id = ? AND ${where} ORDER BY "${time}", id LIMIT ${PAGE_ROWS}`;
  const first = db.prepare(select(`"${time}" IS NOT NULL`));
  const next = db.prepare(select(`("${time}", id) > (?, ?)`));
  return {
    counts: ({ id }) => counts.get(id) as unknown as StatisticCounts,
    *pages({ id }) {
      for (let page = first.all(id) as Stored[]; page.length > 0; ) {
        yield page.map(rowOf);
        const last = page.at(-1) as Stored & { at: string | number; id: number };
        page = next.all(id, last.at, last.id) as Stored[];
      }
    },
  };
}

function rowOf({ at, mean, state, sum }: Stored): StatisticRow {
  return { startMs: startOf(at), mean: figureOf(mean), state: figureOf(state), sum: figureOf(sum) };
}

function startOf(at: unknown): number {
  if (typeof at === "number") return Math.round(at * SECOND_MS);
  return typeof at === "string" ? (plainClockMs(at.slice(0, CLOCK_LENGTH)) ?? Number.NaN) : Number.NaN;
}

function figureOf(raw: unknown): number {
  return typeof raw === "number" && Number.isFinite(raw) ? raw : Number.NaN;
}
