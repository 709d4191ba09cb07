import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesText, decimalsOf, NOT_KNOWN, numberText, rangeText, shownNumber, styleOf } from "./format-number.ts";

const locale = "en-US";
const nbsp = "\u00a0";

describe("numbers", () => {
  it("show three significant digits and choose W, kW or MW by size", () => {
    const shown = [0, 0.4, 412, 999.4, 999.6, 1418, 38_900, 999_400, 999_600, 7_812_000, 7_812_000_000].map((watts) =>
      numberText(watts, { unit: "W", locale }),
    );
    expect(shown).toEqual(
      ["0 W", "0.400 W", "412 W", "999 W", "1.00 kW", "1.42 kW", "38.9 kW", "999 kW", "1.00 MW", "7.81 MW", "7,812 MW"].map((text) =>
        text.replace(" ", nbsp),
      ),
    );
  });

  it("scale from whatever unit of a ladder the sender uses", () => {
    expect(numberText(0.412, { unit: "kW", locale })).toBe(`412${nbsp}W`);
    expect(numberText(0.0031, { unit: "MWh", locale })).toBe(`3.10${nbsp}kWh`);
    expect(numberText(0, { unit: "MW", locale })).toBe(`0${nbsp}MW`);
  });

  it("keep the sender's unit where they stand beside a register", () => {
    expect(numberText(3811.4, { unit: "kWh", keepUnit: true, locale })).toBe(`3,811${nbsp}kWh`);
  });

  it("have a real minus, and never a zero with one", () => {
    expect(numberText(-1420, { unit: "W", locale })).toBe(`−1.42${nbsp}kW`);
    expect(numberText(-0, { unit: "W", locale })).toBe(`0${nbsp}W`);
  });

  it("are a dash without a unit where nothing is known", () => {
    for (const unknown of [null, undefined, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(shownNumber(unknown, { unit: "kW" })).toEqual({ number: NOT_KNOWN, unit: "" });
    }
  });

  it("keep the source's resolution for registers, demand, temperatures and prices", () => {
    const of = (value: number, series: Parameters<typeof styleOf>[0]) => numberText(value, { ...styleOf(series), locale });
    expect(of(1_284_661.234, { unit: "kWh", kind: "counter", quantity: "energy" })).toBe(`1,284,661.234${nbsp}kWh`);
    expect(of(414.8, { unit: "kW", kind: "gauge", quantity: "demand" })).toBe(`414.8${nbsp}kW`);
    expect(of(79.6, { unit: "°F", kind: "gauge", quantity: "temperature" })).toBe(`79.6${nbsp}°F`);
    expect(of(0.3102, { unit: "EUR/kWh", kind: "price", quantity: "spot-price" })).toBe(`0.3102${nbsp}€/kWh`);
  });

  it("show a trailing zero when the source is known to send decimals, and give decimals up before whole digits", () => {
    expect(numberText(55, { unit: "°F", exact: true, decimals: 1, locale })).toBe(`55.0${nbsp}°F`);
    expect(numberText(1_284_661.234, { unit: "kWh", exact: true, maxDigits: 8, locale })).toBe(`1,284,661.2${nbsp}kWh`);
    expect(numberText(123_456_789.5, { unit: "kWh", exact: true, maxDigits: 8, locale })).toBe(`123,456,790${nbsp}kWh`);
  });

  it("use the thousands and the point of the locale", () => {
    expect(numberText(20_481.25, { unit: "kWh", exact: true, locale: "de-DE" })).toBe(`20.481,25${nbsp}kWh`);
  });

  it("of a range share unit and decimals", () => {
    expect(rangeText(0.1, 48.2, { unit: "kW", locale })).toBe(`0.1 to 48.2${nbsp}kW`);
    expect(rangeText(35, 1210, { unit: "W", locale })).toBe(`0.04 to 1.21${nbsp}kW`);
    expect(rangeText(-1900, 12, { unit: "W", locale })).toBe(`−1.90 to 0.01${nbsp}kW`);
    expect(rangeText(54, 74.2, { unit: "°C", exact: true, locale })).toBe(`54.0 to 74.2${nbsp}°C`);
  });

  it("never lose more than half a unit of the third digit", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (value) => {
        const read = Number(shownNumber(value, { unit: "x", locale }).number.replaceAll(",", ""));
        expect(Math.abs(read - value)).toBeLessThanOrEqual(value * 0.005 + 5e-7);
      }),
    );
  });
});

describe("decimals of a source", () => {
  it("survive the noise of 32-bit floats", () => {
    expect([20.299999237060547, 57.8, 3, 0.3102, 1_284_661.234].map((value) => decimalsOf(value, 4))).toEqual([1, 1, 0, 4, 3]);
  });
});

describe("bytes", () => {
  it("are told in the unit that keeps them short", () => {
    expect([0, 78, 9211, 412_338_120].map((bytes) => bytesText(bytes, locale))).toEqual(
      ["0 B", "78 B", "9.21 kB", "412 MB"].map((text) => text.replace(" ", nbsp)),
    );
  });
});
