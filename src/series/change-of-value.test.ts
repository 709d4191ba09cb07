import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isChangeOfValue } from "./change-of-value.ts";

const MINUTE = 60_000;
const column = (tMs: readonly number[]) => ({ tMs: Float64Array.from(tMs) });
const polled = (intervalMs: number, count: number): number[] => Array.from({ length: count }, (_, i) => i * intervalMs);

describe("how a series speaks", () => {
  it("is at its hours where a thermometer is polled, a second late now and then", () => {
    const told = isChangeOfValue(column(polled(10 * MINUTE, 300).map((tMs, i) => tMs + (i % 3) * 1_000)));
    expect(told.changeOfValue).toBe(false);
    expect(told.because).toBe("299 of 299 gaps between samples are 10 min long: it is polled.");
    expect(told.usualMs).toBeCloseTo(10 * MINUTE, -4);
  });

  it("is on change where a setpoint moves every half minute for an hour, and holds for days", () => {
    const ramp = (from: number) => Array.from({ length: 120 }, (_, i) => from + i * 28_000 + (i % 4) * 1_000);
    const told = isChangeOfValue(column([...ramp(0), ...ramp(58 * 60 * MINUTE), ...ramp(100 * 60 * MINUTE)]));
    expect(told.changeOfValue).toBe(true);
    expect(told.because).toMatch(
      /^Gaps between samples go up to 57\.1 h, and the usual [\d.]+ s make up 2 % of the time: it speaks when its value changes\.$/,
    );
  });

  it("is on change where a fan starts and stops as it is needed", () => {
    expect(isChangeOfValue(column([0, 18, 1_300, 1_362, 1_364, 1_604, 7_200, 8_000].map((t) => t * MINUTE))).changeOfValue).toBe(true);
  });

  it("is taken to be on change where a few samples tell nothing", () => {
    expect(isChangeOfValue(column([0]))).toEqual({
      changeOfValue: true,
      usualMs: Number.NaN,
      because: "1 sample shows no regular spacing: each value holds until the next one.",
    });
  });

  it("stays polled while its station was silent for longer than it spoke", () => {
    const before = polled(15 * MINUTE, 100);
    const away = 400 * 60 * MINUTE;
    const tMs = [...before, ...before.map((t) => t + away)];
    const silences = [{ fromMs: 99 * 15 * MINUTE, toMs: away }];
    expect(isChangeOfValue(column(tMs), { silences }).changeOfValue).toBe(false);
    expect(isChangeOfValue(column(tMs)).changeOfValue).toBe(true);
  });

  it("does not hang on when it began, nor on how fast the clock runs", () => {
    const gaps = fc.array(fc.integer({ min: 3_000, max: 500_000 }), { minLength: 4, maxLength: 40 });
    fc.assert(
      fc.property(gaps, fc.integer({ min: 0, max: 1e12 }), (list, start) => {
        let at = start;
        const tMs = [at, ...list.map((gap) => (at += gap))];
        const told = isChangeOfValue(column(tMs));
        expect(isChangeOfValue(column(tMs.map((t) => t - start))).changeOfValue).toBe(told.changeOfValue);
      }),
    );
  });
});
