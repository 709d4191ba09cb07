import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#calendar/civil.ts";
import { convert } from "#units/unit.ts";
import { type EquipmentRows, FAULT_INPUTS, type FaultInput } from "./equipment-rows.ts";
import type { FaultFound } from "./fault-rule.ts";
import { airHandlerFaults, zoneFaults } from "./find-faults.ts";
import { type SensorSamples, sensorFaults } from "./sensor-faults.ts";

const START_MS = Date.UTC(2026, 0, 5);
const STEP_MS = 10 * MINUTE_MS;
const isFlow = (input: FaultInput): boolean => input.includes("flow");
const isTemperature = (input: FaultInput): boolean => /temp|heating-setpoint|cooling-setpoint|air-setpoint/.test(input);
const isSwitch = (input: FaultInput): boolean => /fan-|running|occupied/.test(input);

/** Values that hold for a while each, as those of buildings do, and are unknown at times. */
function held(input: FaultInput): fc.Arbitrary<number[]> {
  const value = isSwitch(input)
    ? fc.constantFrom(0, 1)
    : isTemperature(input)
      ? fc.integer({ min: 50, max: 95 })
      : isFlow(input)
        ? fc.constantFrom(0, 60, 300, 450, 640, 900)
        : fc.constantFrom(0, 8, 22, 60, 95, 100);
  const stretch = fc.tuple(
    fc.oneof({ weight: 9, arbitrary: value }, { weight: 1, arbitrary: fc.constant(Number.NaN) }),
    fc.integer({ min: 1, max: 40 }),
  );
  return fc
    .array(stretch, { minLength: 1, maxLength: 6 })
    .map((stretches) => stretches.flatMap(([one, rows]) => Array<number>(rows).fill(one)));
}

const COUNT = 60;
/** Equipment of which anything is known, and where anything may be so. */
const rows: fc.Arbitrary<EquipmentRows> = fc
  .subarray([...FAULT_INPUTS], { minLength: 4 })
  .chain((inputs) => fc.tuple(...inputs.map((input) => held(input).map((values) => [input, values] as const))))
  .map((columns) => ({
    tMs: Float64Array.from({ length: COUNT }, (_, i) => START_MS + i * STEP_MS),
    weightMs: new Float64Array(COUNT).fill(STEP_MS),
    columns: new Map(
      columns.map(([input, values]) => [input, Float64Array.from({ length: COUNT }, (_, i) => values[i] ?? (values.at(-1) as number))]),
    ),
    temperatureUnit: "°F",
    flowUnit: "cfm",
  }));

const findAll = (of: EquipmentRows): FaultFound[] => [...zoneFaults(of), ...airHandlerFaults(of)];
const unworded = ({ sentence: _, numbers: __, ...rest }: FaultFound) => rest;

describe("whatever equipment says", () => {
  it("faults are the same days earlier or later", () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: -4_000, max: 4_000 }), (some, days) => {
        const moved = findAll({ ...some, tMs: some.tMs.map((tMs) => tMs + days * DAY_MS) });
        expect(moved.map((found) => ({ ...found, sinceMs: found.sinceMs - days * DAY_MS }))).toEqual(findAll(some));
      }),
      { numRuns: 200 },
    );
  });

  it("rows that say nothing change nothing", () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 9 }), (some, every) => {
        const spread = (values: Float64Array, empty: (value: number) => number): Float64Array =>
          Float64Array.from([...values].flatMap((value, i) => (i % every === 0 ? [value, empty(value)] : [value])));
        const more: EquipmentRows = {
          ...some,
          tMs: spread(some.tMs, (tMs) => tMs + MINUTE_MS),
          weightMs: spread(some.weightMs, () => 0),
          columns: new Map([...some.columns].map(([input, values]) => [input, spread(values, () => Number.NaN)])),
        };
        expect(findAll(more)).toEqual(findAll(some));
      }),
      { numRuns: 200 },
    );
  });

  it("units change no finding", () => {
    fc.assert(
      fc.property(rows, (some) => {
        const said = (input: FaultInput, value: number): number =>
          isTemperature(input) ? convert(value, "°F", "°C") : isFlow(input) ? convert(value, "cfm", "m³/h") : value;
        const columns = new Map([...some.columns].map(([input, values]) => [input, values.map((value) => said(input, value))]));
        expect(findAll({ ...some, columns, temperatureUnit: "°C", flowUnit: "m³/h" }).map(unworded)).toEqual(findAll(some).map(unworded));
      }),
      { numRuns: 200 },
    );
  });

  it("nothing of a zone is a fault while its air handler stands still, but that it is kept warm or knows no setpoint", () => {
    fc.assert(
      fc.property(rows, (some) => {
        const columns = new Map([...some.columns, ["air-handler-running", new Float64Array(COUNT)] as const]);
        const rules = zoneFaults({ ...some, columns }).map(({ rule }) => rule);
        expect(rules.filter((rule) => rule !== "kept-warm-unoccupied" && rule !== "no-setpoint")).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

describe("whatever a sensor says", () => {
  const value = fc.constantFrom(-250, -100, 0, 70, 71.5, 72, 100, 400, Number.NaN);
  const samples: fc.Arbitrary<SensorSamples> = fc
    .record({
      values: fc.array(value, { maxLength: 40 }),
      kind: fc.constantFrom("room-temperature" as const, "flow" as const, "share" as const, "setpoint" as const),
      changeOfValue: fc.boolean(),
      silentHours: fc.integer({ min: 0, max: 40 }),
      stationHours: fc.integer({ min: 0, max: 40 }),
    })
    .map(({ values, kind, changeOfValue, silentHours, stationHours }) => {
      const tMs = Float64Array.from(values, (_, i) => START_MS + i * HOUR_MS);
      const lastMs = tMs.at(-1) ?? START_MS;
      const atMs = lastMs + silentHours * HOUR_MS;
      const unit = kind === "flow" ? "cfm" : kind === "share" ? "%" : "°F";
      return {
        tMs,
        value: Float64Array.from(values),
        kind,
        unit,
        changeOfValue,
        usualMs: HOUR_MS,
        atMs,
        stationMs: Math.min(atMs, lastMs + stationHours * HOUR_MS),
      };
    });
  const find = (of: SensorSamples): FaultFound[] => sensorFaults(of, { sentinels: [-250], flatMs: 24 * HOUR_MS });

  it("faults are the same days earlier or later, and have words", () => {
    fc.assert(
      fc.property(samples, fc.integer({ min: -4_000, max: 4_000 }), (some, days) => {
        const by = days * DAY_MS;
        const moved = find({ ...some, tMs: some.tMs.map((tMs) => tMs + by), atMs: some.atMs + by, stationMs: some.stationMs + by });
        expect(moved.map((found) => ({ ...found, sinceMs: found.sinceMs - by }))).toEqual(find(some));
        for (const { sentence } of moved) expect(sentence).not.toMatch(/NaN|undefined/);
      }),
      { numRuns: 300 },
    );
  });

  it("samples the sender calls bad change nothing but when it last spoke", () => {
    fc.assert(
      fc.property(samples, (some) => {
        const last = some.tMs.length - 1;
        const spread = (values: Float64Array, empty: (value: number) => number): Float64Array =>
          Float64Array.from([...values].flatMap((one, i) => (i < last ? [one, empty(one)] : [one])));
        const more = { ...some, tMs: spread(some.tMs, (tMs) => tMs + MINUTE_MS), value: spread(some.value, () => Number.NaN) };
        expect(find(more)).toEqual(find(some));
      }),
      { numRuns: 300 },
    );
  });
});
