import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { zoneSparkScene } from "./zone-spark-scene.ts";

const QUARTER_MS = 900_000;
type Band = { readonly at: number; readonly low: number | null; readonly high: number | null };
const sparkOf = (value: readonly (number | null)[], bands: readonly Band[] = []) => ({
  spark: {
    fromMs: 0,
    stepMs: QUARTER_MS,
    value: [...value],
    bands: bands.map(({ at, low, high }) => ({ fromMs: at * QUARTER_MS, low, high })),
  },
});
const numbers = (path: string) => [...path.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }));

describe("the small picture of a zone", () => {
  it("has its band where its setpoints were, in steps where they changed, and none without them", () => {
    const { band, edges } = zoneSparkScene(
      sparkOf(
        [73, 74, 75, 76],
        [
          { at: 0, low: 60, high: 80 },
          { at: 2, low: 70, high: 75 },
        ],
      ),
    );
    expect(band.match(/M0 7H50V93H0Z/g)).toHaveLength(1);
    expect(band.match(/M50 [\d.]+H100V50H50Z/g)).toHaveLength(1);
    // The upper edge goes down where the band narrows.
    expect(edges).toMatch(/M50 7V[\d.]+H100/);
    expect(zoneSparkScene(sparkOf([73, 74]))).toMatchObject({ band: "", edges: "" });
  });

  it("has no band for as long as a setpoint was unknown", () => {
    const { band } = zoneSparkScene(
      sparkOf(
        [73, 74, 75, 76],
        [
          { at: 0, low: null, high: null },
          { at: 1, low: 70, high: 75 },
          { at: 3, low: null, high: null },
        ],
      ),
    );
    expect(band).toMatch(/^M25 [\d.]+H75V[\d.]+H25Z$/);
  });

  it("draws nothing across a gap, and a lone value as a dash", () => {
    const { line } = zoneSparkScene(sparkOf([73, 74, null, 75, null]));
    expect(line.match(/M/g)).toHaveLength(2);
    expect(line).toContain("h0.8");
  });

  it("ends with the last value there is, and is empty where there is none", () => {
    expect(zoneSparkScene(sparkOf([73, 74, null])).end?.x).toBe(50);
    expect(zoneSparkScene(sparkOf([null]))).toEqual({ line: "", band: "", edges: "", end: undefined });
  });

  it("makes no mountain of a tenth of a degree", () => {
    const { line } = zoneSparkScene(sparkOf([73, 73.1, 73]));
    const heights = numbers(line).map(({ y }) => y);
    expect(Math.max(...heights) - Math.min(...heights)).toBeLessThan(10);
  });

  it("stays inside its box, whatever came", () => {
    const value = fc.option(fc.double({ min: -300, max: 300, noNaN: true }));
    const limit = fc.option(fc.double({ min: -300, max: 300, noNaN: true }));
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 96 }), limit, limit, (values, low, high) => {
        const scene = zoneSparkScene(sparkOf(values, [{ at: 0, low, high }]));
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
