import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { safePattern } from "./safe-pattern.ts";

const problemOf = (given: string) => {
  const safe = safePattern(given);
  return "problem" in safe ? safe.problem : undefined;
};

describe("a pattern of a person", () => {
  it.each([
    "space\\s*temp",
    "\\bzn\\s*t\\b",
    "\\bcfm\\b(?!\\s*sp)",
    "compressor\\s*\\d*\\s*cmd",
    "(?i)compress(or)?\\s*(1|stage\\s*1)?\\s*(cmd|command|output)",
    "(?i)(comp|cool)\\s*stg\\s*1",
    "box [0-9]{1,3} flow",
    "vav ?[0-9]{1,3}-[0-9]{1,3} .{0,20}temp",
    "flow\\{2\\}",
    "^zone.*temp",
    "a|b|c|d|e|f|g|h|i|j|k|l|m|n|o|p|q|r",
  ])("%s may be tried on any name", (given) => {
    expect(problemOf(given)).toBeUndefined();
  });

  it.each([
    ["(a+)+$", "repeats a group"],
    ["(?:a|a)*b", "repeats a group"],
    ["(?:(?:a?)b?)+c", "repeats a group"],
    ["((ab?)){2,}", "repeats a group"],
    [".*.*.*x", "repeats more than 2"],
    ["(temp)\\1", "refers back"],
    ["(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)x", "too many ways"],
    ["a?a?a?a?a?a?a?a?a?a?a?a?aaaaaaaaaaaa", "too many ways"],
    ["a{0,20}a{0,20}a{0,20}a{0,20}b", "too many ways"],
    ["(?P<x>temp)", "not a regular expression"],
    ["temp(", "not a regular expression"],
    ["", "is empty"],
    ["(?i)", "is empty"],
    ["x*", "fits every name"],
    ["t".repeat(301), "longer than 300"],
  ])("%s is refused with a sentence", (given, sentence) => {
    expect(problemOf(given)).toContain(sentence);
  });

  it("means the same whatever the case", () => {
    const safe = safePattern("(?i)Space\\s*Temp");
    expect("pattern" in safe && safe.pattern.test("SPACE TEMP")).toBe(true);
  });

  it("that is taken works through the worst name in few steps", () => {
    const piece = fc.constantFrom(
      "a",
      "b",
      ".",
      "\\d",
      "[ab]",
      "(a|b)",
      "(?:ab)",
      "\\s",
      "a*",
      "a+",
      "(a)?",
      ".*",
      "{2}",
      "b{1,3}",
      "?",
      "+",
      "|",
      "x",
      "$",
    );
    const pattern = fc.array(piece, { minLength: 1, maxLength: 14 }).map((parts) => parts.join(""));
    const name = fc.constantFrom("a".repeat(200), "ab".repeat(100), "a ".repeat(100), `${"a".repeat(199)}!`);
    fc.assert(
      fc.property(pattern, name, (given, text) => {
        const safe = safePattern(given);
        if ("problem" in safe) return typeof safe.problem === "string";
        return typeof safe.pattern.test(text) === "boolean";
      }),
    );
  });
});
