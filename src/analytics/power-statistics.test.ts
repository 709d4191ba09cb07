import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Buckets } from "#series/column.ts";
import { bucketStatistics, powerStatistics, windowStatistics } from "./power-statistics.ts";

const TEN = Date.UTC(2026, 4, 5, 10);
const MINUTE_MS = 60_000;
const column = (...rows: readonly (readonly [number, number, number?])[]) => ({
  tMs: Float64Array.from(rows, ([minutes]) => TEN + minutes * MINUTE_MS),
  value: Float64Array.from(rows, ([, value]) => value),
  quality: Uint16Array.from(rows, ([, , bits = 0]) => bits),
});

describe("statistics of power", () => {
  it("of the Tasmota monitor: 0.5 kWh, 400 to 800 W, 600 W in the mean, 3 readings", () => {
    const counter = column([0, 100], [30, 100.2], [60, 100.5]);
    const power = column([0, 400], [30, 600], [60, 800]);
    const window = { fromMs: TEN, toMs: TEN + 60 * MINUTE_MS };
    const expected = { energyKwh: 0.5, minW: 400, maxW: 800, meanW: 600, count: 3 };
    expect(windowStatistics({ counter, power }, window)).toEqual(expected);
    expect(windowStatistics({ counter, power }, { fromMs: window.toMs, toMs: window.fromMs })).toEqual(expected);
    const none = { energyKwh: Number.NaN, minW: Number.NaN, maxW: Number.NaN, meanW: Number.NaN, count: 0 };
    expect(windowStatistics({ counter, power }, { fromMs: TEN + 1, toMs: TEN + 2 })).toEqual(none);
  });

  it("weigh by time, and leave out bad readings and silences", () => {
    const found = powerStatistics(column([0, 1000], [1, 1000], [2, 9e9, 64], [11, 3000], [12, 3000], [100, 3000]), {
      maxGapMs: 15 * MINUTE_MS,
    });
    expect(found).toMatchObject({ minW: 1000, minMs: TEN, maxW: 3000, maxMs: TEN + 11 * MINUTE_MS, count: 5, sampleMeanW: 2200 });
    expect(found.meanW).toBeCloseTo((1000 * 1 + 2000 * 10 + 3000 * 1) / 12, 9);
    expect(powerStatistics(column([0, 700]))).toMatchObject({ meanW: 700, count: 1 });
  });

  it("are between the least and the most, of readings as of buckets", () => {
    const watts = fc.array(fc.integer({ min: -20_000, max: 20_000 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(watts, (all) => {
        const readings = powerStatistics(column(...all.map((one, i) => [i, one] as const)));
        const buckets = bucketStatistics(inBuckets(all, 7));
        for (const { minW, meanW, maxW, sampleMeanW, count } of [readings, buckets]) {
          expect(minW <= meanW + 1e-9 && meanW <= maxW + 1e-9).toBe(true);
          expect([minW, maxW, count]).toEqual([Math.min(...all), Math.max(...all), all.length]);
          expect(sampleMeanW).toBeCloseTo(all.reduce((sum, one) => sum + one, 0) / all.length, 6);
        }
      }),
    );
  });
});

/** One reading a minute in buckets of so many, and one bucket of bad readings. */
function inBuckets(watts: readonly number[], size: number): Buckets {
  const parts: number[][] = [[]];
  for (let at = 0; at < watts.length; at += size) parts.push(watts.slice(at, at + size));
  const of = (take: (part: readonly number[]) => number): Float64Array =>
    Float64Array.from(parts, (part) => (part.length === 0 ? Number.NaN : take(part)));
  return {
    bucketMs: size * MINUTE_MS,
    tMs: Float64Array.from(parts, (_, i) => TEN + (i - 1) * size * MINUTE_MS),
    first: of((part) => part[0] as number),
    last: of((part) => part.at(-1) as number),
    min: of((part) => Math.min(...part)),
    max: of((part) => Math.max(...part)),
    sum: of((part) => part.reduce((sum, one) => sum + one, 0)),
    n: Uint32Array.from(parts, (part) => part.length),
    nBad: Uint32Array.from(parts, (part) => (part.length === 0 ? 3 : 0)),
    qualityOr: new Uint16Array(parts.length),
  };
}
