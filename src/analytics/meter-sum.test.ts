import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY_MS } from "#calendar/civil.ts";
import { CONSUMED, type MeterConsumption } from "./meter-consumption.ts";
import { parseFormula } from "./meter-formula.ts";
import { addUp } from "./meter-sum.ts";
import { atDay } from "./register-world.ts";

const of = (...rows: (readonly [amount: number, measured?: number, missingDays?: number, flags?: number])[]): MeterConsumption => ({
  edgesMs: Float64Array.from({ length: rows.length + 1 }, (_, i) => atDay(i)),
  amount: Float64Array.from(rows, ([amount]) => amount),
  measured: Float64Array.from(rows, ([amount, measured = amount]) => measured),
  missingMs: Float64Array.from(rows, ([amount, , days = Number.isNaN(amount) ? 1 : 0]) => days * DAY_MS),
  flags: Uint16Array.from(rows, ([, , , flags = 0]) => flags),
});
const nothing = [Number.NaN] as const;
const difference = (a: MeterConsumption, b: MeterConsumption) =>
  addUp([
    { factor: 1, of: a },
    { factor: -1, of: b },
  ]);

describe("a sum of meters", () => {
  it("adds and takes off: 100 - 30 = 70", () => {
    expect([...difference(of([100]), of([30])).amount]).toEqual([70]);
  });

  it("shows what is below zero and says so: 100 - 150 = -50, where the original hid it as 0", () => {
    const { amount, flags } = difference(of([100]), of([150]));
    expect([amount[0], flags[0]]).toEqual([-50, CONSUMED.belowZero]);
  });

  it("converts row by row: 1000 m³ less 1022.4 kWh at 10.221304 kWh per m³ are 899.974 m³", () => {
    const factor = Float64Array.of(-1 / 10.221304, -1 / 11);
    const { amount } = addUp([
      { factor: 1, of: of([1000], [1000]) },
      { factor, of: of([1022.4], [1100]) },
    ]);
    expect(amount[0]).toBeCloseTo(899.974, 3);
    expect(amount[1]).toBeCloseTo(900, 9);
  });

  it("takes a difference that is only rounding for zero", () => {
    const { amount, flags } = difference(of([0.1 + 0.2]), of([0.3]));
    expect([amount[0], flags[0]]).toEqual([0, 0]);
    const other = difference(of([0.3]), of([0.1 + 0.2]));
    expect([other.amount[0], other.flags[0]]).toEqual([0, 0]);
  });

  it("counts what is known of addends and is incomplete, where the original let the total fall by a whole counter", () => {
    const { amount, flags, missingMs } = addUp([
      { factor: 1, of: of([5]) },
      { factor: 1, of: of(nothing) },
    ]);
    expect([amount[0], flags[0], missingMs[0]]).toEqual([5, CONSUMED.incomplete, DAY_MS]);
  });

  it("is not known where nothing is known of what is taken off: that is not the whole", () => {
    const { amount, flags, missingMs } = difference(of([100], nothing), of(nothing, [1]));
    expect([...amount]).toEqual([Number.NaN, Number.NaN]);
    expect([...flags]).toEqual([CONSUMED.incomplete, CONSUMED.incomplete]);
    expect([...missingMs]).toEqual([DAY_MS, DAY_MS]);
  });

  it("is not known where a factor is not known", () => {
    expect(addUp([{ factor: Float64Array.of(Number.NaN), of: of([5]) }]).amount[0]).toBeNaN();
  });

  it("has as much measured as its parts: of a difference the share of both", () => {
    expect(
      addUp([
        { factor: 1, of: of([10, 4]) },
        { factor: 2, of: of([10, 1]) },
      ]).measured[0],
    ).toBeCloseTo(6, 9);
    expect(difference(of([100, 100]), of([50, 0])).measured[0]).toBeCloseTo(50 * (100 / 150), 9);
  });

  it("carries what is remarkable about its parts, but below zero only where it is itself", () => {
    const { flags } = addUp([
      { factor: 1, of: of([10, 0, 0, CONSUMED.filled]) },
      { factor: 1, of: of([-3, -3, 0, CONSUMED.belowZero | CONSUMED.reset]) },
    ]);
    expect(flags[0]).toBe(CONSUMED.filled | CONSUMED.reset);
  });

  it("has no sum over other edges, and none of nothing", () => {
    expect(() => addUp([])).toThrow(RangeError);
    expect(() =>
      addUp([
        { factor: 1, of: of([1]) },
        { factor: 1, of: of([1], [2]) },
      ]),
    ).toThrow(RangeError);
  });
});

const amounts = fc
  .array(fc.integer({ min: 0, max: 10_000 }), { minLength: 3, maxLength: 3 })
  .map((values) => of(...values.map((value): [number] => [value / 10])));
const factors = fc.integer({ min: -30, max: 30 }).map((n) => n / 10);
const close = (a: MeterConsumption, b: MeterConsumption, by = 1) => {
  for (const [row, value] of a.amount.entries()) expect(value).toBeCloseTo((b.amount[row] as number) * by, 6);
};

describe("formulas", () => {
  it("are linear: what is added up twice is added up once", () => {
    fc.assert(
      fc.property(amounts, amounts, amounts, factors, factors, (a, b, c, f, g) => {
        const inner = addUp([
          { factor: 1, of: a },
          { factor: f, of: b },
        ]);
        const nested = addUp([
          { factor: g, of: inner },
          { factor: 1, of: c },
        ]);
        close(
          nested,
          addUp([
            { factor: g, of: a },
            { factor: f * g, of: b },
            { factor: 1, of: c },
          ]),
        );
      }),
    );
  });

  it("obey units: the same in another unit is the same number converted", () => {
    fc.assert(
      fc.property(amounts, amounts, fc.constantFrom(0.001, 10.221304, 1000), (a, b, unit) => {
        const formula = parseFormula("a - 0.5 * b");
        if (!("terms" in formula)) throw new Error(formula.problem);
        const parts = (by: number) => formula.terms.map(({ factor, meter }) => ({ factor: factor * by, of: meter === "a" ? a : b }));
        close(addUp(parts(unit)), addUp(parts(1)), unit);
      }),
    );
  });

  it("of one meter are that meter", () => {
    fc.assert(
      fc.property(amounts, (a) => {
        expect(addUp([{ factor: 1, of: a }])).toEqual(a);
      }),
    );
  });
});
