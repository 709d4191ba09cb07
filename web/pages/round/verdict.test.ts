import { describe, expect, it } from "vitest";
import { expectedAt, type RoundStop, verdictOf } from "./verdict.ts";

const DAY_MS = 86_400_000;
const stop: RoundStop = {
  meter: "house.water",
  site: "house",
  name: "Water",
  group: "Cellar",
  medium: "water",
  unit: "m3",
  serial: "W 77",
  decimals: 1,
  due: true,
  dueMs: 0,
  lastMs: 0,
  lastValue: 500,
  expected: 510,
  low: 506,
  high: 516,
  perDay: 0.5,
};
const now = expectedAt(stop, { askedMs: 0, tMs: 0 });
const judge = (value: number) => verdictOf(value, stop, now);

describe("what a dial should show", () => {
  it("moves on with the days a phone is away, and never back", () => {
    expect(expectedAt(stop, { askedMs: 0, tMs: 4 * DAY_MS })).toEqual({ value: 512, low: 508, high: 518 });
    expect(expectedAt(stop, { askedMs: 4 * DAY_MS, tMs: 0 })).toEqual({ value: 510, low: 506, high: 516 });
    expect(expectedAt({ ...stop, expected: null, low: null, high: null }, { askedMs: 0, tMs: DAY_MS })).toEqual({
      value: null,
      low: null,
      high: null,
    });
  });
});

describe("the verdict on a number", () => {
  it("is quiet where it is as expected", () => {
    expect(judge(511)).toEqual({ kind: "plausible", sentence: "11.0\u00a0m³ since the last reading, as expected." });
  });

  it("says how many times the usual it is", () => {
    expect(judge(540).sentence).toBe("40.0\u00a0m³, 4 times the usual: check the digits.");
    expect(judge(525).sentence).toBe("25.0\u00a0m³, 2.5 times the usual: check the digits.");
    expect(judge(517).kind).toBe("unusual");
    expect(judge(505).sentence).toBe("5.00\u00a0m³, half of the usual: check the digits.");
  });

  it("finds a digit too many, a dial that fell, and one that stood still", () => {
    expect(judge(5110).sentence).toContain("a digit more");
    expect(judge(499.9)).toMatchObject({ kind: "falls" });
    expect(judge(500).sentence).toContain("Nothing used");
  });

  it("judges nothing where there is nothing to compare with", () => {
    expect(verdictOf(7, { ...stop, lastValue: null }, now).kind).toBe("first");
    expect(verdictOf(9000, stop, { value: null, low: null, high: null })).toMatchObject({ kind: "plausible" });
  });
});
