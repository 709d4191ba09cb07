import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ChartColumn, chartColumn } from "#web/charts/chart-column.ts";
import { mergeColumns } from "#web/charts/merge-columns.ts";
import { counterSum, type StatisticsRules, statisticsOf } from "./statistics.ts";

const HOUR = 3_600_000;
const MINUTE = 60_000;

interface Given {
  readonly tMs: number[];
  readonly value: (number | null)[];
  readonly kind?: string;
  readonly quality?: number[];
  readonly gapMs?: number;
  readonly bucketMs?: number;
  readonly n?: number[];
  readonly min?: number[];
  readonly max?: number[];
  readonly intervalMs?: number;
}

function column(given: Given): ChartColumn {
  const { kind = "gauge", bucketMs, intervalMs = 0 } = given;
  return chartColumn(
    {
      key: "s/p/q@x",
      unit: "kW",
      kind,
      mode: bucketMs === undefined ? "raw" : "buckets",
      ...(bucketMs === undefined ? {} : { bucketMs }),
      tMs: given.tMs,
      value: given.value,
      ...(given.n === undefined ? {} : { n: given.n }),
      ...(given.min === undefined ? {} : { min: given.min }),
      ...(given.max === undefined ? {} : { max: given.max }),
      quality: given.quality ?? given.tMs.map(() => 0),
      samples: given.tMs.length,
      ...(given.gapMs === undefined ? {} : { gapMs: given.gapMs }),
    },
    intervalMs,
  );
}

const rules: StatisticsRules = { kind: "gauge", unit: "kW", gapMs: 30 * MINUTE, nowMs: Number.MAX_SAFE_INTEGER };
const day = { fromMs: 0, toMs: 4 * HOUR };

describe("energy of a power series", () => {
  it("is power times time", () => {
    const steady = column({ tMs: [0, HOUR, 2 * HOUR, 3 * HOUR, 4 * HOUR], value: [10, 10, 10, 10, 10] });
    const found = statisticsOf(steady, day, { ...rules, gapMs: 2 * HOUR });
    expect(found.amount).toEqual({ value: 40, unit: "kWh" });
    expect(found.mean).toBe(10);
    expect(found.missing).toBe(0);
  });

  it("follows a slope exactly, also where the selection cuts it", () => {
    const slope = column({ tMs: [0, 4 * HOUR], value: [0, 8] });
    const found = statisticsOf(slope, { fromMs: HOUR, toMs: 3 * HOUR }, { ...rules, gapMs: 9 * HOUR });
    expect(found.amount?.value).toBeCloseTo(8, 9);
    expect(found.mean).toBeCloseTo(4, 9);
  });

  it("counts nothing for a gap, neither zero nor a guess", () => {
    const tMs = [0, 20 * MINUTE, 40 * MINUTE, HOUR, 3 * HOUR, 3 * HOUR + 20 * MINUTE, 3 * HOUR + 40 * MINUTE, 4 * HOUR];
    const broken = column({ tMs, value: tMs.map(() => 6), gapMs: 30 * MINUTE });
    const found = statisticsOf(broken, day, rules);
    expect(found.amount?.value).toBeCloseTo(12, 9);
    expect(found.mean).toBeCloseTo(6, 9);
    expect(found.missing).toBeCloseTo(0.5, 9);
    expect(found.measured).toBeCloseTo(0.5, 9);
  });

  it("is the same from aggregates as from the samples behind them", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 4, maxLength: 4 }), (means) => {
        const buckets = column({ tMs: [0, HOUR, 2 * HOUR, 3 * HOUR], value: means, bucketMs: HOUR, n: [60, 60, 60, 60] });
        const found = statisticsOf(buckets, day, { ...rules, everyMs: MINUTE });
        expect(found.amount?.value).toBeCloseTo(
          means.reduce((sum, mean) => sum + mean, 0),
          6,
        );
        expect(found.readings).toBe(240);
      }),
    );
  });

  it("sees the hole inside an aggregate by the readings it lacks", () => {
    const holed = column({ tMs: [0, HOUR, 2 * HOUR, 3 * HOUR], value: [5, 5, 5, 5], bucketMs: HOUR, n: [60, 15, 60, 60] });
    const found = statisticsOf(holed, day, { ...rules, everyMs: MINUTE });
    expect(found.missing).toBeCloseTo(0.75 / 4, 9);
    expect(found.amount?.value).toBeCloseTo(5 * 3.25, 9);
  });

  it("takes a slower past for what it was, not for holes", () => {
    const tMs = Array.from({ length: 8 }, (_, hour) => hour * HOUR);
    const n = [60, 60, 60, 60, 360, 360, 360, 360];
    const paced = column({ tMs, value: n.map(() => 2), bucketMs: HOUR, n });
    const found = statisticsOf(paced, { fromMs: 0, toMs: 8 * HOUR }, { ...rules, everyMs: MINUTE / 6, nowMs: 8 * HOUR });
    expect(found.missing).toBe(0);
    expect(found.amount?.value).toBeCloseTo(16, 9);
  });

  it("takes the row that is still filling for whole", () => {
    const filling = column({ tMs: [0, HOUR, 2 * HOUR], value: [4, 4, 4], bucketMs: HOUR, n: [60, 60, 30] });
    const found = statisticsOf(filling, day, { ...rules, everyMs: MINUTE, nowMs: 2.5 * HOUR });
    expect(found.missing).toBeCloseTo(0, 9);
    expect(found.amount?.value).toBeCloseTo(10, 9);
  });

  it("tells estimated time apart from measured time", () => {
    const tMs = [0, HOUR, 2 * HOUR, 3 * HOUR, 4 * HOUR];
    const found = statisticsOf(column({ tMs, value: [1, 1, 1, 1, 1], quality: [0, 2, 2, 0, 0] }), day, { ...rules, gapMs: 2 * HOUR });
    expect(found.estimated).toBeCloseTo(0.25, 9);
    expect(found.measured).toBeCloseTo(0.75, 9);
  });

  it("counts the future neither as missing nor as measured", () => {
    const half = column({ tMs: [0, HOUR, 2 * HOUR], value: [3, 3, 3] });
    const found = statisticsOf(half, day, { ...rules, gapMs: 90 * MINUTE, nowMs: 2 * HOUR });
    expect(found.missing).toBe(0);
    expect(found.amount?.value).toBeCloseTo(6, 9);
  });

  it("spreads an interval over the time before its end", () => {
    const quarters = column({ tMs: [HOUR, 2 * HOUR, 3 * HOUR, 4 * HOUR], value: [4, 8, 4, 8], kind: "interval", intervalMs: HOUR });
    expect(statisticsOf(quarters, day, { ...rules, kind: "interval" }).amount?.value).toBeCloseTo(24, 9);
    expect(statisticsOf(quarters, { fromMs: HOUR, toMs: 2 * HOUR }, { ...rules, kind: "interval" }).amount?.value).toBeCloseTo(8, 9);
  });

  it("leaves out readings with a bad status, which are shown all the same", () => {
    const tMs = [0, HOUR, 2 * HOUR, 3 * HOUR, 4 * HOUR];
    const bad = column({ tMs, value: [5, 5, 65_535, 5, 5], quality: [0, 0, 64, 0, 0] });
    const found = statisticsOf(bad, day, { ...rules, gapMs: 2 * HOUR });
    expect(found.highest?.value).toBe(5);
    expect(found.amount?.value).toBeCloseTo(10, 9);
    expect(found.mean).toBeCloseTo(5, 9);
    expect(found.missing).toBeCloseTo(0.5, 9);
    expect(found.readings).toBe(4);
  });

  it("means nothing for a temperature", () => {
    const found = statisticsOf(column({ tMs: [0, HOUR], value: [20, 22] }), day, { ...rules, unit: "°C", gapMs: 9 * HOUR });
    expect(found.amount).toBeUndefined();
    expect(found.mean).toBeCloseTo(21, 9);
  });
});

describe("consumption of a register", () => {
  it("is last minus first", () => {
    const register = column({ tMs: [0, HOUR, 2 * HOUR, 4 * HOUR], value: [100, 104, 109, 120], kind: "counter" });
    expect(counterSum(register, day)).toEqual({ value: 20, falls: 0 });
  });

  it("goes on over a gap, because the register did", () => {
    const register = column({ tMs: [0, 4 * HOUR], value: [100, 120], kind: "counter", gapMs: MINUTE });
    expect(counterSum(register, day).value).toBe(20);
  });

  it("is never negative across a drop, and says that the register fell", () => {
    const swapped = column({ tMs: [0, HOUR, 2 * HOUR, 3 * HOUR], value: [100, 110, 3, 8], kind: "counter" });
    expect(counterSum(swapped, day)).toEqual({ value: 15, falls: 1 });
  });

  it("is complete from aggregates too: the first one begins at its lowest reading", () => {
    const buckets = { tMs: [0, HOUR, 2 * HOUR], value: [110, 118, 125], min: [100, 111, 119], max: [110, 118, 125] };
    expect(counterSum(column({ ...buckets, kind: "counter", bucketMs: HOUR }), day)).toEqual({ value: 25, falls: 0 });
  });

  it("adds up: a span cut in two counts the same as the whole", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 6, maxLength: 30 }), fc.nat(28), (steps, cut) => {
        let sum = 0;
        const value = steps.map((step) => (sum += step));
        const register = column({ tMs: steps.map((_, index) => index * HOUR), value, kind: "counter" });
        const toMs = steps.length * HOUR;
        const at = Math.min(cut, steps.length - 1) * HOUR;
        const whole = counterSum(register, { fromMs: 0, toMs }).value;
        expect(counterSum(register, { fromMs: 0, toMs: at }).value + counterSum(register, { fromMs: at, toMs }).value).toBe(whole);
      }),
    );
  });
});

describe("amounts per interval", () => {
  it("are summed, from samples and from aggregates alike", () => {
    const kwh = { ...rules, kind: "interval", unit: "kWh" };
    const raw = column({ tMs: [HOUR, 2 * HOUR, 3 * HOUR, 4 * HOUR], value: [1, 2, 3, 4], kind: "interval", intervalMs: HOUR });
    expect(statisticsOf(raw, day, kwh).amount).toEqual({ value: 10, unit: "kWh" });
    const buckets = column({ tMs: [0, 2 * HOUR], value: [1.5, 3.5], n: [2, 2], bucketMs: 2 * HOUR, kind: "interval" });
    expect(statisticsOf(buckets, day, kwh).amount?.value).toBeCloseTo(10, 9);
  });

  it("since the last message are summed for the instants inside the span", () => {
    const delta = column({ tMs: [0, HOUR, 2 * HOUR, 4 * HOUR], value: [5, 6, 7, 8], kind: "delta" });
    expect(statisticsOf(delta, day, { ...rules, kind: "delta", unit: "pulses" }).amount).toEqual({ value: 18, unit: "pulses" });
  });
});

describe("a finer answer laid over a coarse one", () => {
  it("counts no stretch twice", () => {
    const coarse = column({ tMs: [0, HOUR, 2 * HOUR, 3 * HOUR], value: [10, 10, 10, 10], bucketMs: HOUR });
    const fine = column({ tMs: [HOUR, HOUR + 30 * MINUTE], value: [10, 10], bucketMs: 30 * MINUTE });
    const merged = mergeColumns(coarse, fine, { fromMs: HOUR, toMs: 2 * HOUR });
    expect(statisticsOf(merged, day, rules).amount?.value).toBeCloseTo(40, 9);
  });
});
