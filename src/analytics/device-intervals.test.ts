import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { zoneNamed } from "#calendar/zone.ts";
import type { Column } from "#series/column.ts";
import { QUALITY } from "#series/quality.ts";
import { deviceIntervals } from "./device-intervals.ts";
import { factorsOf } from "./factors.ts";
import type { Intervals } from "./intervals.ts";
import { type Layer, layered } from "./layered.ts";

const QUARTER_MS = 900_000;
const BEGIN = Date.UTC(2026, 0, 31, 12);
const range = { fromMs: BEGIN, toMs: BEGIN + 4 * QUARTER_MS };
const settings = { zone: zoneNamed("America/Indiana/Indianapolis"), lengthMs: QUARTER_MS, layer: "plc" };
/** Values of the quarters from the one that ends at `BEGIN` on; undefined is not said. */
const column = (values: readonly (number | undefined)[], quality: readonly number[] = []): Column => {
  const rows = values.flatMap((value, i) => (value === undefined ? [] : [{ value, i }]));
  return {
    tMs: Float64Array.from(rows, ({ i }) => BEGIN + i * QUARTER_MS),
    value: Float64Array.from(rows, ({ value }) => value),
    quality: Uint16Array.from(rows, ({ i }) => quality[i] ?? 0),
  };
};

describe("intervals of a device", () => {
  it("are what it says: 538 pulses, 915 kWh and 3660 kW", () => {
    const said = { energy: column([undefined, 915]), demand: column([undefined, 3660]), pulses: column([undefined, 538]) };
    const { energyKwh, demandKw, powerKw, pulses, coverage, layer } = deviceIntervals(said, range, settings);
    expect([energyKwh[0], demandKw[0], powerKw[0], pulses[0], coverage[0], layer[0]]).toEqual([915, 3660, 3660, 538, 1, 0]);
    expect([energyKwh[1], coverage[1], layer[1]]).toEqual([NaN, 0, 255]);
  });

  it("follow from what else is said where energy is not", () => {
    expect(deviceIntervals({ energy: column([0, 100]) }, range, settings).demandKw[0]).toBe(400);
    expect(deviceIntervals({ demand: column([0, 400]) }, range, settings).energyKwh[0]).toBe(100);
    const factors = factorsOf([{ name: "kwhPerPulse", value: 1.7, fromMs: 0 }]);
    expect(deviceIntervals({ pulses: column([0, 42]) }, range, { ...settings, factors }).demandKw[0]).toBeCloseTo(285.6, 6);
    expect(deviceIntervals({ pulses: column([0, 42]) }, range, settings).energyKwh[0]).toBeNaN();
  });

  it("are not known by a number nothing can measure", () => {
    for (const absurd of [1e308, -1e308, 1e15]) {
      const { energyKwh, demandKw, layer } = deviceIntervals({ energy: column([0, absurd, 5]) }, range, settings);
      expect([energyKwh[0], demandKw[0], layer[0], energyKwh[1]]).toEqual([NaN, NaN, 255, 5]);
    }
  });

  it("under R17 have energy and no demand", () => {
    const bits = [0, QUALITY.excludedFromDemand];
    const found = deviceIntervals({ energy: column([0, 916], bits), demand: column([0, 3661], bits) }, range, settings);
    expect([found.energyKwh[0], found.demandKw[0], found.powerKw[0], found.quality[0]]).toEqual([
      916,
      NaN,
      3661,
      QUALITY.excludedFromDemand,
    ]);
  });

  it("under the invalid alarm have the register's energy, marked as an estimate, and no demand", () => {
    const bits = [0, QUALITY.invalidAlarm, QUALITY.invalidAlarm];
    const said = { energy: column([0, 12, 13], bits), demand: column([0, 48, 52], bits), total: column([966_000, 966_068, undefined]) };
    const found = deviceIntervals(said, range, settings);
    expect([...found.energyKwh.slice(0, 2)]).toEqual([68, 13]);
    expect([...found.powerKw.slice(0, 2)]).toEqual([272, 52]);
    expect([...found.demandKw.slice(0, 2)]).toEqual([NaN, NaN]);
    expect(found.quality[0]).toBe(QUALITY.invalidAlarm | QUALITY.filled);
  });
});

describe("layers of intervals", () => {
  const layer = (name: string, rank: Layer["rank"], values: readonly (number | undefined)[]): Layer => ({
    name,
    rank,
    intervals: deviceIntervals({ energy: column([0, ...values]) }, range, { ...settings, layer: name }),
  });
  const energy = ({ energyKwh }: Intervals) => [...energyKwh];

  it("give per interval the best that knows it, whole, and name it", () => {
    const whole = layered([
      layer("plc", "file", [2, undefined, 2]),
      layer("kyz", "live", [1, 1]),
      layer("bill", "utility", [undefined, undefined, 3]),
    ]);
    expect(energy(whole)).toEqual([2, 1, 3, NaN]);
    expect(whole.layers).toEqual(["kyz", "plc", "bill"]);
    expect([...whole.layer]).toEqual([1, 0, 2, 255]);
  });

  it("let flags of a lower rank go with its numbers", () => {
    const flagged = deviceIntervals({ energy: column([0, 5], [0, QUALITY.excludedFromDemand]) }, range, { ...settings, layer: "kyz" });
    const whole = layered([{ name: "kyz", rank: "live", intervals: flagged }, layer("plc", "file", [4])]);
    expect([whole.quality[0], whole.demandKw[0]]).toEqual([0, 16]);
  });

  it("keep pulses nobody can tell in kWh", () => {
    const counted = deviceIntervals({ pulses: column([0, 42]) }, range, { ...settings, layer: "kyz" });
    const whole = layered([{ name: "kyz", rank: "live", intervals: counted }, layer("plc", "file", [undefined, 7])]);
    expect([whole.pulses[0], whole.energyKwh[0], whole.energyKwh[1]]).toEqual([42, NaN, 7]);
  });

  it("answer the same in whatever order they are given", () => {
    const values = fc.array(fc.option(fc.integer({ min: 0, max: 999 }), { nil: undefined }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(fc.tuple(values, values, values), fc.shuffledSubarray([0, 1, 2], { minLength: 3 }), (given, order) => {
        const ranks = ["live", "device", "file"] as const;
        const layers = given.map((one, i) => layer(`s${i}`, ranks[i] as Layer["rank"], one));
        expect(layered(order.map((i) => layers[i] as Layer))).toEqual(layered(layers));
      }),
    );
  });

  it("of other intervals are refused", () => {
    const other = deviceIntervals({}, { ...range, toMs: range.toMs + QUARTER_MS }, settings);
    expect(() => layered([layer("kyz", "live", [1]), { name: "plc", rank: "file", intervals: other }])).toThrow("plc");
  });
});
