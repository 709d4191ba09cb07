import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bandAround, bandBetween } from "./target-band.ts";

const held = (...rows: readonly (readonly [number, number])[]) => ({
  tMs: Float64Array.from(rows, ([t]) => t),
  value: Float64Array.from(rows, ([, value]) => value),
});

describe("the band between two setpoints", () => {
  it("changes where either does, and holds in between", () => {
    const band = bandBetween(held([0, 65], [70, 71.5]), held([0, 82], [60, 75.5]), 100);
    expect(band).toEqual({ tMs: [0, 60, 70, 100], low: [65, 65, 71.5], high: [82, 75.5, 75.5] });
  });

  it("is not known before both have spoken, nor where one of them says so", () => {
    const band = bandBetween(held([0, 65], [50, Number.NaN]), held([20, 75.5]), 100);
    expect(band?.low).toEqual([65, 65, Number.NaN]);
    expect(band?.high).toEqual([Number.NaN, 75.5, 75.5]);
  });

  it("is none without one of them, and none after its end", () => {
    expect(bandBetween(undefined, held([0, 75]), 10)).toBeUndefined();
    expect(bandBetween(held([20, 70]), held([30, 75]), 10)).toBeUndefined();
  });

  it("ascends, and has one instant more than steps, whatever was sent", () => {
    const rows = fc
      .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 90 })), { selector: ([t]) => t, minLength: 1 })
      .map((all) => held(...all.sort((a, b) => a[0] - b[0])));
    fc.assert(
      fc.property(rows, rows, (low, high) => {
        const band = bandBetween(low, high, 2000);
        expect(band?.tMs.length).toBe((band?.low.length ?? 0) + 1);
        expect(band?.high.length).toBe(band?.low.length);
        expect([...(band?.tMs ?? [])].sort((a, b) => a - b)).toEqual(band?.tMs);
      }),
    );
  });
});

describe("the band around a setpoint", () => {
  it("is as wide as its tolerance at each value", () => {
    const band = bandAround(held([0, 300], [50, 1000]), (value) => Math.max(50, value * 0.1), 80);
    expect(band).toEqual({ tMs: [0, 50, 80], low: [250, 900], high: [350, 1100] });
  });
});
