import { describe, expect, it } from "vitest";
import { type SparklineData, sparklineRuns } from "./draw-sparkline.ts";

const size = { width: 88, height: 34 };
const base: SparklineData = { tMs: [0, 10, 20, 30], value: [1, 2, 3, 4], fromMs: 0, toMs: 30, fromZero: true, step: false, state: "fresh" };

describe("a sparkline", () => {
  it("breaks where a value is missing", () => {
    const { runs } = sparklineRuns({ ...base, value: [1, null, 3, 4] }, size);
    expect(runs.map((run) => run.length)).toEqual([1, 2]);
  });

  it("keeps room for the dot at its right end", () => {
    const { runs } = sparklineRuns(base, size);
    expect(runs[0]?.at(-1)?.x).toBe(size.width - 4);
  });

  it("stands amounts on zero, also where all are far above it", () => {
    const { runs, baseY } = sparklineRuns({ ...base, value: [100, 101, 100, 101] }, size);
    expect(baseY).toBe(size.height - 2);
    for (const spot of runs[0] ?? []) expect(spot.y).toBeLessThan(size.height / 3);
  });

  it("puts sold power below the zero line", () => {
    const { runs, baseY } = sparklineRuns({ ...base, value: [-2, -1, 1, 2] }, size);
    expect(runs[0]?.[0]?.y).toBeGreaterThan(baseY);
    expect(runs[0]?.[3]?.y).toBeLessThan(baseY);
  });

  it("draws a value that never moves inside its box", () => {
    for (const fromZero of [true, false]) {
      const { runs } = sparklineRuns({ ...base, value: [62, 62, 62, 62], fromZero }, size);
      for (const spot of runs[0] ?? []) {
        expect(spot.y).toBeGreaterThan(0);
        expect(spot.y).toBeLessThan(size.height);
      }
    }
  });

  it("has nothing to draw where nothing is known", () => {
    expect(sparklineRuns({ ...base, value: [null, null, null, null] }, size).runs).toEqual([]);
  });
});
