import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY_MS, HOUR_MS } from "#calendar/civil.ts";
import { convert } from "#units/unit.ts";
import { type BoxDesign, type BoxFault, boxRows, WORLD_START_MS } from "./box-world.ts";
import { type EquipmentRows, FAULT_INPUTS, type FaultInput } from "./equipment-rows.ts";
import type { FaultFound } from "./fault-rule.ts";
import { zoneFaults } from "./find-faults.ts";

/** Boxes as they are built: enough heat for the coldest day and enough air for the hottest. */
const design: fc.Arbitrary<BoxDesign> = fc.record({
  seed: fc.integer({ min: 1, max: 1e9 }),
  pollMinutes: fc.constantFrom(1, 5, 10, 15),
  days: fc.constant(3),
  maxFlow: fc.integer({ min: 500, max: 2_000 }),
  minShare: fc.double({ min: 0.2, max: 0.4, noNaN: true }),
  heating: fc.double({ min: 68, max: 71, noNaN: true }),
  cooling: fc.double({ min: 73, max: 76, noNaN: true }),
  outdoorMean: fc.double({ min: 25, max: 90, noNaN: true }),
  outdoorSwing: fc.double({ min: 5, max: 12, noNaN: true }),
  gains: fc.double({ min: 0.2, max: 0.9, noNaN: true }),
  dualMaximum: fc.boolean(),
});

/** Ten in the morning of the second day. */
const BREAKS_MS = WORLD_START_MS + 34 * HOUR_MS;
const TEMPERATURES: readonly FaultInput[] = [
  "space-temp",
  "heating-setpoint",
  "cooling-setpoint",
  "discharge-air-temp",
  "discharge-air-setpoint",
  "air-handler-supply-temp",
];
const FLOWS: readonly FaultInput[] = ["flow", "flow-setpoint", "min-flow-setpoint", "max-flow-setpoint"];

const keys = (found: readonly FaultFound[]): string[] => found.map(({ key }) => key);
const without = (rows: EquipmentRows, inputs: readonly FaultInput[]): EquipmentRows => ({
  ...rows,
  columns: new Map([...rows.columns].filter(([input]) => !inputs.includes(input))),
});

describe("a box that does everything right", () => {
  it("has no finding, summer or winter, however often it is asked", () => {
    fc.assert(
      fc.property(design, (box) => {
        expect(zoneFaults(boxRows(box))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("has none either when any of its points are unknown, but that its setpoints are", () => {
    fc.assert(
      fc.property(design, fc.subarray([...FAULT_INPUTS]), (box, unknown) => {
        const found = zoneFaults(without(boxRows(box), unknown)).filter(({ rule }) => rule !== "no-setpoint");
        expect(found).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

interface Broken {
  readonly fault: Omit<BoxFault, "fromMs">;
  readonly weather?: Partial<BoxDesign>;
  readonly unknown?: readonly FaultInput[];
  readonly key: string;
}

const COLD: Partial<BoxDesign> = { outdoorMean: 18, gains: 0.2 };
const HOT: Partial<BoxDesign> = { outdoorMean: 85, gains: 0.85 };
const MILD: Partial<BoxDesign> = { outdoorMean: 62, gains: 0.2 };
const elsewhere = (wanted: number): number => (wanted < 50 ? wanted + 30 : wanted - 30);

const BROKEN: Readonly<Record<string, Broken>> = {
  "a stuck damper": { fault: { damper: elsewhere }, key: "damper-stuck" },
  "a stuck damper whose command nobody knows": { fault: { damper: elsewhere }, unknown: ["damper-command"], key: "damper-stuck" },
  "a stuck damper whose airflow nobody knows": { fault: { damper: elsewhere }, unknown: ["flow"], key: "damper-stuck" },
  "a fan without pressure": { fault: { pressure: 0.2 }, weather: HOT, key: "starved-box" },
  "a fan without pressure, zone too warm": { fault: { pressure: 0.1 }, weather: HOT, key: "hot-zone" },
  "a leaking damper": { fault: { leak: 0.5 }, weather: MILD, key: "damper-leak" },
  "a reheat valve that stays open": { fault: { reheat: 60 }, key: "reheat-waste" },
  "a reheat valve that stays open against cooling": { fault: { reheat: 80 }, weather: HOT, key: "simultaneous-zone" },
  "a reheat valve that leaks": { fault: { coilLeak: 12 }, weather: { outdoorMean: 75, gains: 0.5 }, key: "reheat-leak" },
  "hot water that is none": { fault: { hotWater: 0 }, weather: COLD, key: "reheat-gives-no-heat" },
  "hot water that is none, zone too cold": { fault: { hotWater: 0 }, weather: COLD, key: "cold-zone" },
  "an airflow that the control does not see": {
    fault: { reads: 1.6 },
    unknown: ["damper-position", "damper-command"],
    key: "poor-flow-tracking",
  },
  "reheat through the night": { fault: { reheat: 60 }, weather: COLD, key: "kept-warm-unoccupied" },
};

describe("what breaks is found", () => {
  it.each(Object.entries(BROKEN))("%s", (_, { fault, weather = {}, unknown = [], key }) => {
    fc.assert(
      fc.property(design, (box) => {
        const found = zoneFaults(without(boxRows({ ...box, ...weather }, { ...fault, fromMs: BREAKS_MS }), unknown));
        expect(keys(found)).toContain(key);
      }),
      { numRuns: 12 },
    );
  });

  it("since about when it broke, where it shows at once", () => {
    fc.assert(
      fc.property(design, (box) => {
        const found = zoneFaults(boxRows({ ...box, ...HOT }, { pressure: 0.2, fromMs: BREAKS_MS }));
        const { sinceMs = Number.NaN } = found.find(({ key }) => key === "starved-box") ?? {};
        expect(sinceMs).toBeGreaterThanOrEqual(BREAKS_MS);
        expect(sinceMs).toBeLessThanOrEqual(BREAKS_MS + HOUR_MS);
      }),
      { numRuns: 12 },
    );
  });
});

describe("whatever is found", () => {
  const broken = fc.constantFrom(...Object.values(BROKEN));
  const world = fc
    .tuple(design, broken)
    .map(([box, { fault, weather = {} }]) => boxRows({ ...box, ...weather }, { ...fault, fromMs: BREAKS_MS }));

  it("is found as much when it happens days earlier or later", () => {
    fc.assert(
      fc.property(world, fc.integer({ min: -3_000, max: 3_000 }), (rows, days) => {
        const later = zoneFaults({ ...rows, tMs: rows.tMs.map((tMs) => tMs + days * DAY_MS) });
        const asBefore = later.map((found) => ({ ...found, sinceMs: found.sinceMs - days * DAY_MS }));
        expect(asBefore).toEqual(zoneFaults(rows));
      }),
      { numRuns: 15 },
    );
  });

  it("does not change by rows that say nothing", () => {
    fc.assert(
      fc.property(world, fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 60 }), (rows, places) => {
        expect(zoneFaults(withEmptyRows(rows, places))).toEqual(zoneFaults(rows));
      }),
      { numRuns: 15 },
    );
  });

  it("is found in degrees Celsius and litres per second as in Fahrenheit and cfm", () => {
    fc.assert(
      fc.property(world, (rows) => {
        const plain = ({ key, severity, sinceMs, sharePct, judgedMs, faultMs, longestMs }: FaultFound) => {
          return { key, severity, sinceMs, sharePct, judgedMs, faultMs, longestMs };
        };
        expect(zoneFaults(metric(rows)).map(plain)).toEqual(zoneFaults(rows).map(plain));
      }),
      { numRuns: 15 },
    );
  });

  it("has a share of 0 to 100, since an instant that is known, and words", () => {
    fc.assert(
      fc.property(world, (rows) => {
        for (const { sharePct, sinceMs, sentence, faultMs, judgedMs, longestMs } of zoneFaults(rows)) {
          expect(sharePct).toBeGreaterThan(0);
          expect(sharePct).toBeLessThanOrEqual(100);
          expect(Number.isNaN(sinceMs) || rows.tMs.includes(sinceMs)).toBe(true);
          expect(longestMs).toBeLessThanOrEqual(faultMs);
          expect(faultMs).toBeLessThanOrEqual(judgedMs);
          expect(sentence).not.toMatch(/NaN|undefined|-0/);
        }
      }),
      { numRuns: 15 },
    );
  });
});

function withEmptyRows(rows: EquipmentRows, places: readonly number[]): EquipmentRows {
  const at = new Set(places.map((place) => place % rows.tMs.length));
  const spread = (values: Float64Array, empty: (value: number) => number): Float64Array =>
    Float64Array.from([...values].flatMap((value, i) => (at.has(i) ? [value, empty(value)] : [value])));
  return {
    ...rows,
    tMs: spread(rows.tMs, (tMs) => tMs + 20_000),
    weightMs: spread(rows.weightMs, () => Number.NaN),
    columns: new Map([...rows.columns].map(([input, values]) => [input, spread(values, () => Number.NaN)])),
  };
}

function metric(rows: EquipmentRows): EquipmentRows {
  const said = (input: FaultInput, values: Float64Array): Float64Array =>
    TEMPERATURES.includes(input)
      ? values.map((value) => convert(value, "°F", "°C"))
      : FLOWS.includes(input)
        ? values.map((value) => convert(value, "cfm", "l/s"))
        : values;
  const columns = new Map([...rows.columns].map(([input, values]) => [input, said(input, values)]));
  return { ...rows, columns, temperatureUnit: "°C", flowUnit: "l/s" };
}
