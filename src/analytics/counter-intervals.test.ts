import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { zoneNamed } from "#calendar/zone.ts";
import { QUALITY, qualityNames } from "#series/quality.ts";
import { counterChunk } from "./counter-intervals.ts";
import { counterTruth } from "./counter-truth.ts";
import { IntervalGrid } from "./interval-grid.ts";
import type { Intervals } from "./intervals.ts";

const BERLIN = zoneNamed("Europe/Berlin");
const NOON = Date.UTC(2026, 4, 5, 10);
const QUARTER_MS = 900_000;
const HOUR_MS = 3_600_000;
const SETTINGS = { connectionKw: 43, resolutionKwh: 0.001, zone: BERLIN, lengthMs: QUARTER_MS, layer: "meter" };

/** Readings, each [minutes after noon, kWh]. */
const at = (...rows: readonly (readonly [number, number])[]) => ({
  tMs: Float64Array.from(rows, ([minutes]) => NOON + minutes * 60_000),
  value: Float64Array.from(rows, ([, kwh]) => kwh),
  quality: new Uint16Array(rows.length),
});
const every = (count: number, minutes: number, kwhAt: (i: number) => number) =>
  at(...Array.from({ length: count }, (_, i) => [i * minutes, kwhAt(i)] as const));
const hour = { fromMs: NOON, toMs: NOON + HOUR_MS };
const digits = (column: Float64Array | Float32Array): number[] => Array.from(column, (one) => Number(one.toFixed(6)));
const sum = ({ energyKwh }: Intervals): number => energyKwh.reduce((all, kwh) => all + (Number.isNaN(kwh) ? 0 : kwh), 0);

describe("intervals of a counter", () => {
  it("are what the register went up by, on the line between the readings around a boundary", () => {
    const intervals = counterChunk(
      every(25, 4, (i) => 100 + i * 0.02),
      hour,
      SETTINGS,
    );
    expect(digits(intervals.energyKwh)).toEqual([0.075, 0.075, 0.075, 0.075]);
    expect(digits(intervals.demandKw)).toEqual([0.3, 0.3, 0.3, 0.3]);
    expect(digits(intervals.coverage)).toEqual([1, 1, 1, 1]);
    expect([...intervals.quality]).toEqual([0, 0, 0, 0]);
    expect(intervals.possibleKw.every(Number.isNaN)).toBe(true);
  });

  it("spread evenly what a silence counted: right in total, marked, no demand, and what it can have been at most", () => {
    const rows = [...Array.from({ length: 11 }, (_, i) => [i, 100 + i * 0.01] as const), [50, 100.9] as const];
    const more = Array.from({ length: 20 }, (_, i) => [51 + i, 100.9 + (i + 1) * 0.01] as const);
    const intervals = counterChunk(at(...rows, ...more), hour, SETTINGS);
    expect(digits(intervals.energyKwh)).toEqual([0.2, 0.3, 0.3, 0.2]);
    expect(sum(intervals)).toBeCloseTo(1, 9);
    expect(digits(intervals.coverage)).toEqual([0.666667, 0, 0, 0.666667]);
    expect(digits(intervals.demandKw)).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
    expect(digits(intervals.possibleKw)).toEqual([3.6, 3.2, 3.2, 3.6]);
    expect(qualityNames(intervals.quality[1] as number)).toEqual(["filled", "recoveredAfterGap"]);
  });

  it("hold no silence against an interval that has all of it", () => {
    const minutes = [0, 1, 2, 3, 4, 5, 12, 13, 14, 15, 16, 17];
    const intervals = counterChunk(
      at(...minutes.map((m) => [m, 100 + m * 0.01] as const)),
      { fromMs: NOON, toMs: NOON + QUARTER_MS },
      SETTINGS,
    );
    expect(digits(intervals.demandKw)).toEqual([0.6]);
    expect(digits(intervals.coverage)).toEqual([0.533333]);
    expect(qualityNames(intervals.quality[0] as number)).toEqual(["recoveredAfterGap"]);
  });

  it("take a register that stood still over a silence for what it says: nothing was used", () => {
    const intervals = counterChunk(at([-10, 5], [-9, 5], [-8, 5], [-7, 5], [-6, 5], [70, 5], [71, 5]), hour, SETTINGS);
    expect(digits(intervals.demandKw)).toEqual([0, 0, 0, 0]);
    expect(digits(intervals.coverage)).toEqual([1, 1, 1, 1]);
  });

  it("know no demand of a meter that is read once an hour, and hold the time for observed", () => {
    const intervals = counterChunk(
      every(30, 60, (i) => 100 + i),
      hour,
      SETTINGS,
    );
    expect(digits(intervals.energyKwh)).toEqual([0.25, 0.25, 0.25, 0.25]);
    expect(intervals.demandKw.every(Number.isNaN)).toBe(true);
    expect(digits(intervals.possibleKw)).toEqual([4, 4, 4, 4]);
    expect(digits(intervals.coverage)).toEqual([1, 1, 1, 1]);
    expect(qualityNames(intervals.quality[0] as number)).toEqual(["filled"]);
  });

  it("know the energy and no demand where a reader said the same for long and caught up at once", () => {
    const before = Array.from({ length: 30 }, (_, i) => [i, 100] as const);
    const after = Array.from({ length: 70 }, (_, i) => [30.5 + i, 103 + i * 0.01] as const);
    const intervals = counterChunk(at(...before, ...after), hour, SETTINGS);
    expect(sum(intervals)).toBeCloseTo(3 + 0.295, 9);
    expect(qualityNames(intervals.quality[2] as number)).toEqual(["filled", "recoveredAfterGap"]);
    expect(digits(intervals.demandKw.subarray(2))).toEqual([Number.NaN, 0.6]);
  });

  it("hold a source that sends when its register moves for heard, and one that sends once an interval for exact", () => {
    const moves = at(...[0, 2, 3, 5, 9, 10, 12, 13, 60, 61].map((minutes, i) => [minutes, 100 + i * 0.01] as const));
    const { coverage, demandKw } = counterChunk(moves, hour, { ...SETTINGS, resolutionKwh: 0.01 });
    expect([digits(coverage), demandKw.some(Number.isNaN)]).toEqual([[1, 1, 1, 1], false]);
    const quarters = at(...[-30.01, -15, 0.005, 15.02, 30, 45.01, 60.03, 75].map((minutes, i) => [minutes, 100 + i * 0.25] as const));
    const exact = counterChunk(quarters, hour, SETTINGS);
    expect(exact.demandKw.every((kw) => Math.abs(kw - 1) < 0.01)).toBe(true);
    expect([...exact.quality]).toEqual([0, 0, 0, 0]);
  });

  it("know nothing where the register says nothing: before, after, and over a jump nobody can judge", () => {
    const outside = counterChunk(at([20, 100], [21, 100.1], [22, 100.2]), hour, SETTINGS);
    expect(digits(outside.energyKwh)).toEqual([Number.NaN, 0.2, Number.NaN, Number.NaN]);
    expect(digits(outside.coverage)).toEqual([0, 0.133333, 0, 0]);
    expect(outside.demandKw.every(Number.isNaN)).toBe(true);
    const before = Array.from({ length: 10 }, (_, i) => [i, 439_534 + i * 0.01] as const);
    const after = Array.from({ length: 80 }, (_, i) => [40 + i, 718 + i * 0.01] as const);
    const jump = counterChunk(at(...before, ...after), hour, SETTINGS);
    expect(digits(jump.energyKwh)).toEqual([0.09, Number.NaN, 0.05, 0.15]);
    expect(jump.quality.map((bits) => bits & QUALITY.suspect)).toEqual(Uint16Array.of(1, 1, 1, 0));
    expect(digits(jump.demandKw)).toEqual([Number.NaN, Number.NaN, Number.NaN, 0.6]);
  });

  it("say nothing yet of a zero that is the newest reading", () => {
    const readings = [...Array.from({ length: 40 }, (_, i) => [i, 50 + i * 0.01] as const), [40, 0] as const];
    expect(digits(counterChunk(at(...readings), hour, SETTINGS).energyKwh)).toEqual([0.15, 0.15, 0.09, Number.NaN]);
  });

  it("add up to the register over any stretch, whatever their length", () => {
    const lengths = fc.constantFrom(1, 5, 15, 30, 60).map((minutes) => minutes * 60_000);
    const steps = fc.array(fc.record({ ms: fc.integer({ min: 500, max: 7_200_000 }), watts: fc.integer({ min: 0, max: 30_000 }) }), {
      minLength: 2,
      maxLength: 200,
    });
    fc.assert(
      fc.property(steps, lengths, fc.constantFrom("Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe"), (all, lengthMs, name) => {
        let [tMs, kwh] = [Date.UTC(2026, 2, 29), 7_000];
        const rows = all.map(({ ms, watts }) => {
          tMs += ms;
          kwh += (watts * ms) / 3.6e9;
          return [(tMs - NOON) / 60_000, kwh] as const;
        });
        const column = at([(Date.UTC(2026, 2, 29) - NOON) / 60_000, 7_000], ...rows);
        const settings = { ...SETTINGS, resolutionKwh: 1e-6, lengthMs, zone: zoneNamed(name) };
        const range = { fromMs: (column.tMs[0] as number) - HOUR_MS, toMs: (column.tMs.at(-1) as number) + HOUR_MS };
        const intervals = counterChunk(column, range, settings);
        expect(sum(intervals)).toBeCloseTo(kwh - 7_000, 6);
        expect([...intervals.tMs]).toEqual([...new IntervalGrid(settings.zone, lengthMs).boundaries(range)].slice(1));
        for (const [i, more] of intervals.possibleKw.entries()) {
          if (!Number.isNaN(more)) expect(more).toBeGreaterThanOrEqual((intervals.powerKw[i] as number) - 1e-9);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe("a register of whole kWh", () => {
  const DAY_MS = 24 * HOUR_MS;
  const WHOLE = { ...SETTINGS, resolutionKwh: 1 };
  const midnight = BERLIN.dayStart(Date.UTC(2026, 2, 28, 12));
  /** Every 10 s over three days, the middle one of 23 hours, with a power of its own for each hour. */
  const threeDays = (watts: readonly number[]) => {
    const n = (3 * DAY_MS) / 10_000;
    let kwh = 4_000.4;
    const tMs = Float64Array.from({ length: n }, (_, i) => midnight - 3_000 + i * 10_000);
    const value = tMs.map((_, i) => {
      kwh += (watts[Math.floor(i / 360) % watts.length] as number) / 360_000;
      return Math.floor(kwh);
    });
    return { tMs, value, quality: new Uint16Array(n) };
  };

  it("has its steps spread over the time since the step before", () => {
    // 500 W: a step every two hours.
    const column = at(...Array.from({ length: 361 }, (_, i) => [i, 100 + Math.floor(i / 120)] as const));
    const intervals = counterChunk(column, { fromMs: NOON, toMs: NOON + 6 * HOUR_MS }, WHOLE);
    expect(digits(intervals.powerKw)).toEqual(new Array(24).fill(0.5));
    expect(sum(intervals)).toBeCloseTo(3, 9);
  });

  it("has days that are exactly what it showed at their ends, also those of 23 hours", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9_000 }), { minLength: 1, maxLength: 30 }), (watts) => {
        const column = threeDays(watts);
        const shown = counterTruth(column, WHOLE);
        const ends = [1, 2, 3].map((days) => BERLIN.addDays(midnight, days)).filter((end) => end <= (column.tMs.at(-1) as number));
        let fromMs = midnight;
        for (const toMs of ends) {
          const intervals = counterChunk(column, { fromMs, toMs }, WHOLE);
          expect(sum(intervals)).toBeCloseTo(shownAt(shown, toMs) - shownAt(shown, fromMs), 9);
          expect(Math.max(...intervals.powerKw)).toBeLessThan(19);
          fromMs = toMs;
        }
      }),
      { numRuns: 15 },
    );
  });
});

function shownAt({ tMs, energyKwh }: { tMs: Float64Array; energyKwh: Float64Array }, atMs: number): number {
  const row = tMs.findIndex((t) => t >= atMs);
  if (row === 0) return 0;
  const [fromMs, toMs] = [tMs[row - 1] as number, tMs[row] as number];
  const [from, to] = [energyKwh[row - 1] as number, energyKwh[row] as number];
  return from + ((to - from) * (atMs - fromMs)) / (toMs - fromMs);
}
