import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connectAsync } from "mqtt";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { localText } from "#calendar/local-text.ts";
import { zoneNamed } from "#calendar/zone.ts";
import type { TakeoverReport } from "#outlets/azure-sql/takeover-report.ts";
import { FakeTds } from "#test/fake-tds/fake-tds.ts";
import { KyzDatabase } from "#test/fake-tds/kyz-database.ts";
import { Server } from "#test/server.ts";

const ZONE = zoneNamed("America/Indiana/Indianapolis");
const QUARTER_MS = 900_000;
const PATIENCE = { timeout: 45_000, interval: 50 };

const yaml = (port: number): string => `
sites:
  plant: { zone: ${ZONE.id}, currency: USD }
sources:
  kyz: { site: plant, dialect: kyz-pulse }
points:
  plant/main: { facts: [{ from: 2020-01-01, pulsesPerKwh: 0.5882352941 }] }
outlets:
  azure: { server: "127.0.0.1,${port}", database: energy, username: kyz_ingestor, password: "\${SQL_PASSWORD}", encrypt: false }
`;

/** A day ago, where no clock is changed between then and now's rows. */
const firstEndMs = Math.floor(Date.now() / QUARTER_MS) * QUARTER_MS - 8 * QUARTER_MS;

function interval(n: number, more: object = {}): string {
  const kWh = 70 + n;
  const intervalEnd = localText(firstEndMs + n * QUARTER_MS, ZONE);
  return JSON.stringify({ intervalEnd, pulseCount: 40 + n, kWh, kW: kWh * 4, total_kWh: 1000 + n, ...more });
}

describe("a plant and its mirror in SQL Server", { timeout: 90_000 }, () => {
  const database = new KyzDatabase();
  let sql: FakeTds;
  let server: Server;

  beforeAll(async () => {
    process.env["SQL_PASSWORD"] = "pässword";
    sql = await FakeTds.start({ answer: (statement) => database.answer(statement) });
    server = await Server.start({ yaml: yaml(sql.port), mqtt: "embedded:0" });
  });
  afterAll(async () => {
    delete process.env["SQL_PASSWORD"];
    await server?.remove();
    await sql?.stop();
  });

  async function publish(...payloads: string[]): Promise<void> {
    const client = await connectAsync(`mqtt://127.0.0.1:${server.brokerPort}`, { reconnectPeriod: 0 });
    for (const payload of payloads) await client.publishAsync("pri/energy/kyz/interval", payload, { qos: 1 });
    await client.endAsync();
  }

  const rows = (): unknown[][] =>
    database.rows("dbo.KYZ_Interval").map(([end, ...row]) => [(end as Date).toISOString().slice(0, 19).replace("T", " "), ...row]);
  const row = (n: number, excluded = false): unknown[] => {
    const text = (value: number): string => value.toFixed(6);
    return [localText(firstEndMs + n * QUARTER_MS, ZONE), 40 + n, text(70 + n), text((70 + n) * 4), text(1000 + n), excluded, false];
  };

  test("what the PLC publishes is in the table, by the plant's clock", async () => {
    await publish(interval(0), interval(1, { r17Exclude: true }));
    await expect.poll(rows, PATIENCE).toEqual([row(0), row(1, true)]);
    expect(sql.logins[0]).toMatchObject({ username: "kyz_ingestor", password: "pässword", database: "energy" });
  });

  test("what came while the database was away follows, also over a restart", async () => {
    const { port } = sql;
    await sql.stop();
    await publish(interval(2));
    await server.kill();
    await server.run();
    await publish(interval(3));
    sql = await FakeTds.start({ answer: (statement) => database.answer(statement) }, port);
    await expect.poll(rows, PATIENCE).toEqual([row(0), row(1, true), row(2), row(3)]);
  });

  test("the monthly job runs by hand and says how many months it wrote", async () => {
    const said = await server.command("run", "azure-monthly-demand");
    expect([said.status, said.problem]).toEqual([0, ""]);
    expect(said.out).toMatch(/\d+ months? written\./);
    expect(database.rows("dbo.KYZ_MonthlyDemand").length).toBeGreaterThan(0);
  });

  test("check names what it misses in the database, and no password", async () => {
    const said = await server.command("check");
    expect(said.status).toBe(1);
    expect(said.out).toContain("ok      azure: kyz_ingestor at 127.0.0.1");
    expect(said.out).toContain("Run deploy/sql/003_views.sql.");
    expect(said.out + said.problem).not.toContain("pässword");
  });

  test("the old system's database is taken over by its own .env, first as a dry run", async () => {
    const old = join(server.folder, "old");
    mkdirSync(old);
    writeFileSync(join(old, ".env"), "SQL_SERVER=tcp:127.0.0.1,1\nSQL_DATABASE=energy\n");
    const lacking = await server.command("import", "old", "kyz", old);
    expect([lacking.status, lacking.problem]).toEqual([2, expect.stringContaining("does not say SQL_USERNAME, SQL_PASSWORD.")]);
    database.put("dbo.KYZ_Interval", [new Date("2025-02-03T00:15:00Z"), 100, "170.000000", "680.000000", null, false, false]);
    const dry = JSON.parse((await server.command("import", "old", "kyz", "--dry-run", "--json")).out) as TakeoverReport;
    expect([dry.rows, dry.kept]).toEqual([5, undefined]);
    const told = await server.command("import", "old", "kyz", "--to", "2025-03-01");
    expect(told.status).toBe(0);
    expect(told.out).toContain("Highest demand: 680 kW at 2025-02-03 00:15:00.");
    expect(told.out).toContain("Samples: 3 new, 0 known already, 0 replaced.");
    const again = await server.command("import", "old", "kyz", "--to", "2025-03-01");
    expect(again.out).toContain("Samples: 0 new, 3 known already, 0 replaced.");
  });
});
