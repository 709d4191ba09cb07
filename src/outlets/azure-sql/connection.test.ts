import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { FakeTds, type Script } from "#test/fake-tds/fake-tds.ts";
import { outside } from "#test/outside.ts";
import { SqlConnection } from "./connection.ts";
import { loadDriver } from "./driver.ts";
import { deleteOf, mergeOf, selectOf } from "./merge.ts";
import type { SqlLogin } from "./settings.ts";
import { INTERVAL, LIVE, MONTHLY } from "./tables.ts";

const servers: FakeTds[] = [];
const sessions: SqlConnection[] = [];

afterEach(async () => {
  for (const session of sessions.splice(0)) await session.close();
  for (const server of servers.splice(0)) await server.stop();
});

async function fake(script: Script = {}): Promise<FakeTds> {
  const server = await FakeTds.start(script);
  servers.push(server);
  return server;
}

function loginAt(port: number): SqlLogin {
  return {
    server: "127.0.0.1",
    port,
    database: "energy",
    username: "kyz_ingestor",
    password: "pä55{word}",
    encrypt: false,
    trustServerCertificate: false,
  };
}

async function open(server: FakeTds): Promise<SqlConnection> {
  const session = await SqlConnection.open(loginAt(server.port), await loadDriver());
  sessions.push(session);
  return session;
}

const at = (text: string): Date => new Date(`${text}Z`);

describe("a session at SQL Server", () => {
  test("logs in with user, password and database as configured", async () => {
    const server = await fake();
    await open(server);
    expect(server.logins).toEqual([{ username: "kyz_ingestor", password: "pä55{word}", program: "Wattkeep", database: "energy" }]);
  });

  test("sends an interval with the types of the table, and the plant's clock whatever zone this computer is in", async () => {
    const server = await fake();
    const session = await open(server);
    await session.run(mergeOf(INTERVAL, [[at("2026-01-31T14:30:00"), 42, 71.4, 285.6, 966068.1, true, false]]));
    const [statement] = server.statements;
    expect(statement?.declared).toBe(
      "@p0 datetime2(0), @p1 int, @p2 decimal(18, 6), @p3 decimal(18, 6), @p4 decimal(18, 6), @p5 bit, @p6 bit",
    );
    expect(statement?.values).toEqual([at("2026-01-31T14:30:00"), 42, "71.400000", "285.600000", "966068.100000", true, false]);
  });

  test("sends what is missing as NULL, and a month as a date", async () => {
    const server = await fake();
    const session = await open(server);
    await session.run(mergeOf(MONTHLY, [[at("2026-01-01T00:00:00"), 405, 412, null, null, 60, 405]]));
    expect(server.statements[0]?.values).toEqual([at("2026-01-01T00:00:00"), 405, 412, null, null, 60, 405]);
    expect(server.statements[0]?.declared).toMatch(/^@p0 date, @p1 float,/);
    await session.run(mergeOf(LIVE, [[at("2026-01-31T14:30:15"), 42, 71.4, 285.6, null]]));
    expect(server.statements[1]?.declared).toBe("@p0 datetime2(0), @p1 bigint, @p2 float, @p3 float, @p4 float");
    expect(server.statements[1]?.values).toEqual([at("2026-01-31T14:30:15"), 42n, 71.4, 285.6, null]);
  });

  test("carries two hundred rows in one statement", async () => {
    const server = await fake();
    const session = await open(server);
    const rows = Array.from({ length: 200 }, (_, n) => [new Date(n * 900_000), n, n / 3, n, null, false, false]);
    await session.run(mergeOf(INTERVAL, rows));
    expect(server.statements[0]?.values).toHaveLength(1400);
    expect(server.statements[0]?.values[7 * 199 + 2]).toBe("66.333333");
  });

  test("reads rows back with their types", async () => {
    const columns = [
      { name: "IntervalEnd", type: "datetime2" },
      { name: "PulseCount", type: "int" },
      { name: "kWh", type: "decimal" },
      { name: "Total_kWh", type: "decimal" },
      { name: "R17Exclude", type: "bit" },
    ] as const;
    const rows = [[at("2026-07-01T00:15:00"), 538, 914.6, null, true]];
    const session = await open(await fake({ answer: () => ({ columns, rows }) }));
    const result = await session.run(selectOf(INTERVAL, at("2026-07-01T00:00:00"), at("2026-07-02T00:00:00")));
    expect(result.rows).toEqual([
      { IntervalEnd: at("2026-07-01T00:15:00"), PulseCount: 538, kWh: 914.6, Total_kWh: null, R17Exclude: true },
    ]);
  });

  test("commits what went well and rolls back what did not", async () => {
    const server = await fake({
      answer: ({ sql }) => (sql.startsWith("DELETE") ? { error: { number: 229, message: "denied" } } : undefined),
    });
    const session = await open(server);
    await session.transaction(() => session.run(mergeOf(INTERVAL, [[at("2026-01-31T14:30:00"), 1, 1, 4, null, false, false]])));
    const refused = session.transaction(() => session.run(deleteOf(INTERVAL, [at("2026-01-31T14:30:00")])));
    await expect(refused).rejects.toMatchObject({ code: "no-permission", transient: false });
    expect(server.transactions).toEqual(["begin", "commit", "begin", "rollback"]);
  });
});

describe("what goes wrong is told with what to do", () => {
  const number = (code: number): Script => ({ answer: () => ({ error: { number: code, message: "Said by the server." } }) });

  test.each([
    [2627, "busy", true],
    [1205, "busy", true],
    [40613, "busy", true],
    [208, "no-table", false],
    [207, "no-column", false],
    [229, "no-permission", false],
    [8134, "refused", false],
  ])("error %i is %s", async (code, kind, transient) => {
    const session = await open(await fake(number(code)));
    const failing = session.run({ sql: "SELECT 1;", parameters: [] });
    await expect(failing).rejects.toMatchObject({
      code: kind,
      transient,
      number: code,
      message: expect.stringContaining("Said by the server."),
    });
  });

  test("a login that is refused", async () => {
    const server = await fake({ refuse: () => ({ number: 18456, message: "Login failed for user 'kyz_ingestor'." }) });
    const failing = open(server);
    await expect(failing).rejects.toMatchObject({ code: "login-refused", transient: false });
    await expect(failing).rejects.not.toThrow("pä55");
  });

  test("a server that does not encrypt is not told the password", async () => {
    const server = await fake();
    const opening = SqlConnection.open({ ...loginAt(server.port), encrypt: true }, await loadDriver());
    await expect(opening).rejects.toMatchObject({ code: "not-encrypted", transient: false });
    expect(server.logins).toEqual([]);
  });

  test("a line that breaks in the middle of a statement", async () => {
    const server = await fake({ answer: () => ({ cut: true }) });
    const session = await open(server);
    await expect(session.run({ sql: "SELECT 1;", parameters: [] })).rejects.toMatchObject({ code: "unreachable", transient: true });
    expect(session.usable).toBe(false);
  });

  test("nobody there", async () => {
    const server = await fake();
    const { port } = server;
    await server.stop();
    servers.splice(0);
    const failing = SqlConnection.open(loginAt(port), await loadDriver());
    await expect(failing).rejects.toMatchObject({ code: "unreachable", transient: true });
  });
});

outside("openssl")("encryption", () => {
  const folder = mkdtempSync(join(tmpdir(), "wattkeep-tds-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const files = { key: join(folder, "key.pem"), cert: join(folder, "cert.pem") };
  const secret = { trustServerCertificate: true, encrypt: true };

  async function secured(): Promise<FakeTds> {
    const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "2"];
    const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", files.key, "-out", files.cert];
    execFileSync("openssl", ["req", "-x509", ...key, ...subject], { stdio: "ignore" });
    return fake({ tls: { key: readFileSync(files.key, "utf8"), cert: readFileSync(files.cert, "utf8") } });
  }

  test("carries login and rows", async () => {
    const server = await secured();
    const session = await SqlConnection.open({ ...loginAt(server.port), ...secret }, await loadDriver());
    sessions.push(session);
    await session.run(mergeOf(INTERVAL, [[at("2026-01-31T14:30:00"), 42, 71.4, 285.6, null, true, false]]));
    expect(server.logins[0]?.password).toBe("pä55{word}");
    expect(server.statements[0]?.values).toHaveLength(7);
  });

  test("is refused with a certificate nobody has signed, unless that is wished", async () => {
    const server = await secured();
    const opening = SqlConnection.open({ ...loginAt(server.port), encrypt: true }, await loadDriver());
    await expect(opening).rejects.toMatchObject({ code: "bad-certificate", transient: false });
    expect(server.logins).toEqual([]);
  });
});
