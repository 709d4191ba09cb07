import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Config } from "./config.ts";
import { problemText } from "./problem.ts";
import { schemaKeys } from "./schema-keys.ts";
import { utilityConfigSchema, utilityMetersSchema, utilityPatternsSchema } from "./utility-schema.ts";
import { OLD_UTILITY } from "./utility-settings.ts";
import { folderOf, LEAST, type Old, removeFolders, started } from "./utility-world.ts";

afterAll(removeFolders);

function configOf(old: Old): Config {
  const { config, problems } = started(folderOf(old));
  expect(problems?.map(problemText) ?? []).toEqual([]);
  return config as Config;
}

/** A configuration with one value at a path of keys. */
function withSetting(key: string, value: unknown): unknown {
  const content = structuredClone(LEAST.config) as Record<string, unknown>;
  const path = key.split(".");
  let above = content;
  for (const step of path.slice(0, -1)) {
    above[step] ??= {};
    above = above[step] as Record<string, unknown>;
  }
  above[path.at(-1) as string] = value;
  return content;
}

const influx = (of: Config) => of.sources.find(({ name }) => name === "readings")?.influx;
const tibber = (of: Config) => of.sources.find(({ name }) => name === "hours")?.tibber;
const outlet = (of: Config) => of.outlets.influx;
const DEFAULTS = configOf({});

describe("every setting of config.yaml", () => {
  const both = (of: Config, what: (pull: { timeoutMs: number; tries: number } | undefined) => unknown) => [
    what(influx(of)),
    what(outlet(of)),
  ];
  const TABLE: [key: string, said: unknown, of: (of: Config) => unknown, here: unknown, usual: unknown][] = [
    [
      "influxdb.url",
      "http://other:9999/",
      (of) => both(of, (pull) => (pull as { address?: { url: string } }).address?.url),
      ["http://other:9999", "http://other:9999"],
      ["http://nas:8086", "http://nas:8086"],
    ],
    [
      "influxdb.bucket_raw",
      "raw",
      (of) => [influx(of)?.address, outlet(of)?.rawBucket],
      [{ bucket: "raw" }, "raw"],
      [{ bucket: "lampfi" }, "lampfi"],
    ],
    [
      "influxdb.bucket_processed",
      "done",
      (of) => outlet(of)?.address,
      { bucket: "done", org: "home" },
      { bucket: "lampfi_processed", version: 2 },
    ],
    ["influxdb.timeout", 5, (of) => both(of, (pull) => pull?.timeoutMs), [5_000, 5_000], [30_000, 30_000]],
    ["influxdb.retry_attempts", 7, (of) => both(of, (pull) => pull?.tries), [7, 7], [3, 3]],
    ["tibber.polling_interval", 900, (of) => tibber(of)?.schedule, "*/15 * * * *", "5 * * * *"],
    ["tibber.lookback_hours", 72, (of) => tibber(of)?.lookbackHours, 72, 48],
    ["tibber.max_lookback_hours", 744, (of) => tibber(of)?.maxLookbackHours, 744, 720],
    ["tibber.meter_id", "flat", (of) => tibber(of)?.point, "flat", "haupt_strom"],
    ["gas_conversion.energy_content", 10.5, (of) => of.gas[0]?.calorificKwhPerM3, 10.5, 11.504],
    ["gas_conversion.z_factor", 0.95, (of) => of.gas[0]?.zFactor, 0.95, 0.8885],
    [
      "workflows.analytics.schedule",
      "30 4 * * *",
      (of) => [outlet(of)?.schedule, outlet(of)?.scheduleZone],
      ["30 4 * * *", "UTC"],
      ["0 2 * * *", "UTC"],
    ],
    ["workflows.analytics.start_year", 2022, (of) => of.utilities.startYear, 2022, 2020],
    [
      "workflows.tibber_sync.schedule",
      "20 */2 * * *",
      (of) => [tibber(of)?.schedule, tibber(of)?.scheduleZone],
      ["20 */2 * * *", "UTC"],
      ["5 * * * *", "UTC"],
    ],
    ["logging.level", "WARNING", (of) => of.log.level, "warn", "info"],
    ["logging.format", "text", (of) => of.log.format, "text", "json"],
    ["logging.file", join(tmpdir(), "utility.log"), (of) => of.log.file, join(tmpdir(), "utility.log"), undefined],
    ["logging.max_bytes", 4_096, (of) => of.log.maxBytes, 4_096, 10_485_760],
    ["logging.backup_count", 2, (of) => of.log.keep, 2, 5],
    ["meters_config", "config/meters.yaml", (of) => of.meters.length, 1, 1],
    ["seasonal_patterns_config", "config/meters.yaml", (of) => of.meters[0]?.pattern, undefined, undefined],
  ];

  it.each(TABLE.filter(([key]) => key !== "seasonal_patterns_config"))("%s = %j", (key, said, of, here, usual) => {
    const matches = (value: unknown) => (typeof value === "object" && value !== null ? expect.objectContaining(value as object) : value);
    const expected = (value: unknown) => (Array.isArray(value) ? value.map(matches) : matches(value));
    expect(of(configOf({ config: withSetting(key, said) }))).toEqual(expected(here));
    expect(of(DEFAULTS)).toEqual(expected(usual));
  });

  it("is in the table, and every key of the three files in the list of what became of them", () => {
    const keys = (file: string) => OLD_UTILITY.filter((setting) => setting.file === file).map(({ key }) => key);
    expect(TABLE.map(([key]) => key).sort()).toEqual(schemaKeys(utilityConfigSchema).sort());
    expect(keys("config.yaml").sort()).toEqual(schemaKeys(utilityConfigSchema).sort());
    expect(keys("meters.yaml").sort()).toEqual(schemaKeys(utilityMetersSchema).sort());
    expect(keys("seasonal_patterns.yaml").sort()).toEqual(schemaKeys(utilityPatternsSchema).sort());
  });

  it("has its usual value in that list", () => {
    const { config: all } = {
      config: Object.fromEntries(OLD_UTILITY.flatMap(({ key, usual }) => (usual === undefined ? [] : [[key, usual]]))),
    };
    expect(all).toMatchObject({
      "influxdb.timeout": 30,
      "influxdb.retry_attempts": 3,
      "tibber.lookback_hours": 48,
      "workflows.analytics.start_year": 2020,
    });
  });

  it.each([
    [60, "* * * * *"],
    [600, "*/10 * * * *"],
    [3_600, "5 * * * *"],
    [7_200, "5 */2 * * *"],
    [86_400, "5 0 * * *"],
  ])("of an interval of %d s is the schedule %s, where none is said", (seconds, schedule) => {
    expect(tibber(configOf({ config: withSetting("tibber.polling_interval", seconds) }))?.schedule).toBe(schedule);
  });

  it("is told by the clock of this computer, which is said", () => {
    const { config, warnings } = started(folderOf({}));
    expect(config?.sites).toMatchObject([{ id: "house", zone: "Europe/Berlin", currency: "EUR" }]);
    expect(warnings.join("\n")).toContain(
      "names no place: days are those of Europe/Berlin, the clock of this computer, and its schedules go by UTC",
    );
  });
});
