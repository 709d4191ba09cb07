import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { boundedColumn } from "./bounded.ts";

const drawn = (tMs: readonly number[], value: readonly number[], changeOfValue: boolean) => ({
  ...{ series: "s", unit: "°F", changeOfValue },
  column: { tMs: Float64Array.from(tMs), value: Float64Array.from(value), quality: new Uint16Array(tMs.length) },
});
const range = (tMs: readonly number[]) => ({ fromMs: tMs[0] ?? 0, toMs: (tMs.at(-1) ?? 0) + 1 });
const rows = fc
  .array(fc.record({ gapMs: fc.integer({ min: 1, max: 900_000 }), value: fc.constantFrom(Number.NaN, 0, 1, 70.5, 72) }), {
    minLength: 1,
    maxLength: 6_000,
    size: "max",
  })
  .map((steps) => {
    let at = 1_772_323_200_000;
    return steps.map(({ gapMs, value }) => {
      at += gapMs;
      return { tMs: at, value };
    });
  });

describe("a column that is drawn", () => {
  test("is whole where it fits", () => {
    expect(boundedColumn("flow", drawn([1, 2], [Number.NaN, 5], false), { fromMs: 0, toMs: 10 })).toEqual({
      ...{ role: "flow", series: "s", unit: "°F", changeOfValue: false, bucketMs: null },
      ...{ tMs: [1, 2], value: [null, 5] },
    });
  });

  test("never holds more rows than fit, ascends, and says nothing that was not said", () => {
    fc.assert(
      fc.property(rows, fc.boolean(), (said, steps) => {
        const tMs = said.map((row) => row.tMs);
        const told = boundedColumn("flow", drawn(tMs, said.map((row) => row.value), steps), range(tMs)); // biome-ignore format: one row
        expect(told.tMs.length).toBe(told.value.length);
        expect(told.tMs.length).toBeLessThanOrEqual(2_001);
        expect(told.tMs.every((at, i) => i === 0 || at > (told.tMs[i - 1] as number))).toBe(true);
        const known = said.map(({ value }) => value).filter((value) => !Number.isNaN(value));
        const [least, most] = [Math.min(...known), Math.max(...known)];
        for (const value of told.value) if (value !== null) expect(value >= least - 1e-9 && value <= most + 1e-9).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  test("keeps every step where only repeats made it long", () => {
    const tMs = Array.from({ length: 5_000 }, (_, i) => i * 1_000);
    const value = tMs.map((at) => Math.floor(at / 1_000_000));
    const told = boundedColumn("effective-setpoint", drawn(tMs, value, true), range(tMs));
    expect(told).toMatchObject({
      bucketMs: null,
      tMs: [0, 1_000_000, 2_000_000, 3_000_000, 4_000_000, 4_999_000],
      value: [0, 1, 2, 3, 4, 4],
    });
  });
});
