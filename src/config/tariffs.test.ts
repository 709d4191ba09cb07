import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { DIALECTS } from "#dialects/catalogue.ts";
import { loadConfig } from "./load.ts";
import { problemText } from "./problem.ts";

const folder = mkdtempSync(join(tmpdir(), "wattkeep-tariffs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
});

const SITE = "sites: { plant: { zone: America/Indiana/Indianapolis, currency: USD } }\n";
const PLAN = {
  schema: 1,
  name: "Rate",
  currency: "USD",
  versions: [{ validFrom: "2020-01-01", components: [{ kind: "energy", name: "Energy", rate: "0.04143" }] }],
};

function load(text: string) {
  writeFileSync(join(folder, "wattkeep.yaml"), text);
  return loadConfig({ file: "wattkeep.yaml", cwd: folder, env: {}, dialects: DIALECTS });
}

function problemsOf(tariffs: string): string[] {
  return (load(`${SITE}tariffs:\n${tariffs}`).problems ?? []).map(problemText);
}

describe("a tariff of the configuration", () => {
  it("brings its plan, from a file beside the configuration or inline, and how periods are cut", () => {
    mkdirSync(join(folder, "tariffs"));
    writeFileSync(join(folder, "tariffs/rate.json"), JSON.stringify(PLAN, null, 2));
    const rows = [
      "  - { point: plant/main, plan: tariffs/rate.json, anchor: 2025-01-31 }",
      `  - { point: plant/main, validFrom: 2026-01-01, plan: ${JSON.stringify({ ...PLAN, name: "Newer" })} }`,
      "  - { point: plant/east, plan: tariffs/rate.json, readDates: [2025-01-17, 2025-02-16] }",
    ];
    const { config, problems } = load(`${SITE}tariffs:\n${rows.join("\n")}`);
    expect(problems).toBeUndefined();
    expect(config?.tariffs).toMatchObject([
      {
        site: "plant",
        point: "main",
        planFile: "tariffs/rate.json",
        plan: { name: "Rate" },
        billing: { kind: "anchored", anchor: "2025-01-31" },
      },
      { validFrom: "2026-01-01", plan: { name: "Newer" }, declared: { line: 4 } },
      { point: "east", billing: { kind: "listed", readDates: ["2025-01-17", "2025-02-16"] } },
    ]);
  });

  it("tells every problem at once, each in its file and line", () => {
    const bad = JSON.stringify(
      { ...PLAN, schema: 2, versions: [{ ...PLAN.versions[0], components: [{ kind: "energy", name: "Energy", rate: 4 }] }] },
      null,
      1,
    );
    writeFileSync(join(folder, "bad.json"), bad);
    const found = problemsOf(
      [
        "  - { point: plant/main, plan: nowhere.json, anchor: 2025-01-17, calendar: true }",
        "  - { point: plnt/main, plan: bad.json }",
        "  - { point: plant/main, plan: bad.json, readDates: [2025-02-16, 2025-01-17] }",
      ].join("\n"),
    );
    expect(found).toEqual(
      expect.arrayContaining([
        'wattkeep.yaml:3:32 tariffs.0.plan: the plan "nowhere.json" cannot be read; its path is relative to this file',
        "wattkeep.yaml:3:76 tariffs.0.calendar: anchor cuts the periods already; keep one of the two",
        'wattkeep.yaml:4:14 tariffs.1.point: "plnt" is not a site; did you mean "plant"?',
        "wattkeep.yaml:5:66 tariffs.2.readDates.1: read dates are listed in their order, each once",
      ]),
    );
    expect(found.some((problem) => problem.startsWith("bad.json:2:"))).toBe(true);
    expect(found.some((problem) => /^bad\.json:1[0-9]:\d+ versions\.0\.components\.0\.rate/.test(problem))).toBe(true);
  });

  it("may not say twice what holds from one day on, nor be in another currency than its site", () => {
    writeFileSync(join(folder, "rate.json"), JSON.stringify(PLAN));
    writeFileSync(join(folder, "euro.json"), JSON.stringify({ ...PLAN, currency: "EUR" }));
    expect(problemsOf("  - { point: plant/main, plan: rate.json }\n  - { point: plant/main, plan: rate.json, calendar: true }")).toEqual([
      "wattkeep.yaml:4:1 tariffs: plant/main has two plans that are valid from the beginning; give one of them another validFrom",
    ]);
    expect(problemsOf("  - { point: plant/main, plan: euro.json }")).toEqual([
      "wattkeep.yaml:3:32 tariffs.0.plan: the plan is in EUR and the site's currency is USD; set currency of the site",
    ]);
  });

  it("has one rule for the periods of a point", () => {
    writeFileSync(join(folder, "rate.json"), JSON.stringify(PLAN));
    const rows =
      "  - { point: plant/main, plan: rate.json, anchor: 2025-01-17 }\n  - { point: plant/main, plan: rate.json, validFrom: 2026-01-01, anchor: 2025-01-18 }";
    expect(problemsOf(rows)).toEqual([
      "wattkeep.yaml:4:1 tariffs: the periods of plant/main are cut by another rule above; a point has one",
    ]);
  });
});

describe("a source of files", () => {
  it("has a folder beside the configuration, and says when it is given what belongs to messages", () => {
    const source = "sources: { plc: { site: plant, dialect: plc-csv, rank: file, folder: drop, archive: true, minAgeSeconds: 5 } }";
    expect(load(SITE + source).config?.sources[0]).toMatchObject({
      topics: [],
      folder: { path: join(folder, "drop"), glob: "*.csv", minAgeMs: 5000, archive: join(folder, "drop", "archive") },
    });
    const text = `${SITE}sources:\n  a: { dialect: plc-csv, folder: drop, glob: "x/*.csv", topics: [b] }\n  b: { dialect: kyz-pulse, glob: "*.csv" }`;
    expect((load(text).problems ?? []).map(problemText)).toEqual([
      "wattkeep.yaml:3:46 sources.a.glob: is a file name with * and ?, not a path; the folder stands in folder",
      "wattkeep.yaml:3:65 sources.a.topics: a source reads either a folder or topics; keep one of the two",
      "wattkeep.yaml:4:34 sources.b.glob: belongs to a source of files; folder is missing",
    ]);
  });
});
