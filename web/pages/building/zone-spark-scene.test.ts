import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { zoneSparkScene } from "./zone-spark-scene.ts";

const spark = (value: readonly (number | null)[]) => ({ fromMs: 0, stepMs: 900_000, value: [...value] });
const numbers = (path: string) => [...path.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }));

describe("the small picture of a zone", () => {
  it("has its band where its setpoints are, and none without them", () => {
    const { band } = zoneSparkScene({ low: 71.5, high: 75.5, spark: spark([73, 74]) });
    expect((band?.bottom ?? 0) - (band?.top ?? 0)).toBeGreaterThan(50);
    expect(zoneSparkScene({ low: null, high: null, spark: spark([73, 74]) }).band).toBeUndefined();
  });

  it("draws nothing across a gap, and a lone value as a dash", () => {
    const { line } = zoneSparkScene({ low: null, high: null, spark: spark([73, 74, null, 75, null]) });
    expect(line.match(/M/g)).toHaveLength(2);
    expect(line).toContain("h0.8");
  });

  it("ends with the last value there is, and is empty where there is none", () => {
    expect(zoneSparkScene({ low: null, high: null, spark: spark([73, 74, null]) }).end?.x).toBe(50);
    expect(zoneSparkScene({ low: null, high: null, spark: spark([null]) })).toEqual({ line: "", band: undefined, end: undefined });
  });

  it("makes no mountain of a tenth of a degree", () => {
    const { line } = zoneSparkScene({ low: null, high: null, spark: spark([73, 73.1, 73]) });
    const heights = numbers(line).map(({ y }) => y);
    expect(Math.max(...heights) - Math.min(...heights)).toBeLessThan(10);
  });

  it("stays inside its box, whatever came", () => {
    const value = fc.option(fc.double({ min: -300, max: 300, noNaN: true }));
    const limit = fc.option(fc.double({ min: -300, max: 300, noNaN: true }));
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 96 }), limit, limit, (values, low, high) => {
        const scene = zoneSparkScene({ low, high, spark: spark(values) });
        for (const { x, y } of numbers(scene.line)) {
          expect(x).toBeGreaterThanOrEqual(0);
          expect(x).toBeLessThanOrEqual(100);
          expect(y).toBeGreaterThanOrEqual(0);
          expect(y).toBeLessThanOrEqual(100);
        }
      }),
    );
  });
});
