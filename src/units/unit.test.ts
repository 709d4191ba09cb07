import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { conversion, convert, convertDifference, differenceConversion, sameDimension, unitOf, unitSymbol } from "./unit.ts";
import { UNIT_TABLE } from "./unit-table.ts";

const symbol = fc.constantFrom(...UNIT_TABLE.map((row) => row.symbol));
const pair = fc.tuple(symbol, symbol).filter(([a, b]) => sameDimension(a, b));
const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });

describe("a spelling", () => {
  it.each([
    ["m3", "m³"],
    ["m^3", "m³"],
    ["M³", "m³"],
    ["kwh", "kWh"],
    ["KWH", "kWh"],
    ["degC", "°C"],
    ["deg C", "°C"],
    ["Celsius", "°C"],
    ["℉", "°F"],
    ["CFM", "cfm"],
    ["cubic feet per minute", "cfm"],
    ["liters per second", "l/s"],
    ["L/s", "l/s"],
    ["cubic meters per hour", "m³/h"],
    ["cubic meters per second", "m³/s"],
    ["fahrenheit degrees", "Δ°F"],
    ["celsius degrees", "Δ°C"],
    ["l/min", "l/min"],
    ["Ω-unknown", "Ω-unknown"],
    ["EUR/kWh", "€/kWh"],
    ["ct / kWh", "ct/kWh"],
    ["$/MWh", "$/MWh"],
    ["W", "W"],
    ["kvar", "kvar"],
    ["VAr", "var"],
    ["kVAr", "kvar"],
    ["%RH", "%"],
  ])("%s is %s", (spelling, expected) => {
    expect(unitSymbol(spelling)).toBe(expected);
  });

  it("keeps milli and mega apart", () => {
    expect(unitOf("mW")?.symbol).toBe("mW");
    expect(unitOf("MW")?.symbol).toBe("MW");
    expect(unitOf("mWh")?.symbol).toBe("mWh");
    expect(unitOf("MWh")?.symbol).toBe("MWh");
  });

  it("that is a name of the language is unknown", () => {
    for (const name of ["__proto__", "constructor", "toString", "", "constructor/kWh", "x".repeat(10_000)])
      expect(unitOf(name)).toBeUndefined();
  });

  it("names one unit, and every row is found by its symbol and its spellings", () => {
    expect(UNIT_TABLE.length).toBeGreaterThan(80);
    expect(new Set(UNIT_TABLE.map((row) => row.symbol)).size).toBe(UNIT_TABLE.length);
    for (const row of UNIT_TABLE)
      for (const spelling of [row.symbol, ...(row.also ?? [])]) expect(unitOf(spelling)?.symbol, spelling).toBe(row.symbol);
  });
});

describe("a conversion", () => {
  it.each([
    [1500, "W", "kW", 1.5],
    [1.1, "kWh", "Wh", 1100],
    [3.6, "MJ", "kWh", 1],
    [212, "°F", "°C", 100],
    [32, "°F", "°C", 0],
    [-40, "°C", "°F", -40],
    [0, "°C", "K", 273.15],
    [1, "bar", "hPa", 1000],
    [1, "l/s", "l/min", 60],
    [100, "cfm", "m³/h", 169.901079552],
    [30, "ct/kWh", "€/kWh", 0.3],
    [92.72, "$/MWh", "$/kWh", 0.09272],
    [1, "therm", "kWh", 29.307107017222222],
    [1, "gal", "l", 3.785411784],
    [0.8, "t/MWh", "g/kWh", 800],
  ])("of %d %s to %s is %d", (from, a, b, to) => {
    expect(convert(from, a, b)).toBeCloseTo(to, 10);
  });

  it("of decimal multiples is exact", () => {
    expect(convert(1500, "W", "kW")).toBe(1.5);
    expect(convert(32, "°F", "°C")).toBe(0);
    expect(convert(212, "°F", "°C")).toBe(100);
    expect(convert(71.4, "kWh", "kWh")).toBe(71.4);
    expect(convert(36, "km/h", "m/s")).toBe(10);
  });

  it("of a difference knows no zero point", () => {
    expect(convertDifference(10, "°C", "°F")).toBe(18);
    expect(convertDifference(2, "K", "°C")).toBe(2);
    expect(convertDifference(9, "Δ°F", "Δ°C")).toBe(5);
    expect(sameDimension("°C", "Δ°C")).toBe(false);
  });

  it("goes there and back", () => {
    fc.assert(
      fc.property(pair, value, ([a, b], x) => {
        const back = convert(convert(x, a, b), b, a);
        expect(Math.abs(back - x)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(x)));
        const difference = convertDifference(convertDifference(x, a, b), b, a);
        expect(Math.abs(difference - x)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(x)));
      }),
    );
  });

  it("keeps the order of values", () => {
    fc.assert(
      fc.property(pair, value, value, ([a, b], x, y) => {
        const turn = conversion(a, b) as (v: number) => number;
        const [low, high] = [Math.min(x, y), Math.max(x, y)];
        expect(turn(low)).toBeLessThanOrEqual(turn(high));
      }),
    );
  });

  it("of a difference is the difference of conversions", () => {
    fc.assert(
      fc.property(pair, value, value, ([a, b], x, y) => {
        const expected = convert(x, a, b) - convert(y, a, b);
        const found = convertDifference(x - y, a, b);
        const size = Math.max(1, Math.abs(convert(x, a, b)), Math.abs(convert(y, a, b)));
        expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-9 * size);
      }),
    );
  });

  it("between dimensions does not exist", () => {
    expect(conversion("kWh", "kW")).toBeUndefined();
    expect(differenceConversion("foo", "kW")).toBeUndefined();
    expect(conversion("foo", "foo")?.(3)).toBe(3);
    expect(conversion("€/kWh", "$/kWh")).toBeUndefined();
    expect(() => convert(1, "kWh", "m³")).toThrow(RangeError);
  });

  it("leaves a missing value missing", () => {
    expect(convert(Number.NaN, "°F", "°C")).toBeNaN();
  });
});
