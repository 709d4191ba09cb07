import { expect, test } from "vitest";
import { columnDecimals, fixedText, pulseDecimals } from "./resolution.ts";

test("a tenth of a pulse is seen, a thousandth is noise", () => {
  expect([408, 6.8, 1.7, 0.4, 0.05, 0.001, null].map(pulseDecimals)).toEqual([0, 1, 1, 2, 3, 3, 1]);
});

test("a column has the decimals of its finest number, and no finer than is allowed", () => {
  expect(columnDecimals([3660, 3658.4, null, Number.NaN], 1)).toBe(1);
  expect(columnDecimals([3660, 3661], 1)).toBe(0);
  expect(columnDecimals([0.123456], 2)).toBe(2);
});

test("what is unknown is a dash, and a zero has no minus", () => {
  expect(fixedText(null, "kW", 1)).toBe("—");
  expect(fixedText(Number.NaN, "kW", 1)).toBe("—");
  expect(fixedText(-0.04, "kW", 1)).toBe("0.0\u00a0kW");
  expect(fixedText(3658.4123, "kW", 1)).toBe("3,658.4\u00a0kW");
});
