import { describe, expect, it } from "vitest";
import { DIALECTS } from "#dialects/catalogue.ts";
import { loadConfig } from "./load.ts";
import { problemText } from "./problem.ts";

const SITES = "sites: { house: { zone: Europe/Berlin } }\n";

function load(text: string) {
  const env = { INFLUX_TOKEN: "canary-influx", TIBBER: "canary-tibber" };
  return loadConfig({ file: "wattkeep.yaml", text: SITES + text, cwd: "/srv", env, dialects: DIALECTS });
}
const source = (body: string) => load(`sources:\n  it: { ${body} }\n`);
const outlet = (body: string) => load(`outlets:\n  influx: { ${body} }\n`);
const BUCKET = "url: http://nas:8086/, org: home, token: '$" + "{INFLUX_TOKEN}', bucket: raw";

describe("readings that lie in an InfluxDB", () => {
  it("are fetched every quarter of an hour as Home Assistant's input numbers, unless said", () => {
    const { config } = source(`influx: { ${BUCKET} }, points: { gas_zahler: gas }`);
    expect(config?.sources[0]).toMatchObject({
      topics: [],
      influx: {
        address: { version: 2, url: "http://nas:8086", org: "home", bucket: "raw" },
        domain: "input_number",
        schedule: "*/15 * * * *",
        timeoutMs: 30_000,
        tries: 3,
      },
    });
    expect(config?.sources[0]?.points.get("gas_zahler")).toBe("gas");
    expect(config?.sources[0]?.influx?.address).toHaveProperty("token");
    expect(JSON.stringify(config)).not.toContain("canary");
  });

  it("may be in a database of InfluxDB 1", () => {
    const { config } = source(
      "influx: { url: http://nas:8086, database: ha, username: me, password: pass }, domain: sensor, schedule: '0 * * * *', scheduleZone: UTC, timeoutSeconds: 5, tries: 1",
    );
    expect(config?.sources[0]?.influx).toMatchObject({
      address: { version: 1, url: "http://nas:8086", database: "ha", username: "me" },
      domain: "sensor",
      schedule: "0 * * * *",
      scheduleZone: "UTC",
      timeoutMs: 5_000,
      tries: 1,
    });
  });

  it.each([
    ["influx: { url: http://nas:8086 }", "name a bucket of InfluxDB 2, or a database of InfluxDB 1, one of the two"],
    ["influx: { url: http://nas:8086, bucket: a, database: b }", "one of the two"],
    ["influx: { url: http://nas:8086, bucket: a }", "sources.it.influx.token: is missing: a bucket of InfluxDB 2 needs it"],
    ["influx: { url: http://nas:8086, database: a, org: b }", "sources.it.influx.org: does not belong to a database of InfluxDB 1"],
    ["influx: { url: http://nas:8086, database: a, password: b }", "the password needs a name"],
    ["influx: { url: 'http://me:geheim@nas:8086', database: a }", "keep the address free of names, passwords and questions"],
    ["influx: { url: 'http://nas:8086?u=me', database: a }", "keep the address free of names, passwords and questions"],
    ["influx: { url: nas:8086, database: a }", '"nas:8086" is not an address'],
    [`influx: { ${BUCKET} }, schedule: every day`, "expected five fields"],
    [`influx: { ${BUCKET} }, topics: [a]`, "belongs to a source that speaks; this one is fetched from influx"],
    [`influx: { ${BUCKET} }, dialect: tasmota-sml`, "belongs to a source that speaks"],
    [
      "dialect: tasmota-sml, tries: 2",
      "sources.it.tries: belongs to a source that is fetched: influx, tibber, niagaraExport, obix, niagaraServlet or niagaraAnalytics is missing",
    ],
    ["name: It", "sources.it.dialect: is missing"],
    [`influx: { ${BUCKET} }, tibber: { token: a }`, "influx is here already; make two sources of them"],
  ])("%s", (body, sentence) => {
    const problems = (source(body).problems ?? []).map(problemText);
    expect(problems.join("\n")).toContain(sentence);
    expect(problems.join("\n")).not.toContain("canary");
  });
});

describe("hours of Tibber", () => {
  it("are fetched five minutes past each hour, two days back, with hourly prices, unless said", () => {
    const { config } = source("tibber: { token: '$" + "{TIBBER}', point: main }");
    expect(config?.sources[0]?.tibber).toMatchObject({
      url: "https://api.tibber.com/v1-beta/gql",
      point: "main",
      lookbackHours: 48,
      maxLookbackHours: 720,
      prices: "hourly",
      schedule: "5 * * * *",
      timeoutMs: 30_000,
      tries: 3,
    });
    expect(config?.sources[0]?.tibber?.token.reveal()).toBe("canary-tibber");
    const several = source("tibber: { token: a, homes: { 96a1: main, 96a2: flat }, prices: quarter-hourly }").config;
    expect([...(several?.sources[0]?.tibber?.homes ?? [])]).toEqual([
      ["96a1", "main"],
      ["96a2", "flat"],
    ]);
  });

  it.each([
    ["tibber: { point: a }", "sources.it.tibber.token: is missing"],
    ["tibber: { token: a, lookbackHours: 1000 }", "expected hours up to 744"],
    ["tibber: { token: a, lookbackHours: 100, maxLookbackHours: 50 }", "is less than lookbackHours"],
    ["tibber: { token: a, point: a, homes: { x: b } }", "homes names the points already; keep one of the two"],
    ["tibber: { token: a, point: a b }", "the point's name may hold letters, digits"],
    ["tibber: { token: a, homes: { x: nowhere/b } }", '"nowhere" is not a site'],
    ["tibber: { token: a, prices: daily }", '"daily" is none of hourly, quarter-hourly, none'],
    ["tibber: { token: a }, domain: sensor", "sources.it.domain: belongs to influx"],
  ])("%s", (body, sentence) => {
    expect((source(body).problems ?? []).map(problemText).join("\n")).toContain(sentence);
  });
});

describe("results in an InfluxDB", () => {
  it("are written at two in the morning in the shape of the first version, unless said", () => {
    expect(outlet(BUCKET).config?.outlets.influx).toMatchObject({
      address: { version: 2, bucket: "raw" },
      shape: "seed",
      schedule: "0 2 * * *",
      tries: 3,
      declared: { file: "wattkeep.yaml", line: 3 },
    });
    const later = outlet("url: http://nas:8086, database: out, shape: later, rawBucket: raw, site: house, schedule: '5 4 * * *'").config;
    expect(later?.outlets.influx).toMatchObject({ shape: "later", rawBucket: "raw", site: "house", schedule: "5 4 * * *" });
  });

  it("say what is wrong with them", () => {
    const text = (outlet("url: http://nas:8086, database: out, shape: newest, site: huose").problems ?? []).map(problemText).join("\n");
    expect(text).toContain('"newest" is none of seed, later');
    expect(text).toContain('outlets.influx.site: "huose" is not a site; did you mean "house"?');
  });
});

describe("the log", () => {
  it("is said by its level alone, or with its file", () => {
    expect(load("").config?.log).toEqual({ level: "info", format: "json", maxBytes: 10_485_760, keep: 5 });
    expect(load("log: debug\n").config?.log.level).toBe("debug");
    expect(load("log: { level: warn, format: text, file: logs/out.log, maxBytes: 2048, keep: 0 }\n").config?.log).toEqual({
      level: "warn",
      format: "text",
      file: "/srv/logs/out.log",
      maxBytes: 2_048,
      keep: 0,
    });
  });

  it.each([
    ["log: loud", 'log.level: "loud" is none of silent, error, warn, info, debug'],
    ["log: { level: loud }", "wattkeep.yaml:2:15"],
    ["log: { format: xml }", '"xml" is none of json, text'],
    ["log: 7", "log.level"],
    ["log: [info]", "expected a map of keys, found a list"],
  ])("%s", (text, sentence) => {
    expect((load(`${text}\n`).problems ?? []).map(problemText).join("\n")).toContain(sentence);
  });
});
