import { expect, test } from "vitest";
import { ApiError } from "./errors.ts";
import { instant, range } from "./instant.ts";

test.each([
  ["1772323200000", 1_772_323_200_000],
  ["0", 0],
  ["-1000", -1_000],
  ["2026-03-01T00:00:00Z", 1_772_323_200_000],
  ["2026-03-01T01:00:00+01:00", 1_772_323_200_000],
  ["2026-03-01T01:00:00 01:00", 1_772_323_200_000],
  ["2026-03-01T00:00:00.250Z", 1_772_323_200_250],
])("%s is that instant", (text, tMs) => expect(instant(text, "from")).toBe(tMs));

test.each([
  ["2026-03-01T00:00:00", "offset"],
  ["2026-03-01", "expected a time"],
  ["yesterday", "expected a time"],
  ["1e12", "expected a time"],
  ["", "expected a time"],
  ["9999999999999999", "expected a time"],
  ["8640000000000000", "expected a time"],
  ["-8640000000000000", "expected a time"],
])("%j is refused in words", (text, word) => {
  const refused = () => instant(text, "from");
  expect(refused).toThrow(ApiError);
  try {
    refused();
  } catch (error) {
    expect((error as ApiError).details?.[0]).toContain("`from`");
    expect((error as ApiError).details?.[0]).toContain(word);
  }
});

test("a range ends after it begins", () => {
  expect(range({ from: "1", to: "2" })).toEqual({ fromMs: 1, toMs: 2 });
  expect(() => range({ from: "2", to: "2" })).toThrow("bad-range");
});
