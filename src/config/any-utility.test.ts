import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { DIALECTS } from "#dialects/catalogue.ts";
import { loadConfig } from "./load.ts";
import { folderOf, LEAST, METERS, PATTERNS, removeFolders, started } from "./utility-world.ts";

afterAll(removeFolders);

const scalar = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.double({ noNaN: true }),
  fc.string({ maxLength: 12 }),
  fc.constantFrom("2024-01-01", "9999-12-31", "kWh", "m³", "a", "physical", "master", "virtual", "*/5 * * * *", "http://nas:8086"),
);
const anything = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    scalar,
    fc.array(tie("any"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "unit", "from", "to", "at", "sources", "meter_id", "type", "periods"), tie("any"), {
      maxKeys: 4,
    }),
  ),
})).any;

type Path = readonly (string | number)[];

/** Every place in some content. */
function pathsOf(content: unknown, at: Path = []): Path[] {
  if (typeof content !== "object" || content === null) return [at];
  return [at, ...Object.entries(content).flatMap(([key, value]) => pathsOf(value, [...at, Array.isArray(content) ? Number(key) : key]))];
}

function replaced(content: unknown, path: Path, value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  const copy = structuredClone(content) as Record<string | number, unknown>;
  copy[step] = replaced(copy[step], rest, value);
  return copy;
}

const OURS = {
  sites: { house: { zone: "Europe/Berlin", gas: [{ from: "2024-01-01", calorificKwhPerM3: 11, zFactor: 0.9 }] } },
  sources: {
    ha: { influx: { url: "http://nas:8086", org: "a", token: "b", bucket: "c" }, points: { x: "y" }, schedule: "*/5 * * * *" },
    hours: { tibber: { token: "a", homes: { id: "main" } } },
  },
  outlets: { influx: { url: "http://nas:8086", database: "out" } },
  gas: [{ calorificKwhPerM3: 11, zFactor: 0.9 }],
  utilities: { startYear: 2020 },
  meters: {
    a: {
      unit: "kWh",
      replacements: [{ at: "2024-01-01", last: 1 }],
      prices: [{ from: "2024-01-01", perUnit: 1 }],
      pattern: Array(12).fill(8.4),
    },
    total: { unit: "kWh", periods: [{ from: "2024-01-01", to: "9999-12-31", sources: ["a"] }] },
    rest: { unit: "kWh", formula: "total - a" },
  },
  log: { level: "info" },
};

describe("whatever stands in the place of any value", () => {
  it("of a file of ours is told or taken, and never thrown", () => {
    const paths = pathsOf(OURS);
    fc.assert(
      fc.property(fc.constantFrom(...paths), anything, (path, value) => {
        const text = stringify(replaced(OURS, path, value));
        const { config, problems } = loadConfig({ file: "wattkeep.yaml", text, cwd: "/", env: {}, dialects: DIALECTS });
        expect(config !== undefined || (problems ?? []).length > 0).toBe(true);
        for (const { file, sentence } of problems ?? []) expect([file, sentence.length > 0]).toEqual(["wattkeep.yaml", true]);
      }),
      { numRuns: 400 },
    );
  });

  const THEIRS = { config: { ...LEAST.config, logging: { level: "INFO" } }, meters: METERS, patterns: PATTERNS };
  const paths = pathsOf(THEIRS).filter((path) => path.length > 1);
  it("of the files of Utility Meter Analytics is told or taken, and never thrown", () => {
    fc.assert(
      fc.property(fc.constantFrom(...paths), anything, (path, value) => {
        const folder = folderOf(replaced(THEIRS, path, value) as typeof THEIRS);
        const { config, problems } = started(folder);
        removeFolders();
        expect(config !== undefined || (problems ?? []).length > 0).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it("of a file of ours beside theirs is told or taken, and never thrown", () => {
    const folder = folderOf(THEIRS);
    const ours = { ...OURS, utilities: { files: folder } };
    fc.assert(
      fc.property(fc.constantFrom(...pathsOf(ours)), anything, (path, value) => {
        const text = stringify(replaced(ours, path, value));
        const { config, problems } = loadConfig({ file: "wattkeep.yaml", text, cwd: "/", env: {}, dialects: DIALECTS });
        expect(config !== undefined || (problems ?? []).length > 0).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});
