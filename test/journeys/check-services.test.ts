import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FakeFlux } from "#test/fakes/flux-server.ts";
import { FakeTibber } from "#test/fakes/tibber.ts";
import { freePort } from "#test/free-port.ts";
import { Influxd } from "#test/influxd.ts";
import { outside } from "#test/outside.ts";
import { Server } from "#test/server.ts";

const SITE = "sites: { house: { name: House, zone: Europe/Berlin, currency: EUR } }\n";

interface Findings {
  readonly fetched?: readonly { readonly what: string; readonly problem?: string }[];
  readonly influx?: readonly { readonly what: string; readonly problem?: string }[];
}

describe("check of the services that readings are fetched from", { timeout: 60_000 }, () => {
  let server: Server;
  let flux: FakeFlux;
  let tibber: FakeTibber;

  /** What check finds of a configuration, and all that it prints. */
  async function check(sources: string): Promise<Findings & { readonly status: number | null; readonly said: string }> {
    writeFileSync(join(server.folder, "wattkeep.yaml"), `${SITE}${sources}`);
    const { status, out, problem } = await server.command("check", "--json");
    return { ...(JSON.parse(out) as Findings), status, said: `${out}${problem}` };
  }
  const bucket = (name: string, token: string) =>
    `sources: { it: { influx: { url: "${flux.url}", org: home, token: ${token}, bucket: ${name} } } }\n`;

  beforeAll(async () => {
    [flux, tibber] = [await FakeFlux.start({ bucket: "raw", token: "canary" }), await FakeTibber.start()];
    flux.points = ["gas", "water"].map((entity) => ({ measurement: "m³", entity, tMs: Date.now() - 3_600_000, value: 1 }));
    tibber.token = "canary";
    tibber.homes = [{ id: "96a1", appNickname: "Lindenweg", hours: [] }];
    server = await Server.start({ yaml: SITE, mqtt: "embedded:0" });
    await server.end();
  });
  afterAll(async () => {
    await server?.remove();
    await Promise.all([flux?.stop(), tibber?.stop()]);
  });

  it("names how many series an InfluxDB has", async () => {
    const { status, fetched } = await check(bucket("raw", "canary"));
    expect([status, fetched]).toEqual([0, [{ what: expect.stringMatching(/^it: bucket raw at .*, 2 series of input_number$/) }]]);
  });

  it("says what is wrong there, and never the token", async () => {
    for (const [name, token, problem] of [
      ["rwa", "canary", "rwa"],
      ["raw", "wrong-canary", "token"],
    ] as const) {
      const { status, fetched, said } = await check(bucket(name, token));
      expect([status, fetched?.[0]?.problem]).toEqual([1, expect.stringContaining(problem)]);
      expect(said).toContain("A service that readings are fetched from does not answer as configured.");
      expect(said).not.toContain("canary");
    }
    const nobody = await check(
      `sources: { it: { influx: { url: "http://127.0.0.1:${await freePort()}", database: a }, timeoutSeconds: 2 } }\n`,
    );
    expect([nobody.status, nobody.fetched?.[0]?.problem]).toEqual([1, expect.stringMatching(/\S/)]);
  });

  it("names the homes of an account at Tibber, and one that it does not have", async () => {
    const account = (more: string) => `sources: { it: { tibber: { token: canary, url: "${tibber.url}"${more} } } }\n`;
    const good = await check(account(", point: main"));
    expect([good.status, good.fetched]).toEqual([0, [{ what: "it: Tibber, home 96a1 Lindenweg" }]]);
    const { status, fetched } = await check(account(", homes: { 96a2: main }"));
    expect([status, fetched?.[0]?.problem]).toEqual([1, "the account has no home 96a2; it has 96a1"]);
    const refused = await check(account("").replace("canary", "other-canary"));
    expect([refused.status, refused.said.includes("canary")]).toEqual([1, false]);
  });
});

outside("influxd")("check of the InfluxDB that results go to", { timeout: 60_000 }, () => {
  let server: Server;
  let influx: Influxd;

  beforeAll(async () => {
    influx = await Influxd.start();
    await influx.query("CREATE DATABASE raw", { method: "POST" });
    server = await Server.start({ yaml: SITE, mqtt: "embedded:0" });
    await server.end();
  });
  afterAll(async () => {
    await server?.remove();
    await influx?.stop();
  });

  it("says that the first run makes what is missing, except where raw readings lie", async () => {
    const found = async (raw: string) => {
      writeFileSync(
        join(server.folder, "wattkeep.yaml"),
        `${SITE}outlets: { influx: { url: "${influx.url}", database: results, rawBucket: ${raw} } }\n`,
      );
      const { status, out } = await server.command("check", "--json");
      return [status, ...((JSON.parse(out) as Findings).influx ?? [])];
    };
    expect(await found("raw")).toEqual([
      0,
      { what: expect.stringMatching(/results, which the first run makes$/) },
      { what: expect.stringMatching(/raw$/) },
    ]);
    expect(await found("rwa")).toEqual([
      1,
      expect.anything(),
      { what: expect.stringMatching(/rwa$/), problem: "it is not there, and a bucket of raw readings is not made by us" },
    ]);
  });
});
