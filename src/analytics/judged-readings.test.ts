import { describe, expect, it } from "vitest";
import type { Column } from "#series/column.ts";
import { judgeReadings } from "./judged-readings.ts";
import { type RegisterRules, STEP } from "./meter-index.ts";

const DAY_MS = 86_400_000;
const BEGIN = Date.UTC(2024, 0, 1);
const RULES: RegisterRules = { replacements: [], decisions: new Map(), resetsMs: [] };
const MONTH = 30;

function column(points: readonly (readonly [day: number, value: number])[]): Column {
  return {
    tMs: Float64Array.from(points, ([day]) => BEGIN + day * DAY_MS),
    value: Float64Array.from(points, ([, value]) => value),
    quality: new Uint16Array(points.length),
  };
}
const monthly = (...values: number[]): Column => column(values.map((value, i) => [i * MONTH, value]));
const judged = (readings: Column, rules: Partial<RegisterRules> = {}) => judgeReadings(readings, { ...RULES, ...rules });
const id = (kind: string, day: number) => `${kind}-${BEGIN + day * DAY_MS}`;

describe("readings of a register", () => {
  it("count as they are where nothing is strange", () => {
    const { index, events } = judged(monthly(100, 200, 310, 400));
    expect(events).toEqual([]);
    expect([...index.total]).toEqual([0, 100, 210, 300]);
    expect([...index.register]).toEqual([100, 200, 310, 400]);
  });

  it("leave out one that is ten times too high, and say so", () => {
    const { index, events } = judged(monthly(1000, 1100, 1200, 13000, 1400, 1500));
    expect([...index.total]).toEqual([0, 100, 200, 400, 500]);
    expect(events.map(({ kind, value, counts, open }) => [kind, value, counts, open])).toEqual([["typo", 13000, false, false]]);
    expect(index.step[3]).toBe(STEP.leftOut);
  });

  it("leave out a digit slip that passed for a while", () => {
    const { index, events } = judged(monthly(1000, 1100, 1200, 1900, 1400, 1500));
    expect([...index.total]).toEqual([0, 100, 200, 400, 500]);
    expect(events.map(({ id }) => id)).toEqual([id("typo", 90)]);
  });

  it("leave out a single low one that its neighbours contradict", () => {
    const { index, events } = judged(monthly(1000, 1100, 120, 1300, 1400));
    expect([...index.total]).toEqual([0, 100, 300, 400]);
    expect(events.map(({ id }) => id)).toEqual([id("typo", 60)]);
  });

  it("wait for a decision where the last one is ten times too high", () => {
    const readings = monthly(1000, 1100, 1200, 13000);
    const { index, events } = judged(readings);
    expect([...index.total]).toEqual([0, 100, 200]);
    expect(events.map(({ id, open, counts }) => [id, open, counts])).toEqual([[id("implausible", 90), true, false]]);
    const real = judged(readings, { decisions: new Map([[id("implausible", 90), "real"]]) });
    expect([...real.index.total]).toEqual([0, 100, 200, 12000]);
    expect(real.events.map(({ open, decision }) => [open, decision])).toEqual([[false, "real"]]);
  });

  it("do not know what was used where the register fell and nobody said why", () => {
    const { index, events } = judged(monthly(1000, 1100, 1200, 20, 120, 220));
    expect([...index.total]).toEqual([0, 100, 200, 200, 300, 400]);
    expect(index.step[3]).toBe(STEP.unknown);
    expect(events.map(({ kind, open }) => [kind, open])).toEqual([["fall", true]]);
    expect(events[0]?.sentence).toMatch(/replaced/);
  });

  it("lose nothing over a replacement with both readings", () => {
    const { index } = judged(monthly(1000, 1100, 20, 120), {
      replacements: [{ tMs: BEGIN + 45 * DAY_MS, lastReading: 1150, firstReading: 0 }],
    });
    expect([...index.total]).toEqual([0, 100, 150, 170, 270]);
    expect([...index.step]).toEqual([0, 0, STEP.replaced, 0, 0]);
  });
});
