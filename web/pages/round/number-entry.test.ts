import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dialText, fieldText, meantNumber, rangePlaces, readNumber } from "./number-entry.ts";

describe("what is typed off a dial", () => {
  it.each([
    ["4711", 4711],
    ["4711,3", 4711.3],
    ["4711.3", 4711.3],
    [" 4 711,30 ", 4711.3],
    ["4.711,3", 4711.3],
    ["4,711.3", 4711.3],
    ["1.234.567", 1_234_567],
    ["1'234'567.5", 1_234_567.5],
    ["12.345", 12.345],
    [",5", 0.5],
    ["5,", 5],
    ["000123", 123],
  ])("%j is %d", (text, value) => {
    expect(readNumber(text)).toBe(value);
  });

  it.each(["", " ", ".", "-5", "12a", "1.2.3", "1,2.3,4", "1e5", "NaN", "9".repeat(40)])("%j is no number", (text) => {
    expect(readNumber(text)).toBeUndefined();
  });

  it("comes back as it was shown, in any language and with any number of places", () => {
    const readings = fc.record({
      value: fc.integer({ min: 0, max: 99_999_999 }),
      decimals: fc.integer({ min: 0, max: 3 }),
      locale: fc.constantFrom("en", "de", "de-CH", "fr"),
    });
    fc.assert(
      fc.property(readings, ({ value, decimals, locale }) => {
        const shown = value / 10 ** decimals;
        expect(readNumber(fieldText(shown, decimals, locale))).toBe(shown);
        // 4.711 without a broken part cannot be told from four and a bit; with one it can.
        if (decimals > 0 && decimals < 3) expect(readNumber(dialText(shown, decimals, locale))).toBe(shown);
      }),
    );
  });

  it("without its mark is found out where the dial has broken digits", () => {
    const dial = { decimals: 1, low: 4705, high: 4720 };
    expect(meantNumber("47113", dial)).toBe(4711.3);
    expect(meantNumber("4711", dial)).toBeUndefined();
    expect(meantNumber("4711.3", dial)).toBeUndefined();
    expect(meantNumber("99999", dial)).toBeUndefined();
    expect(meantNumber("47113", { ...dial, decimals: 0 })).toBeUndefined();
    expect(meantNumber("47113", { ...dial, low: null })).toBeUndefined();
  });

  it("is expected within a range whose ends have the places that tell them apart", () => {
    expect([rangePlaces(826.475, 838.529, 3), rangePlaces(1, 1.02, 3), rangePlaces(0, 900, 1), rangePlaces(5, 5, 2)]).toEqual([1, 3, 0, 2]);
  });
});
