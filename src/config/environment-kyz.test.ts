import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DIALECTS } from "#dialects/catalogue.ts";
import type { Config } from "./config.ts";
import { OLD_KYZ, readOldKyz } from "./environment-kyz.ts";
import { loadConfig } from "./load.ts";

const ZONE = "America/Indiana/Indianapolis";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "wattkeep-old-env-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A configuration file with an old `.env` beside it. */
function load(env: Record<string, string>, yaml = "") {
  const own = mkdtempSync(join(folder, "case-"));
  const file = join(own, "wattkeep.yaml");
  writeFileSync(file, yaml);
  const lines = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  writeFileSync(join(own, ".env"), `${lines.join("\n")}\n`, { mode: 0o600 });
  return loadConfig({ file, env: {}, cwd: own, dialects: DIALECTS, zone: ZONE });
}

function good(env: Record<string, string>, yaml = ""): Config {
  const { config, problems = [] } = load(env, yaml);
  expect(problems).toEqual([]);
  return config as Config;
}

const sentences = (env: Record<string, string>, yaml = ""): string[] =>
  (load(env, yaml).problems ?? []).map(({ file, sentence }) => `${file} ${sentence}`);

const NEEDED = { KYZ_PULSES_PER_KWH: "0.5882352941" };
const source = (config: Config, name: string) => config.sources.find((one) => one.name === name);
const lengthMs = (config: Config) => (source(config, "kyz")?.options as { intervalMs: number } | undefined)?.intervalMs;
const components = (config: Config) => config.tariffs[0]?.plan.versions[0]?.components ?? [];
const demand = (config: Config) => components(config).find((one) => one.kind === "demand");

/** Every name: its value of the old example, what becomes of it, and what it is where the name is missing. */
const TABLE: readonly [name: string, value: string, read: (config: Config) => unknown, becomes: unknown, usual: unknown][] = [
  ["MQTT_HOST", "broker.example", ({ brokers }) => brokers[0]?.url, "mqtt://broker.example:1883", undefined],
  ["KYZ_PULSES_PER_KWH", "1000", ({ points }) => points[0]?.facts[0]?.value, 1000, 0.5882352941],
  ["KYZ_INTERVAL_MINUTES", "30", lengthMs, 1_800_000, 900_000],
  ["INTERVAL_SECONDS", "1800", lengthMs, 1_800_000, 900_000],
  ["KYZ_INTERVAL_GRACE_SECONDS", "30", (config) => source(config, "kyz")?.graceSeconds, 30, undefined],
  ["MQTT_TOPIC_PULSE", "line/pulse", (config) => source(config, "kyz")?.topics[0], "line/pulse", "pri/energy/kyz/pulseCount"],
  ["MQTT_TOPIC_INTERVAL", "line/interval", (config) => source(config, "kyz")?.topics[1], "line/interval", "pri/energy/kyz/interval"],
  ["BILLING_ANCHOR_DATE", "2025-01-17", ({ tariffs }) => tariffs[0]?.billing, { kind: "anchored", anchor: "2025-01-17" }, undefined],
  ["DASHBOARD_HOST", "127.0.0.1", ({ http }) => http.listen.host, "127.0.0.1", "0.0.0.0"],
  ["DASHBOARD_PORT", "8090", ({ http }) => http.listen.port, 8090, 8080],
  ["DASHBOARD_SSE_POLL_SECONDS", "2", ({ compat }) => compat.kyz?.streamSeconds, 2, 5],
  ["DASHBOARD_AUTH_TOKEN", "plant-floor", ({ compat }) => compat.kyz?.token?.reveal(), "plant-floor", undefined],
  ["API_SERIES_MAX_DAYS", "90", ({ compat }) => compat.kyz?.seriesMaxDays, 90, 60],
  ["API_ALLOW_EXTENDED_RANGE", "yes", ({ compat }) => compat.kyz?.extendedRange, true, false],
  ["USAGE_RETENTION_DAYS", "30", ({ usageDays }) => usageDays, 30, 180],
  [
    "PLANT_NAME",
    "Mill Road",
    ({ sites, compat }) => [sites[0]?.name, compat.kyz?.plantName],
    ["Mill Road", "Mill Road"],
    ["KYZ Plant", "KYZ Plant"],
  ],
  [
    "TARIFF_CUSTOMER_CHARGE",
    "99.50",
    (config) => components(config)[0],
    { kind: "fixed", name: "Customer charge", rate: "99.50", per: "month" },
    { kind: "fixed", name: "Customer charge", rate: "120.00", per: "month" },
  ],
  [
    "TARIFF_ENERGY_RATE_PER_KWH",
    "0.05",
    (config) => components(config)[1],
    { kind: "energy", name: "Energy", rate: "0.05" },
    { kind: "energy", name: "Energy", rate: "0.04143" },
  ],
  ["TARIFF_DEMAND_RATE_PER_KW", "10", (config) => demand(config)?.rate, "10", "24.74"],
  ["TARIFF_RATCHET_PERCENT", "0.575", (config) => demand(config)?.ratchet?.percent, "57.5", "60"],
  ["TARIFF_MIN_BILLING_KW", "500", (config) => demand(config)?.minimumKw, 500, 50],
  ["LIVE_WINDOW_SECONDS", "15", () => undefined, undefined, undefined],
];

describe("every name of the old .env", () => {
  test.each(TABLE)("%s is taken, and has the old default where it is missing", (name, value, read, becomes, usual) => {
    expect(read(good({ ...NEEDED, [name]: value }))).toEqual(becomes);
    expect(read(good(NEEDED))).toEqual(usual);
  });

  test.each([
    ["MQTT_PORT", "8883", { url: "mqtt://broker.example:8883" }, { url: "mqtt://broker.example:1883" }],
    ["MQTT_USERNAME", "kyz", { username: "kyz" }, {}],
    ["MQTT_CLIENT_ID", "kyz-sql-ingestor", { clientId: "kyz-sql-ingestor" }, {}],
    ["MQTT_KEEPALIVE", "20", { keepaliveSeconds: 20 }, { keepaliveSeconds: 60 }],
  ])("%s belongs to the broker", (name, value, becomes, usual) => {
    const host = { ...NEEDED, MQTT_HOST: "broker.example" };
    expect(good({ ...host, [name]: value }).brokers[0]).toMatchObject(becomes);
    expect(good(host).brokers[0]).toMatchObject(usual);
  });

  test("MQTT_PASSWORD is a secret that no configuration prints", () => {
    const config = good({ ...NEEDED, MQTT_HOST: "broker.example", MQTT_USERNAME: "kyz", MQTT_PASSWORD: "hunter2" });
    expect(config.brokers[0]?.password?.reveal()).toBe("hunter2");
    expect(JSON.stringify(config)).not.toContain("hunter2");
  });

  test.each([
    ["PLC_CSV_GLOB", "PLC*.csv", { glob: "PLC*.csv" }, { glob: "*.csv" }],
    ["PLC_CSV_MIN_AGE_SECONDS", "30", { minAgeMs: 30_000 }, { minAgeMs: 10_000 }],
  ])("%s belongs to the folder", (name, value, becomes, usual) => {
    const dropped = { ...NEEDED, PLC_CSV_DROP_DIR: "in" };
    expect(source(good({ ...dropped, [name]: value }), "plc")?.folder).toMatchObject(becomes);
    expect(source(good(dropped), "plc")?.folder).toMatchObject(usual);
  });

  test("files go to the archive when PLC_CSV_MOVE_TO_ARCHIVE says so, also with on, and under the folder unless PLC_CSV_ARCHIVE_DIR names another", () => {
    const dropped = { ...NEEDED, PLC_CSV_DROP_DIR: "/srv/in" };
    const archive = (env: Record<string, string>) => source(good({ ...dropped, ...env }), "plc")?.folder?.archive;
    expect(archive({})).toBeUndefined();
    expect(archive({ PLC_CSV_ARCHIVE_DIR: "/srv/done" })).toBeUndefined();
    for (const yes of ["1", "true", "YES", "on"]) expect(archive({ PLC_CSV_MOVE_TO_ARCHIVE: yes })).toBe("/srv/in/archive");
    expect(archive({ PLC_CSV_MOVE_TO_ARCHIVE: "true", PLC_CSV_ARCHIVE_DIR: "/srv/done" })).toBe("/srv/done");
  });

  test("without PLC_CSV_DROP_DIR the folder plc_csv_drop beside the configuration is watched, where it is there", () => {
    expect(source(good(NEEDED), "plc")).toBeUndefined();
    const own = mkdtempSync(join(folder, "drop-"));
    mkdirSync(join(own, "plc_csv_drop"));
    writeFileSync(join(own, "wattkeep.yaml"), "");
    const loaded = loadConfig({ file: join(own, "wattkeep.yaml"), env: NEEDED, cwd: own, dialects: DIALECTS, zone: ZONE });
    expect(source(loaded.config as Config, "plc")?.folder?.path).toBe(join(own, "plc_csv_drop"));
  });

  test("SQL_ names make the mirror, and only with both names of the reader it may read", () => {
    const sql = {
      ...NEEDED,
      SQL_SERVER: "tcp:sql.example,1433",
      SQL_DATABASE: "energy",
      SQL_USERNAME: "kyz_ingestor",
      SQL_PASSWORD: "s3cret",
    };
    const mirror = good(sql);
    expect(mirror.outlets.azure).toMatchObject({ server: "sql.example", port: 1433, database: "energy", username: "kyz_ingestor" });
    expect([mirror.outlets.azure?.reader, mirror.compat.kyz?.credentialMode]).toEqual([undefined, "rw"]);
    expect(good({ ...sql, SQL_RO_USERNAME: "kyz_dashboard" }).compat.kyz?.credentialMode).toBe("rw");
    const both = good({ ...sql, SQL_RO_USERNAME: "kyz_dashboard", SQL_RO_PASSWORD: "r3ad" });
    expect([both.outlets.azure?.reader?.username, both.compat.kyz?.credentialMode]).toEqual(["kyz_dashboard", "ro"]);
    expect(JSON.stringify(both)).not.toMatch(/s3cret|r3ad/);
  });

  test("the tables here miss no name", () => {
    const named = new Set([...TABLE.map(([name]) => name), "KYZ_INTERVAL_MINUTES", "INTERVAL_SECONDS", "KYZ_INTERVAL_GRACE_SECONDS"]);
    const elsewhere = /^(MQTT_(PORT|USERNAME|PASSWORD|CLIENT_ID|KEEPALIVE)|PLC_CSV_|SQL_)/;
    expect(OLD_KYZ.map(({ name }) => name).filter((name) => !named.has(name) && !elsewhere.test(name))).toEqual([]);
  });
});

describe("an old .env beside an empty configuration", () => {
  test("is a plant: one site on this computer's clock, in dollars, with source, point, tariff and the old routes", () => {
    const { config, warnings } = load({ ...NEEDED, MQTT_HOST: "broker.example", BILLING_ANCHOR_DATE: "2025-01-17" });
    expect(config?.sites).toMatchObject([{ id: "plant", name: "KYZ Plant", zone: ZONE, currency: "USD" }]);
    expect(config?.sources.map(({ name, site, dialect, rank }) => ({ name, site, dialect, rank }))).toEqual([
      { name: "kyz", site: "plant", dialect: "kyz-pulse", rank: "live" },
    ]);
    expect(config?.points.map(({ site, id }) => `${site}/${id}`)).toEqual(["plant/main"]);
    expect(config?.compat.kyz).toMatchObject({ site: "plant", tokenInUrl: true });
    expect(warnings.join()).toContain(ZONE);
  });

  test("listens on this computer alone where nothing would ask others who they are", () => {
    expect(good(NEEDED).http).toMatchObject({ listen: { host: "0.0.0.0", port: 8080 }, orLoopback: true });
    expect(good(NEEDED, "http: { listen: 127.0.0.1:9000 }").http.orLoopback).toBeUndefined();
  });

  test("its zone and currency are those of the file's site where it names one", () => {
    const config = good(NEEDED, "sites: { mill: { zone: America/Chicago, currency: CAD } }");
    expect(config.sites).toMatchObject([{ id: "mill", zone: "America/Chicago", currency: "CAD", name: "KYZ Plant" }]);
    expect(config.tariffs[0]).toMatchObject({ site: "mill", plan: { currency: "CAD" } });
  });

  test("names that other programs use too make no plant", () => {
    expect(
      good({ MQTT_HOST: "broker.example", SQL_SERVER: "sql.example", PLANT_NAME: "x", DASHBOARD_PORT: "9000", INTERVAL_SECONDS: "60" })
        .sites,
    ).toEqual([]);
    expect(readOldKyz({ get: (name) => (name === "KYZ_PULSES_PER_KWH" ? "  " : undefined) })).toBeUndefined();
  });
});

describe("what is said twice or wrongly", () => {
  const TWICE: readonly [env: Record<string, string>, yaml: string, names: readonly string[]][] = [
    [{ KYZ_INTERVAL_MINUTES: "15", INTERVAL_SECONDS: "1800" }, "", ["KYZ_INTERVAL_MINUTES", "INTERVAL_SECONDS"]],
    [{ MQTT_HOST: "a.example" }, "brokers: { main: { url: mqtt://b.example } }", ["MQTT_HOST", "brokers"]],
    [{ MQTT_HOST: "a.example" }, "mqtt: embedded", ["MQTT_HOST", "mqtt"]],
    [
      { MQTT_TOPIC_PULSE: "x" },
      "sites: { plant: { zone: UTC } }\nsources: { k: { dialect: kyz-pulse } }",
      ["MQTT_TOPIC_PULSE", "sources.k"],
    ],
    [
      {},
      "sites: { plant: { zone: UTC } }\npoints: { plant/main: { facts: [{ from: 2025-01-01, pulsesPerKwh: 1000 }] } }",
      ["KYZ_PULSES_PER_KWH", "points.plant/main.facts"],
    ],
    [{ DASHBOARD_PORT: "8090" }, "http: { listen: 127.0.0.1:9000 }", ["DASHBOARD_PORT", "http.listen"]],
    [{ PLANT_NAME: "A" }, "sites: { plant: { zone: UTC, name: B } }", ["PLANT_NAME", "sites.plant.name"]],
    [{ TARIFF_MIN_BILLING_KW: "60" }, "tariffs: []", ["TARIFF_MIN_BILLING_KW", "tariffs"]],
    [
      { DASHBOARD_AUTH_TOKEN: "a" },
      "sites: { plant: { zone: UTC } }\ncompat: { kyz: { site: plant, token: b } }",
      ["DASHBOARD_AUTH_TOKEN", "compat.kyz.token"],
    ],
    [{ USAGE_RETENTION_DAYS: "60" }, "usage: { keepDays: 90 }", ["USAGE_RETENTION_DAYS", "usage.keepDays"]],
  ];
  test.each(TWICE)("%o beside %s is one problem that names both", (env, yaml, names) => {
    const found = sentences({ ...NEEDED, ...env }, yaml);
    expect(found).toHaveLength(1);
    for (const name of names) expect(found[0]).toContain(name);
  });

  test("a name the file itself refers to is no second candidate", () => {
    const yaml = `sites: { plant: { zone: UTC, currency: USD } }
brokers: { main: { url: mqtt://b.example, username: u, password: \${MQTT_PASSWORD} } }`;
    expect(good({ ...NEEDED, MQTT_PASSWORD: "hunter2" }, yaml).brokers[0]?.password?.reveal()).toBe("hunter2");
  });

  test("both families of the interval may say the same", () => {
    expect(sentences({ ...NEEDED, KYZ_INTERVAL_MINUTES: "15", INTERVAL_SECONDS: "900" })).toEqual([]);
  });

  test.each([
    ["KYZ_PULSES_PER_KWH", "0"],
    ["KYZ_PULSES_PER_KWH", "many"],
    ["INTERVAL_SECONDS", "100"],
    ["MQTT_PORT", "70000"],
    ["TARIFF_RATCHET_PERCENT", "60"],
    ["TARIFF_DEMAND_RATE_PER_KW", "24,74"],
    ["BILLING_ANCHOR_DATE", "17 January"],
    ["DASHBOARD_PORT", "http"],
  ])("%s=%s is a problem that names it and what is expected", (name, value) => {
    const found = sentences({ ...NEEDED, [name]: value });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(`^${name} expected `));
  });

  test("an anchor with a time or an offset counts by its date", () => {
    for (const anchor of ["2025-01-17T00:00:00", "2025-01-17T06:30:00-05:00"])
      expect(good({ ...NEEDED, BILLING_ANCHOR_DATE: anchor }).tariffs[0]?.billing).toEqual({ kind: "anchored", anchor: "2025-01-17" });
  });

  test("two sites need one to be named", () => {
    const two = "sites: { a: { zone: UTC }, b: { zone: UTC } }";
    expect(sentences(NEEDED, two).join()).toContain("compat.kyz");
    expect(good(NEEDED, `${two}\ncompat: { kyz: { site: b } }`).sources[0]?.site).toBe("b");
  });
});
