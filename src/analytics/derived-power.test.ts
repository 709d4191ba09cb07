import { describe, expect, it } from "vitest";
import { zoneNamed } from "#calendar/zone.ts";
import { counterTruth } from "./counter-truth.ts";
import { derivedPower, powerSinceLastStep } from "./derived-power.ts";
import { energyOfPowerKwh, powerIntervals } from "./energy-of-power.ts";

const TEN = Date.UTC(2026, 4, 5, 10);
const MINUTE_MS = 60_000;
const column = (...rows: readonly (readonly [number, number, number?])[]) => ({
  tMs: Float64Array.from(rows, ([minutes]) => TEN + minutes * MINUTE_MS),
  value: Float64Array.from(rows, ([, value]) => value),
  quality: Uint16Array.from(rows, ([, , bits = 0]) => bits),
});
const truth = (...rows: readonly (readonly [number, number])[]) => counterTruth(column(...rows), { connectionKw: 43, resolutionKwh: 1 });

describe("power of a meter that sends none", () => {
  it("is 500 W from 100.0 kWh at 10:00 to 100.5 kWh at 11:00", () => {
    const power = derivedPower(counterTruth(column([0, 100], [60, 100.5]), { connectionKw: 43 }));
    expect([...power.powerW]).toEqual([500]);
    expect([[...power.fromMs], [...power.toMs]]).toEqual([[TEN], [TEN + 60 * MINUTE_MS]]);
  });

  it("goes from step to step of whole kWh, however often the same is said in between", () => {
    const { powerW, fromMs, toMs } = derivedPower(truth([0, 100], [10, 100], [30, 101], [40, 101], [50, 101], [60, 102], [70, 102]));
    expect([...powerW]).toEqual([2000, 2000]);
    expect([...fromMs].map((t) => (t - TEN) / MINUTE_MS)).toEqual([0, 30]);
    expect([...toMs].map((t) => (t - TEN) / MINUTE_MS)).toEqual([30, 60]);
  });

  it("says nothing over another meter", () => {
    const settings = { connectionKw: 43, resolutionKwh: 1, swaps: [{ tMs: TEN + 70 * MINUTE_MS }] };
    const { powerW } = derivedPower(counterTruth(column([0, 100], [60, 101], [80, 3], [140, 4]), settings));
    expect([...powerW]).toEqual([1000, 1000]);
  });

  it("is that of the last step, and less once the next digit is overdue", () => {
    const steps = truth([0, 100], [30, 101], [60, 102]);
    expect(powerSinceLastStep(steps, TEN + 80 * MINUTE_MS)).toBe(2000);
    expect(powerSinceLastStep(steps, TEN + 120 * MINUTE_MS)).toBe(1000);
    expect(powerSinceLastStep(truth([0, 100], [5, 100]), TEN)).toBeNaN();
  });
});

describe("energy of a meter that counts none", () => {
  it("is 1.8 kWh from 0 W at 0 s to 3600 W at 3600 s", () => {
    expect(energyOfPowerKwh(column([0, 0], [60, 3600]))).toBeCloseTo(1.8, 12);
  });

  it("leaves out bad readings and what is between readings too far apart, and is unknown of one reading", () => {
    expect(energyOfPowerKwh(column([0, 1000], [30, 9e9, 64], [60, 1000]))).toBeCloseTo(1, 12);
    expect(energyOfPowerKwh(column([0, 1000], [30, 1000], [180, 1000]), { maxGapMs: 60 * MINUTE_MS })).toBeCloseTo(0.5, 12);
    expect(energyOfPowerKwh(column([0, 1000]))).toBeNaN();
  });

  it("is laid over intervals, and adds up", () => {
    const settings = { zone: zoneNamed("Europe/Berlin"), lengthMs: 15 * MINUTE_MS, layer: "power", maxGapMs: 20 * MINUTE_MS };
    const readings = column([0, 0], [10, 1200], [20, -1200], [30, 0], [55, 600], [60, 600]);
    const intervals = powerIntervals(readings, { fromMs: TEN, toMs: TEN + 60 * MINUTE_MS }, settings);
    expect([...intervals.energyKwh].map((kwh) => Number(kwh.toFixed(6)))).toEqual([0.15, -0.15, Number.NaN, 0.05]);
    expect([...intervals.coverage].map((share) => Number(share.toFixed(3)))).toEqual([1, 1, 0, 0.333]);
    expect([...intervals.demandKw].map((kw) => Number(kw.toFixed(6)))).toEqual([0.6, -0.6, Number.NaN, Number.NaN]);
  });
});
