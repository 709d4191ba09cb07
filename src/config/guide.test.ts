import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parseFormula } from "#analytics/meter-formula.ts";
import { meterOrder } from "#analytics/meter-order.ts";
import { DIALECTS } from "#dialects/catalogue.ts";
import { loadConfig } from "./load.ts";
import { OLD_TASMOTA } from "./old-tasmota.ts";
import { problemText } from "./problem.ts";
import { configSchema } from "./schema.ts";
import { schemaKeys } from "./schema-keys.ts";
import { OLD_UTILITY } from "./utility-settings.ts";

const ROOT = new URL("../../", import.meta.url);
const GUIDE = readFileSync(new URL("docs/guides/configuration.md", ROOT), "utf8");

describe("the guide to the configuration", () => {
  it("lists every key there is, and none that is not", () => {
    const listed = [...GUIDE.matchAll(/^\| `([^`]+)` \|.*\|.*\|$/gm)].map((match) => String(match[1]));
    expect(listed.filter((key) => !key.startsWith("WATTKEEP_")).sort()).toEqual(schemaKeys(configSchema).sort());
  });

  it("shows a configuration that is good", () => {
    const [yaml] = yamlIn(GUIDE);
    const loaded = loadConfig({ text: yaml ?? "", cwd: fileURLToPath(ROOT), env: { MQTT_PASSWORD: "x" }, dialects: DIALECTS });
    expect(loaded.problems).toBeUndefined();
  });

  it.each(["configuration.md", "home.md"])("of a house, %s, shows parts that fit one", (name) => {
    const house = "sites: { home: { zone: Europe/Berlin } }\nsources: { meter: { dialect: tasmota-sml } }\n";
    const parts = yamlIn(readFileSync(new URL(`docs/guides/${name}`, ROOT), "utf8")).filter((yaml) => /^(homes|alerts):/.test(yaml));
    expect(parts.length).toBeGreaterThan(0);
    const env = { TELEGRAM_TOKEN: "1:x", TELEGRAM_CHAT: "2" };
    for (const part of parts) {
      const { problems } = loadConfig({ text: house + part, cwd: fileURLToPath(ROOT), env, dialects: DIALECTS });
      expect(problems?.map(problemText) ?? []).toEqual([]);
    }
  });
});

describe("guides that show a whole configuration", () => {
  it.each(["configuration.md", "utilities.md", "niagara.md"])("of %s show good ones", (name) => {
    const whole = yamlIn(readFileSync(new URL(`docs/guides/${name}`, ROOT), "utf8")).filter((yaml) => yaml.startsWith("sites:"));
    expect(whole.length).toBeGreaterThan(0);
    const env = { MQTT_PASSWORD: "x", INFLUX_TOKEN: "a", TIBBER_TOKEN: "b", NIAGARA_PASSWORD: "c" };
    const formulas = { parse: parseFormula, order: meterOrder };
    for (const text of whole) {
      const { problems, warnings } = loadConfig({ text, cwd: fileURLToPath(ROOT), env, dialects: DIALECTS, formulas });
      expect([problems?.map(problemText) ?? [], warnings]).toEqual([[], []]);
    }
  });
});

describe("the guide to utilities", () => {
  it("tells what becomes of each setting of the old system, and its usual value", () => {
    const rows = readFileSync(new URL("docs/guides/utilities.md", ROOT), "utf8").split("\n");
    for (const { key, usual = "" } of OLD_UTILITY) {
      const row = rows.find((line) => line.startsWith("|") && line.includes(`\`${key}\``));
      expect(row, key).toContain(String(usual));
    }
  });
});

describe("the guide to the old Tasmota monitor", () => {
  it("tells what becomes of each of its settings", () => {
    const guide = readFileSync(new URL("docs/guides/old-home-api.md", ROOT), "utf8");
    for (const { names, usual = "" } of OLD_TASMOTA) {
      const row = guide.split("\n").find((line) => line.startsWith("|") && line.includes(`\`${names[0]}\``));
      expect(row).toContain(usual);
    }
  });
});

function yamlIn(guide: string): string[] {
  return [...guide.matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => String(match[1]));
}

/** A configuration in which every key behind a # counts. */
function uncommented(file: string): string {
  return readFileSync(file, "utf8").replace(/^( *)# ( *(?:- |[a-z]\w*:))/gm, "$1$2");
}

describe("every example", () => {
  const examples = readdirSync(new URL("examples/", ROOT)).sort();

  it("is there", () => {
    expect(examples).toEqual(expect.arrayContaining(["building", "home", "market", "plant", "utilities"]));
  });

  it("of a home is good with every line that waits behind a #, too", () => {
    const file = fileURLToPath(new URL("examples/home/wattkeep.yaml", ROOT));
    const text = uncommented(file);
    const env = { TELEGRAM_TOKEN: "1:x", TELEGRAM_CHAT: "2" };
    const { config, problems } = loadConfig({ file, text, cwd: fileURLToPath(ROOT), env, dialects: DIALECTS });
    expect(problems?.map(problemText) ?? []).toEqual([]);
    expect([config?.alerts.channels.length, config?.alerts.rules.length, config?.homes[0]?.prices.length]).toEqual([1, 1, 3]);
    expect([config?.backups.to?.kind, config?.http.listen.host, config?.homes[0]?.readerUrl]).toEqual([
      "folder",
      "0.0.0.0",
      "http://192.168.1.20/",
    ]);
  });

  it("of many meters is good with every line that waits behind a #, too", () => {
    const file = fileURLToPath(new URL("examples/utilities/wattkeep.yaml", ROOT));
    const text = uncommented(file);
    const formulas = { parse: parseFormula, order: meterOrder };
    const env = { INFLUX_TOKEN: "a", TIBBER_TOKEN: "b" };
    const { config, problems, warnings } = loadConfig({ file, text, cwd: fileURLToPath(ROOT), env, dialects: DIALECTS, formulas });
    expect([problems?.map(problemText) ?? [], warnings]).toEqual([[], []]);
    expect(config?.sources.map(({ influx, tibber }) => [influx !== undefined, tibber !== undefined])).toEqual([
      [true, false],
      [false, true],
    ]);
    expect(config?.outlets.influx?.rawBucket).toBe("homeassistant");
    expect(new Set(config?.meters.map(({ what }) => what.kind))).toEqual(new Set(["physical", "master", "virtual"]));
  });

  it.each(examples)("%s has a configuration without problems and a page that tells how to start it", (name) => {
    const file = fileURLToPath(new URL(`examples/${name}/wattkeep.yaml`, ROOT));
    const { problems } = loadConfig({ file, cwd: fileURLToPath(ROOT), env: {}, dialects: DIALECTS });
    expect(problems?.map(problemText) ?? []).toEqual([]);
    const readme = new URL(`examples/${name}/README.md`, ROOT);
    expect(existsSync(readme)).toBe(true);
    expect(readFileSync(readme, "utf8")).toContain(`npm start -- --config examples/${name}/wattkeep.yaml`);
  });
});
