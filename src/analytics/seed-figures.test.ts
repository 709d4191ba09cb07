import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Column } from "#series/column.ts";
import { QUALITY } from "#series/quality.ts";
import { seedComfort } from "./seed-comfort.ts";
import { seedFlowTracking } from "./seed-flow-tracking.ts";

const HOUR = 3_600_000;
const column = (...rows: (readonly [tMs: number, value: number, quality?: number])[]): Column => ({
  tMs: Float64Array.from(rows, ([tMs]) => tMs),
  value: Float64Array.from(rows, ([, value]) => value),
  quality: Uint16Array.from(rows, ([, , quality = 0]) => quality),
});
const hourly = (fromHour: number, ...values: number[]): Column =>
  column(...values.map((value, i) => [(fromHour + i) * HOUR, value] as const));
const office = { fromMinute: 7 * 60, toMinute: 18 * 60, band: 2, offsetAt: () => 0 };

describe("comfort as the older system reckons it", () => {
  it("is the share of samples no further from the setpoint than the band, every sample counting one", () => {
    // A small office in the shape of the older one's sample file: four samples of two zones.
    expect(seedComfort(hourly(8, 70, 71, 73, 72.5), hourly(8, 71, 71, 71, 71), office)).toEqual({
      samples: 4,
      withinPct: 100,
      meanError: 0.625,
    });
    expect(seedComfort(hourly(8, 68, 70, 71, 74), hourly(8, 70, 70, 70, 70), office)).toEqual({
      samples: 4,
      withinPct: 75,
      meanError: 0.75,
    });
  });

  it("looks at the clock it is given, both ends included", () => {
    const temperature = hourly(0, ...Array.from({ length: 24 }, () => 72));
    expect(seedComfort(temperature, 72, office).samples).toBe(12);
    const late = { ...office, toMinute: 18 * 60 - 1 };
    expect(seedComfort(temperature, 72, late).samples).toBe(11);
    // Seven in Phoenix is 14:00 in UTC.
    const evening = hourly(12, 72, 72, 72, 72);
    expect(seedComfort(evening, 72, { ...office, offsetAt: () => -7 * HOUR }).samples).toBe(2);
  });

  it("finds nothing in a window over midnight, and answers unknown", () => {
    const nobody = seedComfort(hourly(0, 72, 72, 72), 72, { ...office, fromMinute: 22 * 60, toMinute: 6 * 60 });
    expect(nobody).toEqual({ samples: 0, withinPct: Number.NaN, meanError: Number.NaN });
  });

  it("takes the setpoint within 30 s, the earlier of two, and drops a temperature without one", () => {
    const at = 9 * HOUR;
    const setpoint = column([at - 30_000, 70], [at + 30_000, 90]);
    expect(seedComfort(column([at, 71]), setpoint, office).meanError).toBe(1);
    expect(seedComfort(column([at + 61_000, 71]), setpoint, office).samples).toBe(0);
    expect(seedComfort(column([at + 61_000, 71]), setpoint, { ...office, toleranceMs: 60_000 }).meanError).toBe(-19);
  });

  it("has no use for samples of a bad status, though the older one had", () => {
    const temperature = column([9 * HOUR, 71], [10 * HOUR, -250, QUALITY.badStatus], [11 * HOUR, Number.NaN]);
    expect(seedComfort(temperature, 72, office)).toEqual({ samples: 1, withinPct: 100, meanError: -1 });
  });
});

describe("airflow as the older system reckons it", () => {
  const seconds = (...rows: (readonly [number, number])[]): Column => column(...rows.map(([s, value]) => [s * 1_000, value] as const));
  const flow = seconds([0, 500], [60, 560], [120, 380], [180, 20], [300, 500]);
  const setpoint = seconds([10, 500], [70, 500], [150, 400], [175, 0]);

  it("pairs within 30 s, and is inside by a share of the setpoint", () => {
    const told = seedFlowTracking(flow, setpoint, { percent: 10 });
    expect(told).toMatchObject({ samples: 4, withinPct: 50, meanError: 15 });
    expect(told.meanErrorPct).toBeCloseTo(5.6667, 4);
  });

  it("takes the larger of two tolerances, edges included", () => {
    expect(seedFlowTracking(flow, setpoint, { percent: 10, absolute: 20 }).withinPct).toBe(75);
    expect(seedFlowTracking(flow, setpoint, { percent: 10, absolute: 60 }).withinPct).toBe(100);
  });

  it("counts the flow where nobody wants anything, and knows nothing else", () => {
    expect(seedFlowTracking(flow, undefined, { percent: 10 })).toEqual({
      samples: 5,
      withinPct: Number.NaN,
      meanError: Number.NaN,
      meanErrorPct: Number.NaN,
    });
    expect(seedFlowTracking(seconds(), setpoint, { percent: 10 }).samples).toBe(0);
  });

  it("is no percentage where nothing is wanted at all", () => {
    const rest = seedFlowTracking(seconds([0, 20]), seconds([0, 0]), { percent: 10 });
    expect(rest).toEqual({ samples: 1, withinPct: 0, meanError: 20, meanErrorPct: Number.NaN });
  });

  it("is between 0 and 100 %, and grows with what is tolerated", () => {
    const cfm = fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(cfm, fc.integer({ min: 0, max: 800 }), fc.integer({ min: 0, max: 30 }), (values, wanted, percent) => {
        const [a, b] = [
          seconds(...values.map((v, i) => [i * 60, v] as const)),
          seconds(...values.map((_, i) => [i * 60 + 20, wanted] as const)),
        ];
        const [strict, lax] = [seedFlowTracking(a, b, { percent }), seedFlowTracking(a, b, { percent: percent + 5, absolute: 10 })];
        expect(strict.samples).toBe(values.length);
        expect(strict.withinPct).toBeGreaterThanOrEqual(0);
        expect(lax.withinPct).toBeGreaterThanOrEqual(strict.withinPct);
        expect(lax.withinPct).toBeLessThanOrEqual(100);
      }),
    );
  });
});
