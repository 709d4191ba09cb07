import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { DIALECTS } from "#dialects/catalogue.ts";
import type { Config } from "./config.ts";
import { loadConfig } from "./load.ts";
import { problemText } from "./problem.ts";
import { readUtilityFolder } from "./utility-files.ts";
import { folderOf, LEAST, METERS, PATTERNS, removeFolders, started } from "./utility-world.ts";
import { utilityYaml } from "./utility-yaml.ts";

afterAll(removeFolders);

describe("secrets", () => {
  it("of InfluxDB are required, and told where they belong", () => {
    expect(started(folderOf({ secrets: "TIBBER_API_TOKEN=x\n" })).problems?.map(problemText)).toEqual(
      ["INFLUX_ORG", "INFLUX_TOKEN"].map((name) =>
        expect.stringContaining(`config/config.yaml:2:3 influxdb: ${name} is missing; write it to secrets/influxdb.env`),
      ),
    );
  });

  it("of Tibber may be missing: nothing is fetched then, which is said", () => {
    const { config, warnings } = started(folderOf({ secrets: "INFLUX_TOKEN=a\nINFLUX_ORG=b\n" }));
    expect(config?.sources.map(({ name }) => name)).toEqual(["readings"]);
    expect(warnings.join("\n")).toContain("TIBBER_API_TOKEN is missing, so nothing is fetched from Tibber");
  });

  it("come from the environment before the files, never into what is shown", () => {
    const { config, warnings } = started(folderOf({}), { INFLUX_ORG: "from-outside" });
    expect(config?.outlets.influx?.address).toMatchObject({ org: "from-outside" });
    expect(JSON.stringify(config) + warnings.join()).not.toContain("canary");
  });

  it.skipIf(process.platform === "win32")("that everybody may read are warned about", () => {
    const folder = folderOf({});
    chmodSync(join(folder, "secrets", "all.env"), 0o644);
    expect(started(folder).warnings.filter((warning) => warning.includes("can be read by everybody"))).toHaveLength(1);
  });
});

describe("a file of ours that names their folder", () => {
  const house = (folder: string, more = "") => {
    const text = `sites: { home: { zone: Europe/Vienna } }\nutilities: { files: ${folder}${more} }\n`;
    return (rest = "") => loadConfig({ file: "wattkeep.yaml", text: text + rest, cwd: folder, env: {}, dialects: DIALECTS });
  };

  it("has their meters, sources and outlets at its site", () => {
    const { config, problems } = house(folderOf({ meters: METERS, patterns: PATTERNS }))();
    expect(problems?.map(problemText) ?? []).toEqual([]);
    expect(config?.meters.length).toBe(12);
    expect(new Set(config?.meters.map(({ site }) => site))).toEqual(new Set(["home"]));
    expect(config?.sources.map(({ name, site }) => [name, site])).toEqual([
      ["readings", "home"],
      ["hours", "home"],
    ]);
    expect(config?.gas[0]).toMatchObject({ site: "home", calorificKwhPerM3: 11.504 });
    expect(config?.sites[0]?.zone).toBe("Europe/Vienna");
  });

  it("wins wherever it says something itself", () => {
    const rest = [
      "meters: { eg_strom: { unit: kWh, name: Ground floor } }",
      "gas: [{ calorificKwhPerM3: 10, zFactor: 0.9 }]",
      "sources: { mine: { influx: { url: http://mine:8086, database: ha } } }",
      "outlets: { influx: { url: http://mine:8086, database: out } }",
      "log: error",
    ].join("\n");
    const { config, problems } = house(folderOf({ meters: METERS, secrets: "TIBBER_API_TOKEN=x\n" }), ", startYear: 2023")(`${rest}\n`);
    expect(problems?.map(problemText) ?? []).toEqual([]);
    expect(config?.meters.find(({ meter }) => meter === "eg_strom")).toMatchObject({
      title: "Ground floor",
      declared: { file: "wattkeep.yaml", line: 3 },
    });
    expect(config?.gas).toMatchObject([{ calorificKwhPerM3: 10 }]);
    expect(config?.sources.map(({ name }) => name)).toEqual(["mine", "hours"]);
    expect(config?.outlets.influx?.address.version).toBe(1);
    expect([config?.log.level, config?.utilities.startYear]).toEqual(["error", 2023]);
  });

  it("says at which of several sites they are, and that they are there", () => {
    const folder = folderOf({});
    const text = (utilities: string) => `sites: { a: { zone: Europe/Berlin }, b: { zone: Europe/Berlin } }\nutilities: { ${utilities} }\n`;
    const load = (written: string) => loadConfig({ file: "wattkeep.yaml", text: written, cwd: folder, env: {}, dialects: DIALECTS });
    expect(load(text("files: .")).problems?.map(problemText)).toEqual([
      "wattkeep.yaml:2:21 utilities.files: say in utilities.site where these meters are; there are a, b",
    ]);
    expect(load(text("files: ., site: b")).config?.meters[0]?.site).toBe("b");
    expect(load("utilities: { files: . }\n").problems?.map(problemText).join()).toContain(
      "add it to sites, like house: { zone: Europe/Berlin }",
    );
    expect(load(text("files: nowhere, site: b")).problems?.map(problemText).join()).toContain(
      "nowhere holds no config.yaml, meters.yaml or seasonal_patterns.yaml",
    );
    const lost = folderOf({ config: { ...LEAST.config, meters_config: "config/metres.yaml" } });
    expect(started(lost).problems?.map(problemText).join()).toContain("meters_config: config/metres.yaml is not there");
  });
});

describe("the file that is made of them", () => {
  it("says the same, with secrets in a file of their own", () => {
    const folder = folderOf({ meters: METERS, patterns: PATTERNS });
    const secrets = Object.fromEntries(
      LEAST.secrets
        .trim()
        .split("\n")
        .map((row) => row.split("=") as [string, string]),
    );
    const made = utilityYaml(readUtilityFolder(folder, folder), {
      zone: "Europe/Berlin",
      currency: "EUR",
      secret: (name) => secrets[name],
    });
    expect([made.problems, made.yaml.includes("canary"), made.secrets]).toEqual([[], false, LEAST.secrets]);
    const again = loadConfig({ file: "wattkeep.yaml", text: made.yaml, cwd: folder, env: secrets, dialects: DIALECTS });
    expect(again.problems?.map(problemText) ?? []).toEqual([]);
    expect(plain(again.config as Config)).toEqual(plain(started(folder).config as Config));
    expect(parse(made.yaml)).toHaveProperty("sites.house.zone", "Europe/Berlin");
  });

  it("names secrets that nobody found, and leaves Tibber out without its own", () => {
    const files = readUtilityFolder(folderOf({}), "/");
    const { yaml, secrets, notes } = utilityYaml(files, { zone: "Europe/Berlin", currency: "EUR", secret: () => undefined });
    expect(yaml).toContain("$" + "{INFLUX_TOKEN}");
    expect(yaml).not.toContain("tibber:");
    expect(secrets).toBeUndefined();
    expect(notes.join("\n")).toContain("INFLUX_TOKEN was not found; write it to secrets/utility.env");
  });
});

/** What counts, whichever file says it and whichever site it is at. */
function plain({ meters, gas, sources, outlets, utilities, log }: Config): unknown {
  const text = JSON.stringify({ meters, gas, sources, outlets, utilities, log }, (key, value) =>
    key === "declared" || key === "site" ? undefined : value,
  );
  return JSON.parse(text);
}

// The landlord's own files are not ours to ship. Whoever has the folder names it in WATTKEEP_REAL_DATA.
const REAL = process.env["WATTKEEP_REAL_DATA"];
const WHY = REAL ? `in ${REAL}` : "skipped: WATTKEEP_REAL_DATA names no folder";
if (!REAL) console.info(`The check against the real files of Utility Meter Analytics is ${WHY}.`);

describe.skipIf(!REAL)(`the real files ${WHY}`, () => {
  const seed = join(REAL ?? "", "seeds", "utility");
  it.each(["meters.yaml", "meters_head.yaml"])("with %s are 26 meters, of which 2 masters and 2 virtual ones", (name) => {
    const folder = folderOf({});
    rmSync(join(folder, "config"), { recursive: true });
    for (const file of readdirSync(seed))
      if (file.endsWith(".yaml") && !file.startsWith("meters")) writeFileSync(join(folder, file), readFileSync(join(seed, file)));
    writeFileSync(join(folder, "meters.yaml"), readFileSync(join(seed, name)));
    const { config, problems, warnings } = loadConfig({
      file: "config.yaml",
      cwd: folder,
      env: {},
      dialects: DIALECTS,
      zone: "Europe/Berlin",
    });
    expect(problems?.map(problemText) ?? []).toEqual([]);
    const kinds = config?.meters.map(({ what }) => what.kind) ?? [];
    expect(["master", "virtual", "physical"].map((kind) => kinds.filter((one) => one === kind).length)).toEqual([2, 2, 22]);
    expect(config?.meters.filter(({ pattern }) => pattern !== undefined).length).toBe(16);
    expect(warnings.join("\n")).toContain(
      "gas_total (101), gas_zahler_alt (101), gastherme_gesamt (101), gastherme_heizen (101), solarspeicher (100.1)",
    );
    expect(config?.utilities.startYear).toBe(2020);
    expect(config?.outlets.influx).toMatchObject({ schedule: "0 2 * * *", rawBucket: "lampfi", address: { bucket: "lampfi_processed" } });
    const dates = config?.meters.filter(({ installedOn }) => installedOn === "2020-01-01").length;
    expect(dates).toBe(name === "meters.yaml" ? 0 : 2);
    expect(existsSync(join(folder, "config"))).toBe(false);
  });
});
