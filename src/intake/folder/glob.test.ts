import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matches } from "./glob.ts";

describe("a glob", () => {
  it.each([
    ["*.csv", "june.csv", true],
    ["*.csv", "JUNE.CSV", true],
    ["*.csv", "june.csv.tmp", false],
    ["*.csv", ".june.csv", false],
    ["KYZ_????.csv", "KYZ_2026.csv", true],
    ["KYZ_????.csv", "KYZ_26.csv", false],
    ["a+b[1].csv", "a+b[1].csv", true],
    ["a+b[1].csv", "aab1.csv", false],
    ["*", "anything at all", true],
  ])("%s and the name %s: %s", (glob, name, expected) => {
    expect(matches(glob, name)).toBe(expected);
  });

  it("is its own name where it has no star, and a star is any text, in no time", () => {
    const name = fc.string({ minLength: 1 }).filter((text) => !/[*?]/.test(text) && !text.startsWith("."));
    fc.assert(fc.property(name, name, (a, b) => matches(a, a) && matches(`${a}*${b}`, `${a}x${b}`) && matches(`${a}*`, a)));
    expect(matches("*a*a*a*a*a*a*a*a*a*a*b", "a".repeat(40))).toBe(false);
  });
});
