import { describe, expect, it } from "vitest";
import { DIALECTS } from "#dialects/catalogue.ts";
import { loadConfig } from "./load.ts";
import { sqlAddressOf } from "./outlets.ts";
import { problemText } from "./problem.ts";

function load(azure: string) {
  const text = `sites:\n  plant: { zone: America/Indiana/Indianapolis, currency: USD }\noutlets:\n  azure: ${azure}\n`;
  return loadConfig({ file: "wattkeep.yaml", text, cwd: "/", env: { SQL_PASSWORD: "s3cret" }, dialects: DIALECTS });
}

describe("where the mirror is", () => {
  it.each([
    ["example.database.windows.net", { host: "example.database.windows.net", port: 1433 }],
    ["tcp:example.database.windows.net,1433", { host: "example.database.windows.net", port: 1433 }],
    ["192.168.1.5,14330", { host: "192.168.1.5", port: 14330 }],
    ["sql01:14330", { host: "sql01", port: 14330 }],
  ])("%s is read as people and the old system write it", (given, address) => {
    expect(sqlAddressOf(given)).toEqual(address);
  });

  it.each(["", "http://example", "host,0", "host,70000", "a b", "sql01\\INSTANCE"])("%j is none", (given) => {
    expect(sqlAddressOf(given)).toBeUndefined();
  });

  it("is encrypted and writes alone unless said", () => {
    const { config } = load(
      `{ server: example.database.windows.net, database: energy, username: kyz_ingestor, password: \${SQL_PASSWORD} }`,
    );
    expect(config?.outlets.azure).toMatchObject({ port: 1433, encrypt: true, trustServerCertificate: false, rank: "device" });
    expect(config?.outlets.azure?.reader).toBeUndefined();
    expect(config?.outlets.azure?.password.reveal()).toBe("s3cret");
    expect(JSON.stringify(config)).not.toContain("s3cret");
  });

  it("says what is wrong with its place", () => {
    const problems = load('{ server: "http://x", database: energy, username: a, password: b, readUsername: c, rank: best }').problems ?? [];
    const text = problems.map(problemText).join("\n");
    expect(text).toContain('"http://x" is not a SQL Server; write example.database.windows.net or host,1433');
    expect(text).toContain("wattkeep.yaml:4:");
    expect(load("{ server: x, database: energy, username: a, password: b, readUsername: c }").problems?.map(problemText)).toEqual([
      "wattkeep.yaml:4:10 outlets.azure: readUsername and readPassword go together; set both or neither",
    ]);
  });
});
