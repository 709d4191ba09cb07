import { afterEach, expect, test } from "vitest";
import { FakeTds, type Script } from "#test/fake-tds/fake-tds.ts";
import { checkAzure, VIEWS } from "./check.ts";
import type { AzureSettings } from "./settings.ts";

let server: FakeTds | undefined;
afterEach(async () => {
  await server?.stop();
});

/** A server with everything in place but for what a test takes away. */
function scripted(lacking: { view?: string; right?: string; table?: string } = {}): Script {
  return {
    answer({ sql }) {
      if (lacking.table !== undefined && sql.includes(`FROM ${lacking.table};`))
        return { error: { number: 208, message: `Invalid object name '${lacking.table}'.` } };
      const names = [...sql.matchAll(/ AS (\w+)/g)].map((match) => String(match[1]));
      const asked = sql.split(" AS ");
      const row = names.map((_, index) => {
        if (lacking.view !== undefined && asked[index]?.includes(`'dbo.${lacking.view}'`)) return null;
        return lacking.right !== undefined && asked[index]?.includes(`'dbo.KYZ_Live15s', 'OBJECT', '${lacking.right}'`) ? 0 : 1;
      });
      return names.length === 0 ? undefined : { columns: names.map((name) => ({ name, type: "int" })), rows: [row] };
    },
  };
}

async function check(script: Script, options: { reader?: boolean } = {}): Promise<string[]> {
  server = await FakeTds.start(script);
  const where = { server: "127.0.0.1", port: server.port, database: "energy", encrypt: false, trustServerCertificate: false };
  const writer = { ...where, username: "kyz_ingestor", password: "secret" };
  const reader = { ...where, username: "kyz_dashboard", password: "secret" };
  const settings: AzureSettings = options.reader === true ? { writer, reader } : { writer };
  return (await checkAzure(settings)).flatMap(({ problem }) => problem ?? []);
}

test("finds nothing wrong where everything is there, and writes nothing", async () => {
  expect(await check(scripted(), { reader: true })).toEqual([]);
  expect(server?.statements.filter(({ sql }) => !sql.startsWith("SELECT"))).toEqual([]);
  expect(server?.logins.map(({ username }) => username)).toEqual(["kyz_ingestor", "kyz_dashboard"]);
});

test.each([
  [{ view: VIEWS[3] }, "There is no vw_KYZ_MonthlyBillingDemandBilled. Run deploy/sql/003_views.sql."],
  [{ right: "DELETE" }, "It lacks DELETE on dbo.KYZ_Live15s. Run deploy/sql/005_grants.sql."],
  [{ table: "dbo.KYZ_MonthlyDemand" }, expect.stringContaining("Run deploy/sql/001_tables.sql")],
])("says what is missing: %o", async (lacking, sentence) => {
  expect(await check(scripted(lacking))).toEqual([sentence]);
});

test("says who could not log in where", async () => {
  const [problem] = await check({ refuse: () => ({ number: 18456, message: "Login failed." }) });
  expect(problem).toMatch(/^kyz_ingestor at 127\.0\.0\.1:\d+\/energy could not log in: Login failed\./);
  expect(problem).not.toContain("secret");
});
