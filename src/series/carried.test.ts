import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CarryOptions, carriedIndex, valuesAt } from "./carried.ts";
import type { Column } from "./column.ts";
import { NO_PARTNER } from "./nearest.ts";
import { QUALITY } from "./quality.ts";

const HOUR = 3_600_000;

/** Rows as [hour, value, quality]. */
const column = (...rows: (readonly [at: number, value: number, quality?: number])[]): Column => ({
  tMs: Float64Array.from(rows, ([at]) => at * HOUR),
  value: Float64Array.from(rows, ([, value]) => value),
  quality: Uint16Array.from(rows, ([, , quality = 0]) => quality),
});
const carried = (hours: readonly number[], right: Column, options?: CarryOptions): number[] => {
  const left = Float64Array.from(hours, (hour) => hour * HOUR);
  return [...valuesAt(carriedIndex(left, right, options), right.value)];
};

describe("the value that still holds", () => {
  it("of a setpoint is that of 58 hours and of a fan that of 92 hours ago", () => {
    const setpoint = column([0, 72], [58.8, 74]);
    expect(carried([-1, 0, 58, 58.8, 151], setpoint)).toEqual([Number.NaN, 72, 72, 74, 74]);
  });

  it("ends with a bad status or a stated absence, and begins again with the next good sample", () => {
    const right = column([0, 72], [2, 73, QUALITY.badStatus], [4, 74], [6, Number.NaN], [8, 75]);
    expect(carried([1, 2, 3, 4, 5, 6, 7, 9], right)).toEqual([72, Number.NaN, Number.NaN, 74, 74, Number.NaN, Number.NaN, 75]);
  });

  it("counts where a person holds the point by hand", () => {
    expect(carried([1], column([0, 72, QUALITY.overridden]))).toEqual([72]);
  });

  it("begins anew where the history was started again", () => {
    expect(carried([1, 3], column([0, 72], [2, 68, QUALITY.recoveredAfterGap]))).toEqual([72, 68]);
  });

  it("is carried over no silence of the station, and not into one", () => {
    const silences = [{ fromMs: 2 * HOUR, toMs: 9 * HOUR }];
    const right = column([0, 72], [12, 70]);
    expect(carried([1, 2, 5, 9, 11, 12], right, { silences })).toEqual([72, 72, Number.NaN, Number.NaN, Number.NaN, 70]);
  });

  it("of a history with intervals is no older than it may be", () => {
    expect(carried([0.5, 1, 1.1], column([0, 72]), { mostAgeMs: HOUR })).toEqual([72, 72, Number.NaN]);
  });

  it("can be told in another unit", () => {
    const index = Int32Array.from([0, NO_PARTNER]);
    expect([...valuesAt(index, Float64Array.from([2]), (value) => 10 * value)]).toEqual([20, Number.NaN]);
  });

  it("is the one that a look at all rows finds", () => {
    const hours = fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { maxLength: 20 }).map((list) => list.sort((a, b) => a - b));
    const rows = hours.chain((list) =>
      fc.tuple(
        ...list.map((at) =>
          fc.tuple(fc.constant(at), fc.constantFrom(70, 71, Number.NaN), fc.constantFrom(0, QUALITY.badStatus, QUALITY.overridden)),
        ),
      ),
    );
    const silence = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 5 }));
    fc.assert(
      fc.property(hours, rows, fc.option(silence), fc.integer({ min: 1, max: 50 }), (left, list, quiet, most) => {
        const silences = quiet ? [{ fromMs: quiet[0] * HOUR, toMs: (quiet[0] + quiet[1]) * HOUR }] : [];
        const expected = left.map((at) => {
          const row = list.findLast(([saidAt]) => saidAt <= at);
          if (row === undefined || Number.isNaN(row[1]) || row[2] === QUALITY.badStatus || at - row[0] > most) return Number.NaN;
          return quiet && row[0] <= quiet[0] && at > quiet[0] ? Number.NaN : row[1];
        });
        expect(carried(left, column(...list), { silences, mostAgeMs: most * HOUR })).toEqual(expected);
      }),
    );
  });
});
