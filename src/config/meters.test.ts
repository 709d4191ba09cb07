import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DIALECTS } from "#dialects/catalogue.ts";
import { loadConfig } from "./load.ts";
import type { FormulaReader } from "./meter-formulas.ts";
import { problemText } from "./problem.ts";

const SITES = "sites: { house: { zone: Europe/Berlin } }\n";

function load(text: string, formulas?: FormulaReader) {
  return loadConfig({
    file: "wattkeep.yaml",
    text,
    cwd: "/",
    env: {},
    dialects: DIALECTS,
    ...(formulas === undefined ? {} : { formulas }),
  });
}

/** Problems of meters, which begin on line 3. */
function problemsOf(...rows: readonly string[]): string[] {
  const { problems } = load(`${SITES}meters:\n${rows.map((row) => `  ${row}\n`).join("")}`);
  return (problems ?? []).map(problemText);
}

function metersOf(...rows: readonly string[]) {
  const { config, problems, warnings } = load(`${SITES}meters:\n${rows.map((row) => `  ${row}\n`).join("")}`);
  expect(problems?.map(problemText) ?? []).toEqual([]);
  return { meters: config?.meters ?? [], warnings };
}

describe("what the file says of a meter", () => {
  it("fills in what is left out, and keeps where it stands", () => {
    const { meters } = metersOf("og1_strom: { unit: KWH }", "gas: { unit: m3, point: gas-cellar, medium: gas, group: Cellar }");
    expect(meters).toEqual([
      {
        meter: "og1_strom",
        title: "Og1 strom",
        unit: "kWh",
        group: "",
        description: "",
        prices: [],
        what: { kind: "physical", replacements: [] },
        declared: { file: "wattkeep.yaml", line: 3 },
      },
      expect.objectContaining({
        unit: "m³",
        medium: "gas",
        group: "Cellar",
        what: { kind: "physical", point: "gas-cellar", replacements: [] },
      }),
    ]);
  });

  it("may be an allocator, which counts no unit and starts again on its due date", () => {
    const { meters } = metersOf('radiator: { unit: Einheiten, resetsOn: "12-31", readEveryDays: 365 }');
    expect(meters[0]).toMatchObject({ unit: "units", what: { resetsOn: "12-31", readEveryDays: 365 } });
  });

  it("has periods, of which 9999-12-31 ends none, and formulas", () => {
    const { meters, warnings } = metersOf(
      "old: { unit: kWh, removed: 2024-11-26 }",
      "new: { unit: kWh, installed: 2024-11-27, removed: 9999-12-31 }",
      "total: { unit: MWh, periods: [{ from: 2020-01-01, to: 2024-11-26, sources: [old] }, { from: 2024-11-27, to: 9999-12-31, sources: [new] }] }",
      "half: { unit: kWh, formula: total - 0.5 * new }",
    );
    expect(warnings).toEqual([]);
    expect(meters[1]?.removedOn).toBeUndefined();
    expect(meters[2]?.what).toEqual({
      kind: "master",
      periods: [
        { fromDate: "2020-01-01", toDate: "2024-11-26", sources: ["old"] },
        { fromDate: "2024-11-27", sources: ["new"] },
      ],
    });
    expect(meters[3]?.what).toEqual({ kind: "virtual", formula: "total - 0.5 * new" });
  });

  it("dates a replacement by the clock of the house, and one without a time at the end of its day", () => {
    const { meters } = metersOf(
      "gas:",
      "  unit: m³",
      "  replacements:",
      "    - { at: 2024-11-12, last: 1500.5, first: 0, serial: A7 }",
      "    - { at: 2024-07-01T10:30 }",
      "    - { at: 2023-07-01T10:30:00Z }",
    );
    expect(meters[0]?.what).toMatchObject({
      replacements: [
        { tMs: Date.parse("2023-07-01T10:30:00Z") },
        { tMs: Date.parse("2024-07-01T08:30:00Z") },
        { tMs: Date.parse("2024-11-12T23:00:00Z"), lastReading: 1500.5, firstReading: 0, serial: "A7" },
      ],
    });
  });

  it("orders prices, and keeps them exact", () => {
    const { meters } = metersOf(
      "w: { unit: m³, prices: [{ from: 2025-01-01, perUnit: 2.5 }, { from: 2023-01-01, perUnit: '2.30', baseFeePerMonth: 4 }] }",
    );
    expect(meters[0]?.prices).toEqual([
      { fromDate: "2023-01-01", perUnit: "2.30", baseFeePerMonth: "4" },
      { fromDate: "2025-01-01", perUnit: "2.5", baseFeePerMonth: "0" },
    ]);
  });

  it("tells months apart that sum to 101, which is no problem", () => {
    const months = "[15.1, 12, 12.5, 8.1, 3.5, 3.2, 2.7, 3.6, 5.2, 8.4, 12.2, 14.5]";
    const { meters, warnings } = metersOf(
      `gas: { unit: m³, pattern: ${months} }`,
      `heat: { unit: MWh, pattern: ${months.replace("14.5", "13.5")} }`,
    );
    expect(warnings).toEqual([
      "wattkeep.yaml:3:29 meters.gas.pattern: percentages of the months that do not sum to 100 are scaled until they do: gas (101)",
    ]);
    expect(meters[0]?.pattern?.[11]).toBe(14.5);
  });

  it("may be at one of several sites, where names of another count nothing", () => {
    const sites = "sites: { a: { zone: Europe/Berlin }, b: { zone: Europe/Berlin } }\n";
    const { config } = load(`${sites}meters:\n  a/water: { unit: m³ }\n  b/water: { unit: m³ }\n  gas: { unit: m³, site: b }\n`);
    expect(config?.meters.map(({ site, meter, title }) => [site, meter, title])).toEqual([
      ["a", "water", "Water"],
      ["b", "water", "Water"],
      ["b", "gas", "Gas"],
    ]);
    const { problems } = load(`${sites}meters:\n  a/water: { unit: m³ }\n  b/x: { unit: m³, formula: water - water }\n  y: { unit: m³ }\n`);
    expect(problems?.map(problemText)).toEqual([
      'wattkeep.yaml:4:29 meters.b/x.formula: "water" is not a meter of this file; add it to meters',
      "wattkeep.yaml:5:3 meters.y: says no site; there are a, b: add site",
    ]);
  });
});

describe("what cannot be is told with its line", () => {
  it.each([
    [
      "a: { unit: furlong }",
      'meters.a.unit: "furlong" is not a unit of a meter; write one like kWh, MWh, m³ or l, or units for an allocator',
    ],
    ["a: { unit: W }", '"W" is not a unit of a meter'],
    ["a: { unit: kWh, pattern: [1, 2, 3] }", "meters.a.pattern: expected 12 numbers, January first, found 3"],
    ["a: { unit: kWh, pattern: [9,9,9,9,9,9,9,9,9,9,9,9] }", "sum to 108, and have to sum to 100; from 95 to 105 they are made to"],
    ["a: { unit: kWh, installed: 2024-02-30 }", '"2024-02-30" is not a date; write 2026-12-25'],
    ["a: { unit: kWh, installed: 2024-02-02, removed: 2024-02-01 }", "meters.a.removed: is before 2024-02-02, the day it was installed"],
    ["a: { unit: kWh, resetsOn: 31.12. }", 'expected month and day like "12-31", in quotes'],
    ["a: { unit: kWh, replacements: [{ at: yesterday }] }", '"yesterday" is not a date or time'],
    ["a: { unit: kWh, replacements: [{ at: 2024-01-01 }, { at: 2024-01-01 }] }", "another replacement is at the same time"],
    [
      "a: { unit: kWh, prices: [{ from: 2024-01-01, perUnit: 1 }, { from: 2024-01-01, perUnit: 2 }] }",
      "another row holds from 2024-01-01 on already",
    ],
    ["a: { unit: kWh, prices: [{ from: 2024-01-01, perUnit: '0,31' }] }", "write 0.31"],
    ["a: { unit: kWh, serail: 7 }", 'meters.a.serail: there is no such key; did you mean "serial"?'],
    ["'1': { unit: kWh }", "the name of a meter stands in formulas"],
    ["a.b: { unit: kWh }", "the name of a meter stands in formulas"],
    ["b/a: { unit: kWh }", '"b" is not a site; there are house'],
    ["a: { unit: kWh, site: huose }", '"huose" is not a site; did you mean "house"?'],
    ["a: { unit: kWh, point: other/a }", "meters.a.point: lies at other and the meter at house"],
    ["a: { unit: kWh, formula: a - a }", "meters.a.formula: a would be made of itself"],
    ["a: { unit: kWh, formula: b ? c }", "“?” is no part of a formula"],
    ["a: { unit: kWh, formula: b, periods: [{ from: 2024-01-01, sources: [b] }] }", "made of periods or of a formula; keep one of the two"],
    ["a: { unit: kWh, formula: b, serial: 7a }", "meters.a.serial: belongs to a meter that is read; this one is made by its formula"],
  ])("%s", (row, sentence) => {
    const problems = problemsOf(row);
    expect(problems.join("\n")).toContain(sentence);
    expect(problems[0]).toMatch(/^wattkeep\.yaml:3:\d+ /);
  });

  it("of meters that are nowhere", () => {
    expect(load("meters: { a: { unit: kWh } }\n").problems?.map(problemText)).toEqual([
      "wattkeep.yaml:1:1 meters: meters are at a site, and there is none in this file; add one like sites: { house: { zone: Europe/Berlin } }",
    ]);
  });

  it("of parts: names, points, units and allocators", () => {
    expect(
      problemsOf(
        "main: { unit: kWh, point: dial }",
        "other: { unit: kWh, point: dial }",
        "radiator: { unit: units }",
        "gas: { unit: m³ }",
        "rest: { unit: kWh, formula: main - gas - radiator - mian }",
        "total: { unit: kWh, periods: [{ from: 2024-01-01, sources: [main, main] }] }",
      ),
    ).toEqual([
      'wattkeep.yaml:4:30 meters.other.point: "dial" is the point of main already; two meters are two points',
      "wattkeep.yaml:7:31 meters.rest.formula: radiator counts units, which cannot be told in kWh",
      'wattkeep.yaml:7:31 meters.rest.formula: "mian" is not a meter of this file; did you mean "main"?',
      'wattkeep.yaml:8:69 meters.total.periods.0.sources.1: "main" stands here twice and would count twice',
    ]);
  });

  it("of periods: days that count twice, ends before beginnings; days that nothing counts are said", () => {
    const period = (from: string, to: string | undefined, source = "a") =>
      `{ from: ${from}, ${to === undefined ? "" : `to: ${to}, `}sources: [${source}] }`;
    const total = (...periods: readonly string[]) => ["a: { unit: kWh }", `t: { unit: kWh, periods: [${periods.join(", ")}] }`] as const;
    expect(problemsOf(...total(period("2024-01-01", "2024-06-30"), period("2024-06-30", undefined)))).toEqual([
      expect.stringContaining(
        "overlaps the period from 2024-01-01, which ends on 2024-06-30: both days of a period belong to it, so that one would have to end on 2024-06-29",
      ),
    ]);
    expect(problemsOf(...total(period("2025-01-01", undefined), period("2024-01-01", "9999-12-31"))).join()).toContain("which has no end");
    expect(problemsOf(...total(period("2024-02-01", "2024-01-31"))).join()).toContain(
      "2024-01-31 is before 2024-02-01, where the period begins",
    );
    const { warnings } = metersOf(...total(period("2024-01-01", "2024-06-30"), period("2024-07-03", undefined)));
    expect(warnings.join()).toContain("nothing counts from the day after 2024-06-30 to 2024-07-02");
  });

  it("of periods exactly when two of them share a day", () => {
    const day = (n: number): string => new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10);
    const span = fc.tuple(fc.nat(40), fc.nat(10)).map(([from, length]) => [from, from + length] as const);
    fc.assert(
      fc.property(fc.array(span, { minLength: 1, maxLength: 4 }), (spans) => {
        const rows = spans.map(([from, to]) => `{ from: ${day(from)}, to: ${day(to)}, sources: [a] }`).join(", ");
        const meets = spans.some(([from, to], i) => spans.slice(i + 1).some(([other, end]) => from <= end && other <= to));
        const told = problemsOf("a: { unit: kWh }", `t: { unit: kWh, periods: [${rows}] }`).some((problem) => problem.includes("overlaps"));
        expect(told).toBe(meets);
      }),
      { numRuns: 60 },
    );
  });

  it("of formulas: what their reader says, and circles with their way", () => {
    const formulas: FormulaReader = {
      parse: (text) => (text.includes("!") ? { problem: "no formula" } : { terms: text.split(" - ").map((meter) => ({ meter })) }),
      order: () => ({
        cycles: new Map([
          ["a", ["a", "b", "a"]],
          ["b", ["b", "a", "b"]],
        ]),
      }),
    };
    const text = `${SITES}meters:\n  a: { unit: kWh, formula: b - x }\n  b: { unit: kWh, formula: a - x }\n  x: { unit: kWh }\n  c: { unit: kWh, formula: "!" }\n`;
    expect(load(text, formulas).problems?.map(problemText)).toEqual([
      "wattkeep.yaml:3:28 meters.a.formula: a circle: a → b → a",
      "wattkeep.yaml:6:28 meters.c.formula: no formula",
    ]);
  });
});

describe("gas", () => {
  it("is told as energy by the house's values or a site's own, from a date on", () => {
    const { config } = load(
      "sites: { a: { zone: Europe/Berlin, gas: [{ calorificKwhPerM3: 10.1, zFactor: 0.95, basis: net }] } }\n" +
        "gas: [{ from: 2024-07-01, calorificKwhPerM3: 11.3, zFactor: 0.96 }, { calorificKwhPerM3: 11.504, zFactor: 0.8885 }]\n",
    );
    expect(config?.gas).toEqual([
      { calorificKwhPerM3: 11.504, zFactor: 0.8885, basis: "gross", declared: { file: "wattkeep.yaml", line: 2 } },
      { fromDate: "2024-07-01", calorificKwhPerM3: 11.3, zFactor: 0.96, basis: "gross", declared: { file: "wattkeep.yaml", line: 2 } },
      { site: "a", calorificKwhPerM3: 10.1, zFactor: 0.95, basis: "net", declared: { file: "wattkeep.yaml", line: 1 } },
    ]);
  });

  it("is not counted in MJ, nor twice from one day", () => {
    const { problems } = load("gas: [{ calorificKwhPerM3: 38000, zFactor: 0.9 }, { calorificKwhPerM3: 11, zFactor: 0.9 }]\n");
    expect(problems?.map(problemText)).toEqual([
      "wattkeep.yaml:1:28 gas.0.calorificKwhPerM3: expected kWh in a cubic metre, like 11.504",
      expect.stringContaining("wattkeep.yaml:1:51 gas.1: another row holds from the beginning already; keep one of the two"),
    ]);
  });
});
