import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { DIALECTS } from "#dialects/catalogue.ts";
import { loadConfig } from "./load.ts";
import { problemText } from "./problem.ts";

const folder = mkdtempSync(join(tmpdir(), "wattkeep-buildings-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SITES = "sites: { tower: { zone: America/Phoenix } }\n";

function load(text: string) {
  return loadConfig({ file: "wattkeep.yaml", text: `${SITES}${text}`, cwd: folder, env: {}, dialects: DIALECTS });
}

const problemsOf = (text: string): string[] => (load(text).problems ?? []).map(problemText);

function buildingOf(text: string) {
  const { config, problems } = load(text);
  expect(problems?.map(problemText) ?? []).toEqual([]);
  return config?.buildings[0];
}

describe("what the file says of a building", () => {
  it("fills in what is left out", () => {
    expect(buildingOf("buildings: { tower: {} }")).toEqual({
      site: "tower",
      occupancy: { fromMinute: 420, toMinute: 1080, weekdays: [1, 2, 3, 4, 5], warmUpMinutes: 60 },
      band: 2,
      bandUnit: "°F",
      flow: { percent: 10, absoluteCfm: 50, pairingMs: 30_000 },
      health: "later",
      sentinels: [-250],
      flatMs: 86_400_000,
      silenceMs: 3_600_000,
      rules: [],
      decisions: [],
      equipment: [],
      declared: { file: "wattkeep.yaml", line: 2 },
    });
  });

  it("takes a night over midnight, a band in °C, decisions and retention", () => {
    const text = `buildings:
  tower:
    occupied: { from: "22:00", to: "06:00", days: [sun, fri, fri], warmUpMinutes: 0 }
    comfortBand: 1.1 °C
    flow: { percent: 15, absoluteCfm: 0, pairingSeconds: 60 }
    health: seed
    sentinels: []
    flatHours: 6
    silenceMinutes: 20
    outdoor: tower/oat
    points: { box-temp: { role: space-temp, equipment: VAV 1-01 }, test: { role: none } }
    equipment: { vav-1-01: { servedBy: ahu-1, name: Lobby, floor: "1" } }
    retentionHours: 720
`;
    expect(buildingOf(text)).toMatchObject({
      occupancy: { fromMinute: 1320, toMinute: 360, weekdays: [5, 7], warmUpMinutes: 0 },
      band: 1.1,
      bandUnit: "°C",
      flow: { percent: 15, absoluteCfm: 0, pairingMs: 60_000 },
      health: "seed",
      sentinels: [],
      flatMs: 21_600_000,
      silenceMs: 1_200_000,
      outdoorPoint: "oat",
      decisions: [
        { point: "box-temp", role: "space-temp", equipment: "VAV 1-01", from: "file" },
        { point: "test", role: "none", from: "file" },
      ],
      equipment: [{ equipment: "vav-1-01", servedBy: "ahu-1", name: "Lobby", floor: "1", from: "file" }],
      retentionHours: 720,
    });
    expect(buildingOf("buildings: { tower: { comfortBand: { value: 3, unit: degF } } }")).toMatchObject({ band: 3, bandUnit: "°F" });
  });

  it("tells what is wrong with its place", () => {
    expect(
      problemsOf(`buildings:
  towr: {}
  tower:
    occupied: { from: 7am }
    comfortBand: 2
    outdoor: house/oat
    points: { "a b": { role: space-tmp } }
    flatHours: 0
`),
    ).toEqual([
      'wattkeep.yaml:3:3 buildings.towr: "towr" is not a site; did you mean "tower"?',
      'wattkeep.yaml:5:23 buildings.tower.occupied.from: expected a time of day like "07:00"',
      'wattkeep.yaml:6:18 buildings.tower.comfortBand: 2 is not a width of comfort; write "2 °F" or "1.1 °C"',
      "wattkeep.yaml:7:14 buildings.tower.outdoor: lies at house and the building at tower",
      expect.stringMatching(/^wattkeep\.yaml:8:15 buildings\.tower\.points\.a b: the point's name may hold/),
      expect.stringMatching(
        /^wattkeep\.yaml:8:30 buildings\.tower\.points\.a b\.role: "space-tmp" is none of .*; did you mean "space-temp"\?$/,
      ),
      expect.stringMatching(/^wattkeep\.yaml:9:16 buildings\.tower\.flatHours: /),
    ]);
  });
});

describe("rules of roles", () => {
  it("stand in the file itself", () => {
    const text = `buildings: { tower: { rules: [{ role: space-temp, patterns: ['\\brmt\\b'], not: [set], reason: short }] } }`;
    const [rule] = buildingOf(text)?.rules ?? [];
    expect(rule).toMatchObject({ name: "file-1", role: "space-temp", priority: 0, confidence: 0.9, reason: "short" });
    expect([rule?.patterns[0]?.test("VAV 1 RmT"), rule?.not?.[0]?.test("setpoint")]).toEqual([true, true]);
  });

  it("are read from a file, as the older system wrote them too", () => {
    const rules = {
      rules: [
        { role: "space_temp", priority: 5, name_regex: [], tags_all: ["zone", "temp"], tags_any: [] },
        { role: "flow_sp", priority: 10, name_regex: ["cfm\\s*sp"], tags_all: [], tags_any: [] },
      ],
    };
    writeFileSync(join(folder, "rules.json"), JSON.stringify(rules));
    expect(buildingOf("buildings: { tower: { rules: rules.json } }")?.rules).toMatchObject([
      { role: "space-temp", priority: 5, patterns: [], tagsAll: ["zone", "temp"] },
      { role: "flow-setpoint", priority: 10 },
    ]);
  });

  it("that cannot be are told with the line of their file", () => {
    writeFileSync(
      join(folder, "bad.json"),
      '{"rules": [\n{"role": "space-temp", "patterns": ["("]},\n{"role": "nonsense", "tagsAny": ["a"]}]}',
    );
    writeFileSync(join(folder, "broken.json"), '{"rules": [\n{"role": "space-temp", "patterns": ["a"]}\n{"role": "flow"}]}');
    expect(problemsOf("buildings: { tower: { rules: bad.json } }")).toEqual([
      'bad.json:2:37 rules.0.patterns.0: "(" is not a regular expression',
      expect.stringMatching(/^bad\.json:3:10 rules\.1\.role: "nonsense" is none of/),
    ]);
    expect(problemsOf("buildings: { tower: { rules: broken.json } }")).toEqual([expect.stringMatching(/^broken\.json:3:/)]);
    expect(problemsOf("buildings: { tower: { rules: none.json } }")).toEqual([
      'wattkeep.yaml:2:30 buildings.tower.rules: the rules "none.json" cannot be read; their path is relative to this file',
    ]);
    expect(problemsOf("buildings: { tower: { rules: [{ role: flow }] } }")).toEqual([
      "wattkeep.yaml:2:31 buildings.tower.rules.0: matches nothing: add patterns, tagsAll or tagsAny",
    ]);
  });
});
