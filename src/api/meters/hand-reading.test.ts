import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Expectation } from "#reports/meter-answers.ts";
import type { Series } from "#sites/registry.ts";
import { quantityOfRegister, sentenceOf, verdictOf } from "./hand-reading.ts";

const LAST_MS = Date.UTC(2026, 1, 1);
/** 1,000 a month ago, and 100 to 120 to be expected since. */
const EXPECTED: Expectation = {
  tMs: LAST_MS + 86_400_000 * 28,
  lastMs: LAST_MS,
  lastValue: 1_000,
  expected: 1_110,
  low: 1_100,
  high: 1_120,
  sentence: "",
};

describe("a reading beside what was to be expected", () => {
  test.each([
    [1_110, "plausible"],
    [1_100, "plausible"],
    [1_121, "unusual"],
    [1_010, "unusual"],
    [1_300, "unusual"],
    [1_500, "implausible"],
    [11_100, "implausible"],
    [999, "falls"],
    [111, "falls"],
  ])("%s is %s", (value, verdict) => {
    expect(verdictOf(value, EXPECTED)).toBe(verdict);
  });

  test("is told with as many places as a dial has", () => {
    const said = sentenceOf("falls", { value: 999.667_336_1, expected: { ...EXPECTED, lastValue: 1_000.123_456 }, unit: "m³" });
    expect(said).toContain("999.667 m³ is less than the reading before, 1000.123 m³");
  });

  test("is plausible where there is nothing to compare it with", () => {
    const none = { tMs: 0, expected: Number.NaN, low: Number.NaN, high: Number.NaN, sentence: "" };
    expect(verdictOf(5, none)).toBe("plausible");
    expect(verdictOf(5, { ...none, lastValue: 4 })).toBe("plausible");
    expect(verdictOf(3, { ...none, lastValue: 4 })).toBe("falls");
  });

  test("less than before is plausible where the scale was to start again", () => {
    expect(verdictOf(12, { ...EXPECTED, lastValue: 900, expected: 10, low: 0, high: 40 })).toBe("plausible");
  });

  test("never looks better the further out it is", () => {
    const order = ["plausible", "unusual", "implausible"];
    fc.assert(
      fc.property(fc.double({ min: 1_100, max: 1e6, noNaN: true }), fc.double({ min: 0, max: 1e6, noNaN: true }), (value, more) => {
        expect(order.indexOf(verdictOf(value + more, EXPECTED))).toBeGreaterThanOrEqual(order.indexOf(verdictOf(value, EXPECTED)));
      }),
    );
  });
});

describe("what a dial counts", () => {
  const series = (quantity: string, source: string, unit: string): Series => ({
    ...{ id: 1, key: "", site: "house", point: "x", quantity, source, unit },
    ...{ kind: "counter", equalInstant: "last" },
  });

  test.each([
    ["electricity", "kWh", "energy-import"],
    ["solar", "kWh", "energy"],
    ["gas", "m³", "gas-volume"],
    ["water", "m³", "water-volume"],
    ["heat", "MWh", "heat-energy"],
    ["heat", "units", "units"],
    ["other", "l", "volume"],
  ] as const)("%s in %s is %s", (medium, unit, quantity) => {
    expect(quantityOfRegister({ medium, unit }, { series: [] })).toBe(quantity);
  });

  test("is what is known of it already, by hand before by anybody else", () => {
    const known = [series("energy-total", "reader", "Wh"), series("energy", "manual", "kWh"), series("water-volume", "x", "m³")];
    expect(quantityOfRegister({ medium: "electricity", unit: "kWh" }, { series: known })).toBe("energy");
    expect(quantityOfRegister({ medium: "electricity", unit: "kWh" }, { series: known.slice(0, 1) })).toBe("energy-total");
    expect(quantityOfRegister({ medium: "electricity", unit: "kWh" }, { series: known.slice(2) })).toBe("energy-import");
  });
});
