import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { DIALECTS } from "#dialects/catalogue.ts";
import type { Config } from "./config.ts";
import { loadConfig } from "./load.ts";
import { OLD_NIAGARA, usualOfNiagara } from "./old-niagara-settings.ts";
import { problemText } from "./problem.ts";

const folder = mkdtempSync(join(tmpdir(), "wattkeep-old-niagara-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Body = Record<string, unknown>;

/** The least that its own program took. */
const COMFORT = {
  occupied_start: "07:00",
  occupied_end: "18:00",
  setpoint_column: "zn_sp",
  temp_column: "zn_t",
  timestamp_column: "timestamp",
  equip_column: "equip",
  comfort_band_degF: 2,
};
const EXPORTS = { host: "10.0.0.5", ord_path: "file:^historyExports/Shop", username: "reader" };
const LEAST: Body = { site_name: "Shop", comfort: COMFORT, mqtt: { host: "10.0.0.9" } };
const withExports = (more: Body = {}): Body => ({
  ...LEAST,
  data_source: { type: "niagara_csv_export", niagara_csv_export: { ...EXPORTS, ...more } },
});
const withStream = (more: Body = {}): Body => ({
  ...LEAST,
  data_source: { type: "mqtt_json_stream", mqtt_json_stream: { host: "10.0.0.7", ...more } },
});

function load(content: Body, env: Record<string, string> = {}) {
  writeFileSync(join(folder, "config.yaml"), stringify(content));
  return loadConfig({
    file: "config.yaml",
    cwd: folder,
    env: { NIAGARA_PASSWORD: "canary", ...env },
    dialects: DIALECTS,
    zone: "America/Phoenix",
  });
}

function good(content: Body, env: Record<string, string> = {}): Config {
  const { config, problems } = load(content, env);
  expect(problems?.map(problemText) ?? []).toEqual([]);
  return config as Config;
}

const problemsOf = (content: Body, env: Record<string, string> = {}): string[] => (load(content, env).problems ?? []).map(problemText);
const source = (config: Config, name: string) => config.sources.find((one) => one.name === name);
const broker = (config: Config, name: string) => config.brokers.find((one) => one.name === name);
const exported = (config: Config) => source(config, "exports")?.niagara;

/** Key of the old file, a file that says something else than usual, what to look at, what it is then, and what it is where nothing is said. */
type Row = [key: string, said: Body, of: (config: Config) => unknown, here: unknown, usual: unknown, env?: Record<string, string>];
const TABLE: Row[] = [
  ["site_name", { ...LEAST, site_name: "Plaza" }, ({ sites }) => sites[0]?.name, "Plaza", "Shop"],
  ["data_source.type", withExports(), ({ sources }) => sources.map(({ name }) => name), ["histories", "exports"], ["histories"]],
  [
    "data_source.niagara_csv_export.host",
    withExports({ host: "box:8443" }),
    (of: Config) => exported(of)?.url,
    "https://box:8443/file/Shop/historyExports/Shop",
    undefined,
  ],
  [
    "data_source.niagara_csv_export.ord_path",
    withExports({ ord_path: "file:%5EhistoryExports/Plaza" }),
    (of: Config) => exported(of)?.station,
    "Plaza",
    undefined,
  ],
  ["data_source.niagara_csv_export.username", withExports({ username: "ops" }), (of: Config) => exported(of)?.username, "ops", undefined],
  [
    "data_source.niagara_csv_export.password_env",
    withExports({ password_env: "OTHER" }),
    (of: Config) => exported(of)?.password?.reveal(),
    "second",
    undefined,
    { OTHER: "second" },
  ],
  [
    "data_source.niagara_csv_export.insecure_tls",
    withExports({ insecure_tls: true }),
    (of: Config) => exported(of)?.trust,
    { pinFirst: true },
    undefined,
  ],
  ["data_source.mqtt_json_stream.host", withStream(), (of) => broker(of, "stream")?.url, "mqtts://10.0.0.7:8883", undefined],
  ["data_source.mqtt_json_stream.port", withStream({ port: 1884 }), (of) => broker(of, "stream")?.url, "mqtts://10.0.0.7:1884", undefined],
  ["data_source.mqtt_json_stream.topic", withStream({ topic: "a/b" }), (of) => source(of, "stream")?.topics, ["a/b"], undefined],
  [
    "data_source.mqtt_json_stream.username",
    withStream({ username: "u", password_env: "P" }),
    (of) => broker(of, "stream")?.username,
    "u",
    undefined,
    { P: "p" },
  ],
  [
    "data_source.mqtt_json_stream.password_env",
    withStream({ username: "u", password_env: "P" }),
    (of) => broker(of, "stream")?.password?.reveal(),
    "p",
    undefined,
    { P: "p" },
  ],
  ["data_source.mqtt_json_stream.tls", withStream({ tls: false }), (of) => broker(of, "stream")?.url, "mqtt://10.0.0.7:8883", undefined],
  ["data_source.mqtt_json_stream.client_id", withStream({ client_id: "edge" }), (of) => broker(of, "stream")?.clientId, "edge", undefined],
  ["data_source.mqtt_json_stream.keepalive", withStream({ keepalive: 20 }), (of) => broker(of, "stream")?.keepaliveSeconds, 20, undefined],
  // What it remembered for so long is kept with everything else.
  [
    "data_source.mqtt_json_stream.retention_hours",
    withStream({ retention_hours: 48 }),
    (of) => source(of, "stream")?.topics,
    ["niagara/histories"],
    undefined,
  ],
  [
    "comfort.occupied_start",
    { ...LEAST, comfort: { ...COMFORT, occupied_start: "6:30" } },
    (of) => of.buildings[0]?.occupancy.fromMinute,
    390,
    420,
  ],
  [
    "comfort.occupied_end",
    { ...LEAST, comfort: { ...COMFORT, occupied_end: "22:00" } },
    (of) => of.buildings[0]?.occupancy.toMinute,
    1320,
    1080,
  ],
  [
    "comfort.setpoint_column",
    { ...withExports(), comfort: { ...COMFORT, setpoint_column: "sp" } },
    (of: Config) => exported(of)?.columns.setpoint,
    "sp",
    undefined,
  ],
  [
    "comfort.temp_column",
    { ...withExports(), comfort: { ...COMFORT, temp_column: "t" } },
    (of: Config) => exported(of)?.columns.temp,
    "t",
    undefined,
  ],
  [
    "comfort.timestamp_column",
    { ...withExports(), comfort: { ...COMFORT, timestamp_column: "at" } },
    (of: Config) => exported(of)?.columns.timestamp,
    "at",
    undefined,
  ],
  [
    "comfort.equip_column",
    { ...withExports(), comfort: { ...COMFORT, equip_column: "zone" } },
    (of: Config) => exported(of)?.columns.equip,
    "zone",
    undefined,
  ],
  [
    "comfort.comfort_band_degF",
    { ...LEAST, comfort: { ...COMFORT, comfort_band_degF: 1.5 } },
    (of) => [of.buildings[0]?.band, of.buildings[0]?.bandUnit],
    [1.5, "°F"],
    [2, "°F"],
  ],
  [
    "mqtt.host",
    { ...LEAST, mqtt: { host: "10.1.1.1" } },
    (of) => broker(of, "station")?.url,
    "mqtt://10.1.1.1:1883",
    "mqtt://10.0.0.9:1883",
  ],
  [
    "mqtt.port",
    { ...LEAST, mqtt: { host: "10.0.0.9", port: 1885 } },
    (of) => broker(of, "station")?.url,
    "mqtt://10.0.0.9:1885",
    "mqtt://10.0.0.9:1883",
  ],
  [
    "mqtt.history_topic",
    { ...LEAST, mqtt: { host: "10.0.0.9", history_topic: "h" } },
    (of) => source(of, "histories")?.topics,
    ["h"],
    ["niagara/histories"],
  ],
  ["mqtt.equipment_topic", { ...LEAST, mqtt: { host: "10.0.0.9", equipment_topic: "e" } }, ({ sources }) => sources.length, 1, 1],
  // Its rows are taken over by a command; there is no such setting.
  ["db_path", { ...LEAST, db_path: "other.sqlite" }, ({ data }) => data, join(folder, "wattkeep-data"), join(folder, "wattkeep-data")],
  ["db_retention_hours", { ...LEAST, db_retention_hours: 0 }, (of) => of.buildings[0]?.retentionHours, undefined, 720],
  ["MQTT_HOST", LEAST, (of) => broker(of, "station")?.url, "mqtt://box:1883", "mqtt://10.0.0.9:1883", { MQTT_HOST: "box" }],
  ["MQTT_PORT", LEAST, (of) => broker(of, "station")?.url, "mqtt://10.0.0.9:1999", "mqtt://10.0.0.9:1883", { MQTT_PORT: "1999" }],
  ["MQTT_TOPIC", LEAST, (of) => source(of, "histories")?.topics, ["x/#"], ["niagara/histories"], { MQTT_TOPIC: "x/#" }],
];

describe("every setting of Niagara Copilot Edge", () => {
  it.each(TABLE)("%s", (_key, said, of, here, usual, env) => {
    expect(of(good(said, env))).toEqual(here);
    expect(of(good(LEAST))).toEqual(usual);
  });

  it("is in the table", () => {
    expect(TABLE.map(([key]) => key)).toEqual(OLD_NIAGARA.map(({ key }) => key));
  });

  it("that was built in is kept: every day counts, no warm-up, its own score, its routes and its port", () => {
    const config = good(LEAST);
    expect(config.buildings[0]).toMatchObject({ health: "seed", occupancy: { weekdays: [1, 2, 3, 4, 5, 6, 7], warmUpMinutes: 0 } });
    expect(config.compat.niagara).toMatchObject({ site: "building" });
    expect(config.http).toMatchObject({ listen: { host: "0.0.0.0", port: 8000 }, orLoopback: true });
    expect(config.sites[0]?.zone).toBe("America/Phoenix");
  });

  it("under the older names of variables", () => {
    expect(broker(good(LEAST, { MQTT_BROKER_HOST: "old", MQTT_BROKER_PORT: "1" }), "station")?.url).toBe("mqtt://old:1");
    expect(broker(good(LEAST, { MQTT_HOST: "new", MQTT_BROKER_HOST: "old" }), "station")?.url).toBe("mqtt://new:1883");
  });

  it("with a password in a file", () => {
    writeFileSync(join(folder, "password"), "from-a-file\n", { mode: 0o600 });
    const env = { STATION: "", OTHER_FILE: join(folder, "password") };
    expect(exported(good(withExports({ password_env: "OTHER" }), env))?.password?.reveal()).toBe("from-a-file");
  });
});

describe("a file of Niagara Copilot Edge", () => {
  it("says at start what expires, how long its certificate is believed and what is not read", () => {
    const said = load(withExports({ insecure_tls: true })).warnings.join("\n");
    expect(said).toContain("older than 720 hours go, as before where nothing was said");
    expect(said).toContain("the first one it shows is remembered");
    expect(said).toContain("wattkeep import old niagara data/history.sqlite");
    expect(said).not.toContain("canary");
    expect(usualOfNiagara("db_retention_hours")).toBe(720);
  });

  it("hears one and the same stream once", () => {
    const stream = { host: "10.0.0.9", port: 1883, tls: false };
    expect(good(withStream(stream)).sources.map(({ name }) => name)).toEqual(["histories"]);
    expect(good(withStream({ ...stream, topic: "other" })).sources.map(({ name }) => name)).toEqual(["histories", "stream"]);
  });

  it("tells what Wattkeep does not speak, and goes on with the rest", () => {
    const { config, warnings } = load({ ...LEAST, data_source: { type: "haystack", haystack: { uri: "http://10.0.0.5" } } });
    expect(config?.sources.map(({ name }) => name)).toEqual(["histories"]);
    expect(warnings.join("\n")).toContain("config.yaml:");
    expect(warnings.join("\n")).toContain("Project Haystack is not spoken");
  });

  it.each([
    [withExports({ ord_path: "file:^exports/Shop" }), {}, "data_source.niagara_csv_export.ord_path: expected file:^historyExports/STATION"],
    [withExports({ password_env: "NOWHERE" }), {}, "the variable NOWHERE is not set"],
    [withStream({ username: "u" }), {}, "password_env is missing"],
    [{ ...LEAST, data_source: { type: "mqtt_json_stream" } }, {}, "data_source.mqtt_json_stream is missing"],
    [{ ...LEAST, comfort: { ...COMFORT, occupied_start: "25:00" } }, {}, "comfort.occupied_start"],
    [{ ...LEAST, comfort: { ...COMFORT, comfort_band: 2 } }, {}, "comfort.comfort_band"],
    [{ ...LEAST, db_retention_hour: 3 }, {}, "db_retention_hour"],
    [LEAST, { MQTT_PORT: "many" }, "mqtt"],
  ] as const)("%j is told with its place", (content, env, sentence) => {
    const problems = problemsOf(content as Body, env);
    expect(problems.join("\n")).toContain(sentence);
    expect(problems.every((problem) => problem.startsWith("config.yaml"))).toBe(true);
  });

  it("never shows a password, whatever its variable is called", () => {
    const problems = problemsOf(withStream({ topic: "canary/#/x", username: "u", password_env: "STATION_KEY" }), { STATION_KEY: "canary" });
    expect(problems.join("\n")).toContain("is not a topic filter");
    expect(problems.join("\n")).not.toContain("canary");
  });

  it("with anything in the place of any value is told or taken, and never thrown", () => {
    const files = [withExports(), withStream({ username: "u", password_env: "NIAGARA_PASSWORD" })];
    const scalar = fc.oneof(
      fc.constant(null),
      fc.boolean(),
      fc.double({ noNaN: true }),
      fc.string({ maxLength: 12 }),
      fc.constantFrom("07:00", "file:^historyExports/A"),
    );
    const any = fc.oneof(scalar, fc.array(scalar, { maxLength: 2 }), fc.dictionary(fc.constantFrom("host", "type", "port"), scalar));
    fc.assert(
      fc.property(fc.constantFrom(...files), fc.nat(), any, (content, which, value) => {
        const paths = pathsOf(content);
        const loaded = load(replaced(content, paths[which % paths.length] as string[], value) as Body);
        expect(loaded.config !== undefined || (loaded.problems ?? []).length > 0).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

function pathsOf(content: unknown, at: readonly string[] = []): string[][] {
  if (typeof content !== "object" || content === null) return [[...at]];
  return Object.entries(content).flatMap(([key, value]) => [[...at, key], ...pathsOf(value, [...at, key])]);
}

function replaced(content: unknown, [step, ...rest]: readonly string[], value: unknown): unknown {
  if (step === undefined) return value;
  const copy = { ...(content as Body) };
  copy[step] = replaced(copy[step] ?? {}, rest, value);
  return copy;
}
