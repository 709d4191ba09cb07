import { SqlConnection } from "./connection.ts";
import { loadDriver } from "./driver.ts";
import { type AzureSettings, loginText, type SqlLogin } from "./settings.ts";
import { sqlProblemOf } from "./sql-problem.ts";
import { INGEST_LOG, INTERVAL, LIVE, MONTHLY, type SqlTable, TABLES } from "./tables.ts";

/** One thing that was tried. */
export interface Finding {
  readonly what: string;
  /** What is wrong and what to do; left out where it works. */
  readonly problem?: string;
}

/** What the mirror does to each table. */
const NEEDED: readonly (readonly [SqlTable, readonly string[]])[] = [
  [INTERVAL, ["SELECT", "INSERT", "UPDATE", "DELETE"]],
  [LIVE, ["SELECT", "INSERT", "UPDATE", "DELETE"]],
  [MONTHLY, ["SELECT", "INSERT", "UPDATE"]],
  [INGEST_LOG, ["SELECT", "INSERT", "UPDATE"]],
];

/** Views of the old system, which reports and spreadsheets read. */
export const VIEWS = [
  "vw_KYZ_LatestInterval",
  "vw_KYZ_DailySummary",
  "vw_KYZ_MonthlyBillingDemandEstimate",
  "vw_KYZ_MonthlyBillingDemandBilled",
  "v_KYZ_MonthlyDemand_Latest",
  "v_KYZ_Live15s_Latest",
  "v_KYZ_Live15s_24h",
  "vw_KYZ_PlcCsvIngestLatest",
] as const;

/** Logs in as the mirror would and looks whether tables, views and permissions are there. Nothing is written. */
export async function checkAzure(settings: AzureSettings): Promise<Finding[]> {
  const findings = await onSession(settings.writer, async (session) => [
    ...(await checkTables(session)),
    ...(await checkPermissions(session, settings.writer)),
    ...(await checkViews(session)),
  ]);
  const { reader } = settings;
  if (reader === undefined) return findings;
  const read = await onSession(reader, async (session) => [
    await tried(`${reader.username} reads ${INTERVAL.name}`, () => session.run(emptySelect(INTERVAL))),
  ]);
  return [...findings, ...read];
}

async function onSession(login: SqlLogin, work: (session: SqlConnection) => Promise<Finding[]>): Promise<Finding[]> {
  const what = loginText(login);
  let session: SqlConnection;
  try {
    session = await SqlConnection.open(login, await loadDriver());
  } catch (error) {
    return [{ what: "login", problem: sqlProblemOf(error, what).message }];
  }
  try {
    return [{ what }, ...(await work(session))];
  } catch (error) {
    return [{ what, problem: sqlProblemOf(error, "The check").message }];
  } finally {
    await session.close();
  }
}

async function checkTables(session: SqlConnection): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const table of TABLES) findings.push(await tried(`table ${table.name}`, () => session.run(emptySelect(table))));
  return findings;
}

const emptySelect = (table: SqlTable): { sql: string; parameters: [] } => ({
  sql: `SELECT TOP (0) ${[table.key, ...table.columns].map(({ name }) => name).join(", ")} FROM ${table.name};`,
  parameters: [],
});

async function tried(what: string, work: () => Promise<unknown>): Promise<Finding> {
  try {
    await work();
    return { what };
  } catch (error) {
    return { what, problem: sqlProblemOf(error, what).message };
  }
}

async function checkPermissions(session: SqlConnection, { username }: SqlLogin): Promise<Finding[]> {
  const wanted = NEEDED.flatMap(([table, rights]) => rights.map((right) => ({ table: table.name, right })));
  const columns = wanted.map(({ table, right }, index) => `HAS_PERMS_BY_NAME('${table}', 'OBJECT', '${right}') AS r${index}`);
  const { rows } = await session.run({ sql: `SELECT ${columns.join(", ")};`, parameters: [] });
  const missing = wanted.filter((_, index) => Number(rows[0]?.[`r${index}`] ?? 0) !== 1);
  const what = `permissions of ${username}`;
  if (missing.length === 0) return [{ what }];
  const list = missing.map(({ table, right }) => `${right} on ${table}`).join(", ");
  return [{ what, problem: `It lacks ${list}. Run deploy/sql/005_grants.sql.` }];
}

async function checkViews(session: SqlConnection): Promise<Finding[]> {
  const columns = VIEWS.map((name, index) => `OBJECT_ID('dbo.${name}', 'V') AS v${index}`);
  const { rows } = await session.run({ sql: `SELECT ${columns.join(", ")};`, parameters: [] });
  const missing = VIEWS.filter((_, index) => (rows[0]?.[`v${index}`] ?? null) === null);
  const what = `${VIEWS.length} views for reports`;
  return [missing.length === 0 ? { what } : { what, problem: `There is no ${missing.join(", ")}. Run deploy/sql/003_views.sql.` }];
}
