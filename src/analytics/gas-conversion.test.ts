import { describe, expect, it } from "vitest";
import { type GasRule, gasFactors, kwhPerM3 } from "./gas-conversion.ts";

const rule: GasRule = { fromMs: -Infinity, calorificKwhPerM3: 11.504, zFactor: 0.8885, basis: "gross" };

describe("gas as energy", () => {
  it("is calorific value times z-factor: 10.221304 kWh per m³", () => {
    expect(kwhPerM3(rule)).toBeCloseTo(10.221304, 9);
  });

  it("is told gross where the value is net, and net where that is asked for", () => {
    expect(kwhPerM3({ ...rule, basis: "net" })).toBeCloseTo(10.221304 * 1.11, 9);
    expect(kwhPerM3(rule, "net")).toBeCloseTo(10.221304 / 1.11, 9);
  });

  it("goes by the conversion that held when a row began", () => {
    const later = { ...rule, fromMs: 20, calorificKwhPerM3: 10, zFactor: 1 };
    expect([...gasFactors(Float64Array.of(0, 10, 20, 30), [rule, later])].map((factor) => factor.toFixed(3))).toEqual([
      "10.221",
      "10.221",
      "10.000",
    ]);
  });

  it("is not known before the first", () => {
    expect([...gasFactors(Float64Array.of(0, 10, 20), [{ ...rule, fromMs: 10 }])]).toEqual([Number.NaN, expect.closeTo(10.221304, 6)]);
  });
});
