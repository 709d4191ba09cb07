import { expect, it } from "vitest";
import { comparedWords, coverageWords, dateWords, decimalOf, energySaid, energyText, missingWords, shareWords } from "./words.ts";

it.each([
  [4.8621, false, "4.862\u00a0kWh"],
  [13.44, false, "13.4\u00a0kWh"],
  [688.4, false, "688\u00a0kWh"],
  [9.9996, false, "10.0\u00a0kWh"],
  [4.8621, true, "5\u00a0kWh"],
  [0, false, "0.000\u00a0kWh"],
  [null, false, "—"],
  [Number.NaN, false, "—"],
])("writes %s kWh (whole: %s) as %s", (kwh, whole, text) => {
  expect(energyText(kwh, whole)).toBe(text);
});

it("says energy with three digits in a sentence", () => {
  expect(energySaid(4.8621)).toBe("4.86\u00a0kWh");
  expect(energySaid(4.8621, true)).toBe("5\u00a0kWh");
});

it.each([
  [4.86, 7.29, "a third less than"],
  [10, 10.2, "as much as"],
  [12.5, 10, "a quarter more than"],
  [15, 10, "half as much again as"],
  [5, 10, "half of"],
  [20, 10, "twice as much as"],
  [34, 10, "3.4 times as much as"],
  [8.7, 10, "13\u00a0% less than"],
  [3.3, 10, "two thirds less than"],
])("compares %s with %s: %s", (now, usual, words) => {
  expect(comparedWords(now, usual)).toBe(words);
});

it("compares nothing with what is not known, or with nothing", () => {
  expect(comparedWords(null, 5)).toBeUndefined();
  expect(comparedWords(5, null)).toBeUndefined();
  expect(comparedWords(5, 0)).toBeUndefined();
});

it("never rounds a part up to the whole, or down to nothing", () => {
  expect(shareWords(1.9, 4.86)).toBe("39\u00a0%");
  expect(shareWords(0.001, 4.86)).toBe("<1\u00a0%");
  expect(shareWords(1, 0)).toBeUndefined();
  expect(coverageWords(1)).toBe("100\u00a0% measured");
  expect(coverageWords(0.9949)).toBe("99.4\u00a0% measured");
  expect(coverageWords(0)).toBe("0\u00a0% measured");
});

it("says how many readings did not come, and forgives the clock one", () => {
  expect(missingWords({ today: 8802, expectedToday: 8803 })).toBe("8,802\u00a0readings today, none missing");
  expect(missingWords({ today: 8400, expectedToday: 8803 })).toBe("8,400\u00a0readings today, 403 missing");
  expect(missingWords({ today: 1, expectedToday: 0 })).toBe("1\u00a0reading today");
});

it.each([
  ["0.3102", "0.3102"],
  ["0,3102", "0.3102"],
  [" 95 ", "95"],
  ["-0.5", "-0.5"],
  ["", undefined],
  ["1.2.3", undefined],
  ["12e3", undefined],
  ["12345678901", undefined],
])("reads %j as the decimal %s", (text, decimal) => {
  expect(decimalOf(text)).toBe(decimal);
});

it("names a date, and leaves alone what is none", () => {
  expect(dateWords("2026-01-01", false)).toMatch(/1/);
  expect(dateWords("soon")).toBe("soon");
});
