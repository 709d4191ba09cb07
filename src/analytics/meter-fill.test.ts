import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY_MS, HOUR_MS } from "#calendar/civil.ts";
import { zoneNamed } from "#calendar/zone.ts";
import { dayReadings } from "./day-readings.ts";
import { CONSUMED, type Pace } from "./meter-consumption.ts";
import { consumptionOf, registerAt } from "./meter-fill.ts";
import { type MeterIndex, STEP } from "./meter-index.ts";
import { evenPace, monthlyPace } from "./meter-pace.ts";
import { atDay, BEGIN_MS, GAS_PATTERN, indexAt, risingFrom } from "./register-world.ts";

const even = evenPace();
const days = (...at: number[]) => Float64Array.from(at, atDay);

describe("consumption", () => {
  it("of a counter belongs to the time up to its reading: 20, 40 and 10 of 70", () => {
    const index = indexAt([
      [3_600_000, 10],
      [7_200_000, 30],
      [10_800_000, 70],
      [12_600_000, 80],
    ]);
    const { amount, measured, flags } = consumptionOf(index, index.tMs, even);
    expect([...amount]).toEqual([20, 40, 10]);
    expect([...measured]).toEqual([20, 40, 10]);
    expect([...flags]).toEqual([0, 0, 0]);
    expect([...consumptionOf(index, Float64Array.from([3_600_000, 7_200_000, 12_600_000]), even).amount]).toEqual([20, 50]);
  });

  it("of constant power is the same every hour of the day: 240 of 10 in 24 hours", () => {
    const index = indexAt(Array.from({ length: 25 }, (_, hour) => [hour * HOUR_MS, hour * 10]));
    expect([...consumptionOf(index, index.tMs, even).amount]).toEqual(new Array(24).fill(10));
    expect(consumptionOf(index, Float64Array.from([0, 24 * HOUR_MS]), even).amount[0]).toBe(240);
  });

  it("of a year is 500 between 1000 and 1500", () => {
    const index = indexAt([
      [Date.UTC(2023, 11, 31), 1000],
      [Date.UTC(2024, 11, 31), 1500],
    ]);
    expect(consumptionOf(index, index.tMs, even).amount[0]).toBe(500);
  });

  it("day by day is 2.5, 2.5, 3 and 2.5, where the original put a first day of 0 before them", () => {
    const index = indexAt([100, 102.5, 105, 108, 110.5].map((register, day) => [atDay(day), register]));
    expect([...consumptionOf(index, index.tMs, even).amount]).toEqual([2.5, 2.5, 3, 2.5]);
  });

  it("says what was measured and what was filled", () => {
    const index = indexAt([
      [atDay(1), 0],
      [atDay(2), 10],
      [atDay(6), 50],
    ]);
    const { amount, measured, flags, missingMs } = consumptionOf(index, days(0, 4, 8), even);
    expect([...amount]).toEqual([30, 20]);
    expect([...measured]).toEqual([10, 0]);
    expect([...missingMs]).toEqual([DAY_MS, 2 * DAY_MS]);
    expect([...flags]).toEqual([CONSUMED.filled | CONSUMED.incomplete, CONSUMED.filled | CONSUMED.incomplete]);
  });

  it("of a register that stood still is zero, and that is measured", () => {
    const { amount, measured, flags } = consumptionOf(
      indexAt([
        [atDay(0), 7],
        [atDay(9), 7],
      ]),
      days(3, 4),
      even,
    );
    expect([amount[0], measured[0], flags[0]]).toEqual([0, 0, 0]);
  });

  it("is unknown where nobody knows, never zero", () => {
    const index = indexAt([
      [atDay(0), 0],
      [atDay(2), 10],
      [atDay(4), 3, STEP.unknown],
      [atDay(6), 13],
    ]);
    const { amount, missingMs, flags } = consumptionOf(index, days(-2, -1, 1, 2, 3, 5, 6, 7), even);
    expect([...amount]).toEqual([Number.NaN, 5, 5, Number.NaN, 5, 5, Number.NaN]);
    expect([...missingMs]).toEqual([1, 1, 0, 1, 1, 0, 1].map((n) => n * DAY_MS));
    expect([...flags].map((bits) => (bits & CONSUMED.incomplete) !== 0)).toEqual([true, true, false, true, true, false, true]);
    expect(consumptionOf(indexAt([]), days(0, 1), even).amount[0]).toBeNaN();
  });

  it("carries what happened to the meter", () => {
    const index = indexAt([
      [atDay(0), 0],
      [atDay(2), 10, STEP.replaced],
      [atDay(4), 20, STEP.corrected],
      [atDay(6), 30, STEP.reset | STEP.estimated],
      [atDay(8), 40, STEP.leftOut],
    ]);
    const { flags, measured } = consumptionOf(index, days(0, 2, 4, 6, 8), even);
    expect([...flags]).toEqual([
      CONSUMED.replaced,
      CONSUMED.corrected,
      CONSUMED.corrected | CONSUMED.reset | CONSUMED.extended,
      CONSUMED.leftOut,
    ]);
    expect([...measured]).toEqual([10, 10, 0, 10]);
  });

  it("of a register that rolled over goes on from zero", () => {
    const index: MeterIndex = {
      tMs: days(0, 10),
      total: Float64Array.of(0, 100),
      register: Float64Array.of(950, 50),
      step: new Uint8Array(2),
    };
    expect([...registerAt(index, days(-1, 0, 4, 5, 6, 10, 11), even)]).toEqual([Number.NaN, 950, 990, 0, 10, 50, Number.NaN]);
  });

  it("of days of 23 and 25 hours is what the clock lets pass", () => {
    const berlin = zoneNamed("Europe/Berlin");
    const spring = Float64Array.from(berlin.starts("day", Date.UTC(2024, 2, 29, 12), Date.UTC(2024, 3, 2)));
    const autumn = Float64Array.from(berlin.starts("day", Date.UTC(2024, 9, 25, 12), Date.UTC(2024, 9, 29)));
    const steady = indexAt([
      [BEGIN_MS, 0],
      [BEGIN_MS + 366 * DAY_MS, 366 * 24],
    ]);
    const rounded = (edges: Float64Array) => [...consumptionOf(steady, edges, even).amount].map((amount) => Math.round(amount));
    expect(rounded(spring)).toEqual([24, 24, 23, 24]);
    expect(rounded(autumn)).toEqual([24, 24, 25, 24]);
  });
});

const BITS = [0, 0, 0, STEP.unknown, STEP.estimated, STEP.replaced, STEP.leftOut, STEP.corrected];
const anyIndex = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 0, max: 100 }), fc.constantFrom(...BITS)), {
    minLength: 1,
    maxLength: 40,
  })
  .map((steps) => {
    const points = risingFrom(
      100,
      steps.map(([hours, used]): [number, number] => [hours / 24, used]),
    );
    return indexAt(points.map(([tMs, register], i) => [tMs, register, steps[i - 1]?.[2] ?? 0]));
  });
const edges = fc.uniqueArray(fc.integer({ min: -2000, max: 90_000 }), { minLength: 2, maxLength: 60 }).map((hours) =>
  Float64Array.from(
    hours.sort((a, b) => a - b),
    (hour) => BEGIN_MS + hour * HOUR_MS,
  ),
);
const zones = fc.constantFrom("Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "UTC").map(zoneNamed);
const paces: fc.Arbitrary<Pace> = fc.oneof(
  fc.constant(even),
  zones.map((zone) => monthlyPace(GAS_PATTERN, zone)),
  zones.map((zone) => monthlyPace([20, 15, 10, 5, 0, 0, 0, 0, 5, 10, 15, 20], zone)),
);
const sum = (values: Float64Array) => values.reduce((all, value) => all + (Number.isNaN(value) ? 0 : value), 0);

describe("filling", () => {
  it("conserves: what rows say together is what the register counted between their ends", () => {
    fc.assert(
      fc.property(anyIndex, edges, paces, (index, edgesMs, pace) => {
        const [first, last] = [
          Math.min(edgesMs[0] as number, index.tMs[0] as number),
          Math.max(edgesMs.at(-1) as number, index.tMs.at(-1) as number),
        ];
        const whole = Float64Array.from(new Set([first, ...edgesMs, last]));
        const { amount } = consumptionOf(index, whole, pace);
        expect(sum(amount)).toBeCloseTo(index.total.at(-1) as number, 6);
      }),
    );
  });

  it("is never below zero, and measures no more than it counts", () => {
    fc.assert(
      fc.property(anyIndex, edges, paces, (index, edgesMs, pace) => {
        const { amount, measured, missingMs } = consumptionOf(index, edgesMs, pace);
        for (let row = 0; row < amount.length; row += 1) {
          const lengthMs = (edgesMs[row + 1] as number) - (edgesMs[row] as number);
          expect(missingMs[row] as number).toBeLessThanOrEqual(lengthMs);
          expect(Number.isNaN(amount[row] as number)).toBe(missingMs[row] === lengthMs);
          if (Number.isNaN(amount[row] as number)) continue;
          expect(amount[row] as number).toBeGreaterThanOrEqual(0);
          expect(measured[row] as number).toBeLessThanOrEqual((amount[row] as number) + 1e-9);
        }
      }),
    );
  });

  it("adds up: more edges change no sum and no time that is missing", () => {
    fc.assert(
      fc.property(anyIndex, edges, edges, paces, (index, edgesMs, more, pace) => {
        const fine = Float64Array.from(new Set([...edgesMs, ...more])).sort();
        const [whole, parts] = [consumptionOf(index, edgesMs, pace), consumptionOf(index, fine, pace)];
        for (let row = 0; row + 1 < edgesMs.length; row += 1) {
          const [from, to] = [fine.indexOf(edgesMs[row] as number), fine.indexOf(edgesMs[row + 1] as number)];
          expect(sum(parts.amount.subarray(from, to))).toBeCloseTo(
            Number.isNaN(whole.amount[row] as number) ? 0 : (whole.amount[row] as number),
            6,
          );
          expect(sum(parts.missingMs.subarray(from, to))).toBe(whole.missingMs[row]);
        }
      }),
    );
  });

  it("meets every reading exactly, and lets the register rise between them", () => {
    fc.assert(
      fc.property(anyIndex, edges, paces, (index, more, pace) => {
        expect([...registerAt(index, index.tMs, pace)]).toEqual([...index.register]);
        const whole = Float64Array.from(new Set([...index.tMs, ...more])).sort();
        const shown = [...registerAt(index, whole, pace)].filter((register) => !Number.isNaN(register));
        for (let i = 1; i < shown.length; i += 1) expect(shown[i] as number).toBeGreaterThanOrEqual((shown[i - 1] as number) - 1e-9);
      }),
    );
  });

  it("is the same between readings whatever the pace, and by days out of the day's readings alone", () => {
    const dense = fc.array(fc.tuple(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 0, max: 9 }), fc.constantFrom(...BITS)), {
      minLength: 2,
      maxLength: 300,
    });
    fc.assert(
      fc.property(dense, zones, (steps, zone) => {
        const points = risingFrom(
          5,
          steps.map(([quarters, used]): [number, number] => [quarters / 960, used]),
        );
        const index = indexAt(points.map(([tMs, register], i) => [tMs, register, steps[i - 1]?.[2] ?? 0]));
        const edgesMs = Float64Array.from(zone.starts("day", index.tMs[0] as number, (index.tMs.at(-1) as number) + DAY_MS));
        const [all, few] = [consumptionOf(index, edgesMs, even), consumptionOf(dayReadings(index, zone), edgesMs, even)];
        for (const column of ["amount", "measured", "missingMs"] as const) {
          for (const [row, value] of all[column].entries()) {
            if (Number.isNaN(value)) expect(few[column][row]).toBeNaN();
            else expect(few[column][row]).toBeCloseTo(value, 6);
          }
        }
        expect([...few.flags]).toEqual([...all.flags]);
      }),
    );
  });
});
