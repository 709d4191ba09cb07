import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Config } from "./config.ts";
import type { MeterConfig } from "./meters.ts";
import { problemText } from "./problem.ts";
import { folderOf, LEAST, METERS, MONTHS, PATTERNS, removeFolders, started } from "./utility-world.ts";

afterAll(removeFolders);

const named = (of: Config, name: string) => of.meters.find(({ meter }) => meter === name) as MeterConfig;

describe("meters.yaml and seasonal_patterns.yaml", () => {
  const config = started(folderOf({ meters: METERS, patterns: PATTERNS })).config as Config;

  it("are physical meters, masters and virtual ones as they were", () => {
    expect(config.meters.map(({ meter, what }) => [meter, what.kind])).toEqual([
      ...[
        ["power_total", "master"],
        ["fire", "virtual"],
        ["rest", "virtual"],
      ],
      ...["main_strom", "old_NT", "old_HT", "eg_strom", "og1_strom", "gas_zahler", "boiler", "og1_heat"].map((name) => [name, "physical"]),
      // Tibber's hours belong to a meter too.
      ["haupt_strom", "physical"],
    ]);
    expect(named(config, "power_total").what).toEqual({
      kind: "master",
      periods: [
        { fromDate: "2020-01-01", toDate: "2024-11-26", sources: ["old_NT", "old_HT"] },
        { fromDate: "2024-11-27", sources: ["main_strom"] },
      ],
    });
    expect(named(config, "fire")).toMatchObject({ unit: "m³", medium: "gas", what: { formula: "gas_zahler - boiler" } });
    expect(named(config, "rest").what).toEqual({ kind: "virtual", formula: "power_total - eg_strom - og1_strom" });
    expect(named(config, "old_NT")).toMatchObject({ installedOn: "2020-01-01", removedOn: "2024-11-26", group: "" });
    expect(config.meters.map(({ medium }) => medium)).toEqual([
      "electricity",
      "gas",
      "electricity",
      "electricity",
      undefined,
      undefined,
      "electricity",
      "electricity",
      "gas",
      "gas",
      "heat",
      "electricity",
    ]);
    expect(named(config, "og1_heat")).toMatchObject({ group: "OG1", title: "OG1 Heat" });
    expect(named(config, "main_strom")).toMatchObject({ group: "", title: "Main strom" });
  });

  it("are pinned where they stand", () => {
    const folder = folderOf({ meters: METERS });
    const rows = readFileSync(join(folder, "config", "meters.yaml"), "utf8").split("\n");
    for (const { meter, declared } of (started(folder).config as Config).meters.filter((one) => one.meter !== "haupt_strom"))
      expect(rows[(declared?.line ?? 0) - 1]).toContain(`meter_id: ${meter}`);
    expect(named(config, "rest").declared?.file).toBe("config/meters.yaml");
    expect(config.sources[0]?.declared).toEqual({ file: "config/config.yaml", line: 1 });
  });

  it("have months that sum to 101 or 100.1, which is said and no problem", () => {
    const { warnings } = started(folderOf({ meters: METERS, patterns: PATTERNS }));
    expect(warnings.join("\n")).toContain(
      "config/seasonal_patterns.yaml:4:7 meters.gas_zahler.pattern: percentages of the months that do not sum to 100 are scaled until they do: gas_zahler (101), og1_heat (100.1)",
    );
    expect(named(config, "gas_zahler").pattern).toEqual(MONTHS);
    const { problems } = started(
      folderOf({ patterns: { patterns: { haupt_strom: { monthly_percentages: MONTHS.map((month) => month * 1.05) } } } }),
    );
    expect(problems?.map(problemText)).toEqual([
      expect.stringMatching(/^config\/seasonal_patterns\.yaml:4:7 .*sum to 106\.05, and have to sum to 100/),
    ]);
  });

  it("may name meters that they do not have, as those were found by their readings", () => {
    const master = {
      ...METERS.meters[0],
      periods: [
        {
          start_date: "2020-01-01",
          end_date: "9999-12-31",
          composition_type: "single",
          source_meters: ["found", "other"],
          source_unit: "MWh",
        },
      ],
    };
    const { config: of, warnings } = started(
      folderOf({
        meters: { meters: [master, LEAST.meters.meters[0]] },
        patterns: { patterns: { fuond: { monthly_percentages: MONTHS } } },
      }),
    );
    expect(named(of as Config, "found")).toMatchObject({ unit: "MWh", declared: { file: "config/meters.yaml" } });
    expect(named(of as Config, "power_total").what).toMatchObject({ periods: [{ sources: ["found"] }] });
    expect(warnings.join("\n")).toContain("found is not among the meters, and is taken as one that counts MWh");
    expect(warnings.join("\n")).toContain("a single period counts found alone, as it did; write sum to add them up");
    expect(warnings.join("\n")).toContain('patterns.fuond: there is no such meter, and the months are left out; did you mean "found"?');
  });

  it("are refused with their own file and line where they cannot be", () => {
    const [master] = METERS.meters;
    const periods = [
      { start_date: "2020-01-01", end_date: "2024-11-26", source_meters: ["a"] },
      { start_date: "2024-11-20", end_date: "9999-12-31", source_meters: ["a"] },
    ];
    const meters = [
      { ...master, periods },
      { meter_id: "a", type: "physical", output_unit: "kwatt" },
      { meter_id: "a", type: "fysical", output_unit: "kWh" },
    ];
    expect(started(folderOf({ meters: { meters: meters.slice(0, 2) } })).problems?.map(problemText)).toEqual([
      expect.stringMatching(/^config\/meters\.yaml:11:21 meters\.power_total\.periods\.1\.from: overlaps the period from 2020-01-01/),
      expect.stringMatching(/^config\/meters\.yaml:17:18 meters\.a\.unit: "kwatt" is not a unit of a meter/),
    ]);
    expect(started(folderOf({ meters: { meters } })).problems?.map(problemText)).toEqual([
      expect.stringMatching(/^config\/meters\.yaml:19:11 meters\.2\.type: "fysical" is none of physical, master, virtual/),
    ]);
    expect(
      started(folderOf({ meters: { meters: [LEAST.meters.meters[0], LEAST.meters.meters[0]] } }))
        .problems?.map(problemText)
        .join(),
    ).toContain("is there already, as meter 1 of this file");
  });

  it("may hold keys that nobody knows, which is said", () => {
    const { config: of, warnings } = started(
      folderOf({
        config: { ...LEAST.config, influxdb: { url: "http://nas:8086", verify_ssl: false }, database: { host: "x" } },
        meters: { meters: [{ ...LEAST.meters.meters[0], category: "power" }] },
      }),
    );
    expect(of?.meters.length).toBe(1);
    const said = warnings.join("\n");
    for (const key of ["database", "influxdb.verify_ssl", "meters.0.category"]) expect(said).toContain(`${key}: there is no such key`);
  });
});
