import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SqlConnection } from "./connection.ts";
import { loadDriver } from "./driver.ts";
import { readInterval } from "./interval-rows.ts";
import { deleteOf, mergeOf, selectOf } from "./merge.ts";
import type { SqlLogin } from "./settings.ts";
import { INTERVAL, type SqlTable, type SqlValue } from "./tables.ts";

const given = process.env["TEST_MSSQL_URL"];
if (given === undefined) {
  console.info(
    "Not tested here: no SQL Server. Set TEST_MSSQL_URL=mssql://user:password@host:1433/database to try the driver against one; it makes a table of its own and drops it. encrypt=false and trust=true may follow as ?encrypt=false&trust=true.",
  );
}
const real = given === undefined ? describe.skip : describe;

function loginOf(text: string): SqlLogin {
  const url = new URL(text);
  return {
    server: url.hostname,
    port: Number(url.port === "" ? "1433" : url.port),
    database: decodeURIComponent(url.pathname.slice(1)),
    username: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    encrypt: url.searchParams.get("encrypt") !== "false",
    trustServerCertificate: url.searchParams.get("trust") === "true",
  };
}

real("a real SQL Server", () => {
  const table: SqlTable = { ...INTERVAL, name: `dbo.WattkeepTest_${randomBytes(6).toString("hex")}` };
  const at = (text: string): Date => new Date(`${text}Z`);
  const rows: SqlValue[][] = [
    [at("2026-11-01T01:15:00"), 42, 71.4, 285.6, 966068.123456, true, false],
    [at("2026-11-01T01:30:00"), 0, 0, 0, null, false, true],
  ];
  let session: SqlConnection;

  const run = (sql: string) => session.run({ sql, parameters: [] });
  const all = async () => (await session.run(selectOf(table, at("2026-01-01T00:00:00"), at("2027-01-01T00:00:00")))).rows;

  beforeAll(async () => {
    session = await SqlConnection.open(loginOf(given ?? ""), await loadDriver());
    await run(
      `CREATE TABLE ${table.name} (IntervalEnd datetime2(0) NOT NULL PRIMARY KEY, PulseCount int NOT NULL, kWh decimal(18,6) NOT NULL, kW decimal(18,6) NOT NULL, Total_kWh decimal(18,6) NULL, R17Exclude bit NOT NULL, KyzInvalidAlarm bit NOT NULL);`,
    );
  });
  afterAll(async () => {
    await run(`DROP TABLE ${table.name};`);
    await session.close();
  });

  test("takes rows as they are, whatever zone this computer is in, and the same rows again without a change", async () => {
    expect((await session.run(mergeOf(table, rows))).count).toBe(2);
    expect((await session.run(mergeOf(table, rows))).count).toBe(0);
    expect((await all()).map((row) => readInterval(row))).toEqual([
      {
        clockMs: Date.UTC(2026, 10, 1, 1, 15),
        pulses: 42,
        energyKwh: 71.4,
        powerKw: 285.6,
        totalKwh: 966068.123456,
        excluded: true,
        invalid: false,
      },
      { clockMs: Date.UTC(2026, 10, 1, 1, 30), pulses: 0, energyKwh: 0, powerKw: 0, totalKwh: Number.NaN, excluded: false, invalid: true },
    ]);
  });

  test("changes the row that differs, and that one alone", async () => {
    const changed = [rows[0] as SqlValue[], [...(rows[1] ?? []).slice(0, 2), 1, 4, null, false, false]];
    expect((await session.run(mergeOf(table, changed))).count).toBe(1);
  });

  test("tells a key that is there already, a table that is not, and rolls back", async () => {
    const insert = `INSERT INTO ${table.name} VALUES ('2026-11-01T01:15:00', 1, 1, 1, NULL, 0, 0);`;
    await expect(run(insert)).rejects.toMatchObject({ code: "busy", number: 2627 });
    await expect(run("SELECT 1 FROM dbo.WattkeepTest_nowhere;")).rejects.toMatchObject({ code: "no-table" });
    const failing = session.transaction(async () => {
      await session.run(deleteOf(table, [at("2026-11-01T01:30:00")]));
      await run(insert);
    });
    await expect(failing).rejects.toMatchObject({ number: 2627 });
    expect(await all()).toHaveLength(2);
  });

  test("carries as many rows as one MERGE may", async () => {
    const many = Array.from({ length: 285 }, (_, n) => [new Date(Date.UTC(2026, 5, 1) + n * 900_000), n, n, n * 4, null, false, false]);
    expect((await session.run(mergeOf(table, many))).count).toBe(285);
  });
});
