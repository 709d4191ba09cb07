import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY_MS } from "#calendar/civil.ts";
import { STEP } from "./meter-index.ts";
import { evenPace, monthlyPace } from "./meter-pace.ts";
import { BERLIN, daysOf, drawing, HEATED_PERCENT, heatedHouse, normal, ORDINARY, readDaily, without } from "./meter-world.ts";
import { unusualSpans } from "./unusual-spans.ts";

const settings = { zone: BERLIN, unit: "kWh", pace: evenPace() };
const FIRST = "2022-01-01";
const YEARS = 4;
const DAYS = Math.round(365.25 * YEARS);
const METERS = 12;

/** False alarms per meter and year over `METERS` meters of four years. */
function alarms(of: (seed: number) => (day: number) => number, pace = evenPace()): number {
  let told = 0;
  for (let seed = 1; seed <= METERS; seed += 1) {
    told += unusualSpans(readDaily(daysOf(DAYS, of(seed * 7919)), { firstDay: FIRST, reads: 1 }), { ...settings, pace }).length;
  }
  return told / METERS / YEARS;
}

describe("ordinary consumption", () => {
  it.each(Object.entries(ORDINARY))("%s is told at most once in two years and meter", (_, ordinary) => {
    expect(
      alarms((seed) => {
        const draw = drawing(seed);
        return (day) => ordinary(draw, day);
      }),
    ).toBeLessThanOrEqual(0.5);
  });

  it("of a heated house is told at most once a year, with and without a pattern of months", () => {
    const house = (seed: number): ((day: number) => number) => heatedHouse(drawing(seed));
    expect(alarms(house)).toBeLessThanOrEqual(1);
    expect(alarms(house, monthlyPace(HEATED_PERCENT, BERLIN))).toBeLessThanOrEqual(1);
  });
});

/** A meter whose days lie around 10, and what it was drawn from. */
const meter = (seed: number, days = 500, change: (day: number) => number = () => 1) => {
  const draw = drawing(seed);
  return readDaily(
    daysOf(days, (day) => 10 * (1 + 0.15 * normal(draw)) * change(day)),
    { firstDay: FIRST },
  );
};
const dayStart = (day: number): number => BERLIN.addDays(BERLIN.dayStart(Date.parse(`${FIRST}T12:00Z`)), day);
const seed = fc.integer({ min: 1, max: 1e9 });

describe("whatever is drawn", () => {
  it("a day ten times as large is found, and is told as what it is", () => {
    fc.assert(
      fc.property(seed, fc.integer({ min: 120, max: 490 }), (drawn, day) => {
        const found = unusualSpans(
          meter(drawn, 500, (one) => (one === day ? 10 : 1)),
          settings,
        ).find(({ fromMs, toMs }) => fromMs <= dayStart(day) && toMs > dayStart(day));
        expect(found?.amount).toBeGreaterThan((found?.high ?? Infinity) as number);
        expect(found?.sentence).toMatch(/^Used \d.* kWh .*–.* kWh is usual/);
      }),
      { numRuns: 30 },
    );
  });

  it("another unit tells the same", () => {
    fc.assert(
      fc.property(seed, fc.constantFrom(0.001, 0.37, 1000), (drawn, factor) => {
        const one = meter(drawn, 400, (day) => (day % 90 === 80 ? 4 : 1));
        const scaled = { ...one, total: one.total.map((total) => total * factor) };
        const [plain, other] = [unusualSpans(one, settings), unusualSpans(scaled, settings)];
        expect(other.map(({ id }) => id)).toEqual(plain.map(({ id }) => id));
        for (const [k, { amount, expected, score }] of other.entries()) {
          expect(amount / factor).toBeCloseTo(plain[k]?.amount ?? Number.NaN, 6);
          expect(expected / factor).toBeCloseTo(plain[k]?.expected ?? Number.NaN, 6);
          expect(score).toBeCloseTo(plain[k]?.score ?? Number.NaN, 6);
        }
      }),
      { numRuns: 15 },
    );
  });

  it("what comes later changes nothing of what was told", () => {
    fc.assert(
      fc.property(seed, fc.integer({ min: 100, max: 399 }), (drawn, days) => {
        const change = (day: number): number => (day % 70 === 69 ? 5 : 1);
        const untilMs = dayStart(days);
        const early = unusualSpans(without(meter(drawn, 400, change), untilMs + 1, Infinity), settings);
        const late = unusualSpans(meter(drawn, 400, change), settings).filter(({ toMs }) => toMs <= untilMs);
        expect(early.filter(({ toMs }) => toMs < untilMs)).toEqual(late.filter(({ toMs }) => toMs < untilMs));
      }),
      { numRuns: 15 },
    );
  });

  it("days nobody read are neither told nor past: what is filled in there makes no difference", () => {
    fc.assert(
      fc.property(seed, fc.integer({ min: 100, max: 300 }), fc.integer({ min: 2, max: 20 }), (drawn, day, length) => {
        const [fromMs, toMs] = [dayStart(day) + 1, dayStart(day + length)];
        const gap = without(meter(drawn), fromMs, toMs);
        const whole = unusualSpans(gap, settings);
        // A guess of another person at noon of the silence, told as a guess.
        const row = gap.tMs.findIndex((tMs) => tMs >= toMs);
        const insert = (column: Float64Array, value: number): Float64Array =>
          Float64Array.of(...column.subarray(0, row), value, ...column.subarray(row));
        const step = Uint8Array.of(...gap.step.subarray(0, row), STEP.estimated, ...gap.step.subarray(row));
        step[row + 1] = (step[row + 1] ?? 0) | STEP.estimated;
        const guess = (gap.total[row] as number) - 0.1;
        const filled = {
          tMs: insert(gap.tMs, fromMs + DAY_MS / 2),
          total: insert(gap.total, guess),
          register: insert(gap.register, guess),
          step,
        };
        expect(unusualSpans(filled, settings)).toEqual(whole);
      }),
      { numRuns: 20 },
    );
  });

  it("a constant meter is never told, also on days of 23 and 25 hours", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), (daily) => {
        // A day of 23 hours uses 23 of 24 parts.
        const amounts = daysOf(600, (day) => (daily * (dayStart(day + 1) - dayStart(day))) / DAY_MS);
        expect(unusualSpans(readDaily(amounts, { firstDay: FIRST }), settings)).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });
});
