import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY_MS } from "#calendar/civil.ts";
import { clippedEdges, joinPieces, splitEdges } from "./master-periods.ts";
import { CONSUMED } from "./meter-consumption.ts";
import { consumptionOf } from "./meter-fill.ts";
import type { MeterIndex } from "./meter-index.ts";
import { evenPace } from "./meter-pace.ts";
import { addUp } from "./meter-sum.ts";
import { atDay, indexAt, risingFrom } from "./register-world.ts";

const even = evenPace();
const day = (text: string) => Date.parse(`${text}T00:00Z`);
/** A master of meters that follow one another. */
function masterOf(edgesMs: Float64Array, periods: readonly { index: MeterIndex; fromMs: number; toMs: number }[]) {
  return joinPieces(
    edgesMs,
    periods.map(({ index, ...range }) => consumptionOf(index, clippedEdges(edgesMs, range), even)),
  );
}

describe("a master over two meters", () => {
  const old = indexAt([
    [day("2024-01-01"), 0],
    [day("2024-06-01"), 1500],
  ]);
  const fresh = indexAt([
    [day("2024-06-01"), 0],
    [day("2024-08-31"), 250],
  ]);
  const periods = [
    { index: old, fromMs: day("2020-01-01"), toMs: day("2024-06-01") },
    { index: fresh, fromMs: day("2024-06-01"), toMs: day("9999-12-31") },
  ];

  it("goes on from 1500 to 1750", () => {
    const { amount, missingMs } = masterOf(Float64Array.from([day("2024-01-01"), day("2024-08-31")]), periods);
    expect([amount[0], missingMs[0]]).toEqual([1750, 0]);
  });

  it("keeps the month of the change whole, where the original lost a month and counted 0 for the change", () => {
    const months = Float64Array.from(["2024-05-01", "2024-06-01", "2024-07-01", "2024-08-01"], day);
    const { amount } = masterOf(months, periods);
    expect(amount[0]).toBeCloseTo((1500 * 31) / 152, 9);
    expect(amount[1]).toBeCloseTo((250 * 30) / 91, 9);
    const weeks = Float64Array.from(["2024-05-29", "2024-06-05"], day);
    expect(masterOf(weeks, periods).amount[0]).toBeCloseTo((1500 * 3) / 152 + (250 * 4) / 91, 9);
  });

  it("says that ten days between the last of the old and the first of the new one are unknown", () => {
    const late = indexAt([
      [day("2024-06-11"), 0],
      [day("2024-08-31"), 243],
    ]);
    const year = Float64Array.from([day("2024-01-01"), day("2024-08-31")]);
    const { amount, missingMs, flags } = masterOf(year, [
      periods[0] as (typeof periods)[0],
      { ...(periods[1] as (typeof periods)[0]), index: late },
    ]);
    expect([amount[0], missingMs[0], (flags[0] as number) & CONSUMED.incomplete]).toEqual([1743, 10 * DAY_MS, CONSUMED.incomplete]);
  });

  it("knows nothing where no period lies", () => {
    const { amount, missingMs, flags } = masterOf(Float64Array.from([day("2019-01-01"), day("2019-02-01")]), periods);
    expect([amount[0], missingMs[0], flags[0]]).toEqual([Number.NaN, 31 * DAY_MS, CONSUMED.incomplete]);
  });
});

describe("edges", () => {
  it("are cut to a range and split where something changes", () => {
    const edges = Float64Array.from([0, 10, 20, 30]);
    expect([...clippedEdges(edges, { fromMs: 5, toMs: 20 })]).toEqual([5, 10, 20]);
    expect([...clippedEdges(edges, { fromMs: -5, toMs: 99 })]).toEqual([0, 10, 20, 30]);
    expect([...clippedEdges(edges, { fromMs: 12, toMs: 15 })]).toEqual([12, 15]);
    expect([...clippedEdges(edges, { fromMs: 30, toMs: 50 })]).toEqual([]);
    expect([...splitEdges(edges, [-1, 0, 15, 20, 30, 40])]).toEqual([0, 10, 15, 20, 30]);
  });
});

const register = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 99 })), { minLength: 1, maxLength: 20 })
  .map((steps) => indexAt(risingFrom(10, steps)));
const grid = fc.uniqueArray(fc.integer({ min: -50, max: 900 }), { minLength: 2, maxLength: 20 }).map((at) =>
  Float64Array.from(
    at.sort((a, b) => a - b),
    atDay,
  ),
);

describe("pieces", () => {
  it("of one meter for all time are that meter: a master of one meter is that meter", () => {
    fc.assert(
      fc.property(register, grid, (index, edgesMs) => {
        expect(masterOf(edgesMs, [{ index, fromMs: -Infinity, toMs: Infinity }])).toEqual(consumptionOf(index, edgesMs, even));
      }),
    );
  });

  it("of one meter in two periods are that meter, wherever it was cut", () => {
    fc.assert(
      fc.property(register, grid, fc.integer({ min: -60, max: 950 }), (index, edgesMs, cutDay) => {
        const cutMs = atDay(cutDay);
        const parts = masterOf(edgesMs, [
          { index, fromMs: -Infinity, toMs: cutMs },
          { index, fromMs: cutMs, toMs: Infinity },
        ]);
        const whole = consumptionOf(index, edgesMs, even);
        for (const [row, amount] of whole.amount.entries()) {
          if (Number.isNaN(amount)) expect(parts.amount[row]).toBeNaN();
          else expect(parts.amount[row]).toBeCloseTo(amount, 6);
          expect(parts.missingMs[row]).toBe(whole.missingMs[row]);
        }
      }),
    );
  });

  it("of sums are sums of pieces", () => {
    fc.assert(
      fc.property(register, register, grid, (a, b, edgesMs) => {
        const two = (of: Float64Array) => addUp([a, b].map((index) => ({ factor: 1, of: consumptionOf(index, of, even) })));
        const range = { fromMs: -Infinity, toMs: Infinity };
        expect(joinPieces(edgesMs, [two(clippedEdges(edgesMs, range))]).amount).toEqual(two(edgesMs).amount);
      }),
    );
  });
});
