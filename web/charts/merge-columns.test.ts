import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ChartColumn, chartColumn, EMPTY_COLUMN } from "./chart-column.ts";
import { findGaps, findQuality } from "./gaps.ts";
import { appendLive, mergeColumns, trimColumn } from "./merge-columns.ts";

const MINUTE = 60_000;
const column = (
  tMs: number[],
  more: { gapMs?: number; value?: (number | null)[]; quality?: number[]; bucketMs?: number } = {},
): ChartColumn =>
  chartColumn({
    key: "s/p/q@x",
    unit: "kW",
    kind: "gauge",
    mode: more.bucketMs === undefined ? "raw" : "buckets",
    ...(more.bucketMs === undefined ? {} : { bucketMs: more.bucketMs }),
    tMs,
    value: more.value ?? tMs.map((t) => t / MINUTE),
    quality: more.quality ?? tMs.map(() => 0),
    samples: tMs.length,
    ...(more.gapMs === undefined ? {} : { gapMs: more.gapMs }),
  });
const minutes = (...list: number[]) => list.map((minute) => minute * MINUTE);
const span = (from: number, to: number) => ({ fromMs: from * MINUTE, toMs: to * MINUTE });
const far = { nowMs: Number.MAX_SAFE_INTEGER };

describe("laying a finer column over a coarse one", () => {
  it("keeps the coarse rows outside and only the fine ones inside", () => {
    const merged = mergeColumns(column(minutes(0, 10, 20, 30, 40)), column(minutes(15, 16, 17)), span(12, 32));
    expect([...merged.tMs]).toEqual(minutes(0, 10, 15, 16, 17, 40));
  });

  it("draws no line over a span in which the finer answer has nothing", () => {
    const merged = mergeColumns(column(minutes(0, 10, 20, 30)), EMPTY_COLUMN, span(5, 25));
    expect([...merged.tMs]).toEqual(minutes(0, 30));
    expect([...merged.broken]).toEqual([0, 1]);
  });

  it("stays ascending without repeats, however answers overlap", () => {
    const rows = fc.uniqueArray(fc.nat(500), { maxLength: 60 }).map((list) => list.sort((a, b) => a - b));
    fc.assert(
      fc.property(rows, rows, fc.nat(500), fc.nat(200), (coarse, fine, from, length) => {
        const covered = span(from, from + length);
        const inside = fine.filter((minute) => minute >= from && minute < from + length);
        const merged = [...mergeColumns(column(minutes(...coarse)), column(minutes(...inside)), covered).tMs];
        expect(merged).toEqual([...new Set(merged)].sort((a, b) => a - b));
        expect(merged.filter((t) => t >= covered.fromMs && t < covered.toMs)).toEqual(minutes(...inside));
      }),
    );
  });

  it("forgets what is far from the window", () => {
    expect([...trimColumn(column(minutes(0, 10, 20, 30)), span(5, 25)).tMs]).toEqual(minutes(10, 20));
  });
});

describe("live samples", () => {
  const rules = { gapMs: 5 * MINUTE, intervalMs: 0 };
  const live = (minute: number) => ({ tMs: minute * MINUTE, value: 1, quality: 0 });

  it("are added after the last row, and ignored where they are not newer", () => {
    const start = column(minutes(0, 1));
    expect([...appendLive(start, live(2), rules).tMs]).toEqual(minutes(0, 1, 2));
    expect(appendLive(start, live(1), rules)).toBe(start);
  });

  it("start a new line after a silence", () => {
    expect([...appendLive(column(minutes(0, 1)), live(30), rules).broken]).toEqual([0, 0, 1]);
  });
});

describe("gaps", () => {
  it("are found between readings further apart than the series ever is", () => {
    const found = findGaps(column(minutes(0, 1, 2, 20, 21), { gapMs: 5 * MINUTE }), span(0, 22), { gapMs: 5 * MINUTE, ...far });
    expect(found).toEqual([span(2, 20)]);
  });

  it("are found before the first and after the last reading, but not in the future", () => {
    const quiet = column(minutes(30, 31, 32), { gapMs: 5 * MINUTE });
    expect(findGaps(quiet, span(0, 60), { gapMs: 5 * MINUTE, ...far })).toEqual([span(0, 30), span(32, 60)]);
    expect(findGaps(quiet, span(0, 60), { gapMs: 5 * MINUTE, nowMs: 33 * MINUTE })).toEqual([span(0, 30)]);
  });

  it("are seen across the edges of the window and cut there", () => {
    const found = findGaps(column(minutes(0, 1, 40, 41), { gapMs: 5 * MINUTE }), span(10, 20), { gapMs: 5 * MINUTE, ...far });
    expect(found).toEqual([span(10, 20)]);
  });

  it("begin at a stated absence and last until the next value", () => {
    const found = findGaps(column(minutes(0, 1, 2, 3, 4), { value: [1, 1, null, null, 1], gapMs: 5 * MINUTE }), span(0, 5), {
      gapMs: 5 * MINUTE,
      ...far,
    });
    expect(found).toEqual([span(1, 4)]);
  });

  it("are measured from the end of one aggregate to the start of the next", () => {
    const buckets = column(minutes(0, 10, 60, 70), { bucketMs: 10 * MINUTE, gapMs: 15 * MINUTE });
    expect(findGaps(buckets, span(0, 80), { gapMs: 15 * MINUTE, ...far })).toEqual([span(20, 60)]);
  });

  it("are the whole span where nothing was heard at all", () => {
    expect(findGaps(EMPTY_COLUMN, span(0, 60), { gapMs: MINUTE, ...far })).toEqual([span(0, 60)]);
  });
});

describe("marked readings", () => {
  it("are gathered into stretches with their count", () => {
    const marked = column(minutes(0, 1, 2, 3, 4, 5), { quality: [0, 1, 1, 0, 1, 0] });
    expect(findQuality(marked, span(0, 6), 1).map((found) => [found.fromMs / MINUTE, found.toMs / MINUTE, found.rows])).toEqual([
      [1, 2, 2],
      [4, 4, 1],
    ]);
  });
});
