import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOUR_MS } from "#calendar/civil.ts";
import { type MeterAmounts, withAmounts } from "./meter-amounts.ts";
import { CONSUMED } from "./meter-consumption.ts";
import { consumptionOf, registerAt } from "./meter-fill.ts";
import { STEP } from "./meter-index.ts";
import { evenPace } from "./meter-pace.ts";
import { BEGIN_MS, indexAt, risingFrom } from "./register-world.ts";

const even = evenPace();
const hour = (h: number) => BEGIN_MS + h * HOUR_MS;
/** Hour after hour from one on; null is not known yet. */
const hours = (from: number, ...amounts: (number | null)[]): MeterAmounts => ({
  fromMs: Float64Array.from(amounts, (_, i) => hour(from + i)),
  toMs: Float64Array.from(amounts, (_, i) => hour(from + i + 1)),
  amount: Float64Array.from(amounts, (amount) => amount ?? Number.NaN),
});
const shown = (values: Float64Array) => [...values].map((value) => Math.round(value * 1e6) / 1e6);
const hourly = (from: number, to: number) => Float64Array.from({ length: to - from + 1 }, (_, i) => hour(from + i));

describe("hours behind a reading", () => {
  const anchor = indexAt([[hour(22), 5000]]);

  it("carry the dial on up to the hour that is not known: 5001.5, 5002.7, 5002.7, where the original went on to 5003.6 and lost that hour", () => {
    const index = withAmounts(anchor, hours(22, 1.5, 1.2, 0, null, 0.9));
    expect(shown(registerAt(index, hourly(22, 27), even))).toEqual([5000, 5001.5, 5002.7, 5002.7, Number.NaN, Number.NaN]);
    const { amount, missingMs } = consumptionOf(index, hourly(22, 27), even);
    expect(shown(amount)).toEqual([1.5, 1.2, 0, Number.NaN, 0.9]);
    expect([...missingMs]).toEqual([0, 0, 0, HOUR_MS, 0]);
  });

  it("go on when the hour arrives", () => {
    const index = withAmounts(anchor, hours(22, 1.5, 1.2, 0, 0.4, 0.9));
    expect(shown(registerAt(index, hourly(22, 27), even))).toEqual([5000, 5001.5, 5002.7, 5002.7, 5003.1, 5004]);
    expect([...consumptionOf(index, hourly(22, 27), even).flags]).toEqual([0, 0, 0, 0, 0]);
  });

  it("count from a reading within an hour by its share", () => {
    const index = withAmounts(indexAt([[hour(22.25), 5000]]), hours(22, 2, 1));
    expect(shown(registerAt(index, hourly(23, 24), even))).toEqual([5001.5, 5002.5]);
  });

  it("count without any reading, but then nobody knows the dial", () => {
    const index = withAmounts(indexAt([]), hours(0, 1, 2, null, 4));
    expect(shown(consumptionOf(index, hourly(0, 4), even).amount)).toEqual([1, 2, Number.NaN, 4]);
    expect(registerAt(index, hourly(0, 4), even).every(Number.isNaN)).toBe(true);
  });
});

describe("hours before a reading", () => {
  it("say what the dial showed as far as they follow one another", () => {
    const index = withAmounts(indexAt([[hour(5), 100]]), hours(0, 1, null, 2, 3, 4));
    expect(shown(registerAt(index, hourly(0, 5), even))).toEqual([Number.NaN, Number.NaN, 91, 93, 96, 100]);
    expect(shown(consumptionOf(index, hourly(0, 5), even).amount)).toEqual([1, Number.NaN, 2, 3, 4]);
  });
});

describe("hours between readings", () => {
  it("say how the difference is spread, and move no reading", () => {
    const index = withAmounts(
      indexAt([
        [hour(0), 10],
        [hour(4), 20],
      ]),
      hours(0, 1, 2, 3, 4),
    );
    expect(shown(registerAt(index, hourly(0, 4), even))).toEqual([10, 11, 13, 16, 20]);
    const scaled = withAmounts(
      indexAt([
        [hour(0), 10],
        [hour(4), 30],
      ]),
      hours(0, 1, 2, 3, 4),
    );
    expect(shown(registerAt(scaled, hourly(0, 4), even))).toEqual([10, 12, 16, 22, 30]);
  });

  it("leave the rest to the time they do not know", () => {
    const { amount, flags } = consumptionOf(
      withAmounts(
        indexAt([
          [hour(0), 10],
          [hour(4), 20],
        ]),
        hours(0, 1, 2, null, null),
      ),
      hourly(0, 4),
      even,
    );
    expect(shown(amount)).toEqual([1, 2, 3.5, 3.5]);
    expect([...flags]).toEqual([0, 0, CONSUMED.filled, CONSUMED.filled]);
  });

  it("know what was used where the register fell and nobody knows why", () => {
    const fallen = indexAt([
      [hour(0), 10],
      [hour(4), 2, STEP.unknown],
      [hour(5), 3],
    ]);
    const { amount, missingMs } = consumptionOf(withAmounts(fallen, hours(0, 1, 2, null, 4)), hourly(0, 5), even);
    expect(shown(amount)).toEqual([1, 2, Number.NaN, 4, 1]);
    expect([...missingMs]).toEqual([0, 0, HOUR_MS, 0, 0]);
  });

  it("that contradict the register are not believed", () => {
    const { amount } = consumptionOf(
      withAmounts(
        indexAt([
          [hour(0), 10],
          [hour(2), 20],
        ]),
        hours(0, 0, 0),
      ),
      hourly(0, 2),
      even,
    );
    expect(shown(amount)).toEqual([5, 5]);
  });
});

describe("amounts", () => {
  it("never move a reading nor the total between two, and the index never falls", () => {
    const register = fc.array(fc.tuple(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 0, max: 50 })), { maxLength: 12 });
    const known = fc.array(fc.option(fc.integer({ min: 0, max: 9 })), { maxLength: 120 });
    fc.assert(
      fc.property(register, known, fc.integer({ min: -40, max: 60 }), (steps, amounts, from) => {
        const readings = indexAt(
          risingFrom(
            1000,
            steps.map(([h, used]): [number, number] => [h / 24, used]),
          ),
        );
        const index = withAmounts(readings, hours(from, ...amounts));
        expect([...registerAt(index, readings.tMs, even)]).toEqual([...readings.register]);
        const whole = consumptionOf(index, readings.tMs, even).amount;
        const plain = consumptionOf(readings, readings.tMs, even).amount;
        for (const [row, amount] of plain.entries()) expect(whole[row]).toBeCloseTo(amount, 6);
        for (let i = 1; i < index.tMs.length; i += 1) {
          expect(index.tMs[i] as number).toBeGreaterThan(index.tMs[i - 1] as number);
          expect(index.total[i] as number).toBeGreaterThanOrEqual((index.total[i - 1] as number) - 1e-9);
        }
      }),
    );
  });
});
