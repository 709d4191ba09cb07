import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY_MS, HOUR_MS } from "#calendar/civil.ts";
import { dateText } from "#calendar/local-text.ts";
import { STEP } from "./meter-index.ts";
import { evenPace, monthlyPace } from "./meter-pace.ts";
import { BERLIN, drawing, HEATED_PERCENT, indexOf, readDaily, without } from "./meter-world.ts";
import { NOT_A_DAY, readSpans } from "./read-spans.ts";

const settings = { zone: BERLIN, pace: evenPace() };
const dayMs = (date: string): number => BERLIN.dayStart(Date.parse(`${date}T12:00Z`));
const rows = (spans: ReturnType<typeof readSpans>) =>
  [...spans.fromMs.keys()].map((row) => [
    new Date(BERLIN.localOf(spans.fromMs[row] as number)).toISOString().slice(0, 16),
    Math.round(((spans.toMs[row] as number) - (spans.fromMs[row] as number)) / HOUR_MS),
    Number((spans.amount[row] as number).toFixed(6)),
    spans.weekday[row],
  ]);

describe("what was read", () => {
  it("is the local day where readings are near its ends, also one of 23 hours", () => {
    const index = readDaily([5, 6, 7], { firstDay: "2026-03-28", reads: 24 });
    expect(rows(readSpans(index, settings))).toEqual([
      ["2026-03-28T00:00", 24, 5, 5],
      ["2026-03-29T00:00", 23, 6, 6],
      ["2026-03-30T00:00", 24, 7, 0],
    ]);
  });

  it("is from reading to reading where somebody reads in the evening, and a day where they are a day apart", () => {
    const evening = (days: number): number => dayMs("2026-05-04") + days * DAY_MS + 20 * HOUR_MS;
    const index = indexOf([0, 1, 1.2, 2, 9].map(evening), [0, 4, 5, 9, 30]);
    expect(rows(readSpans(index, settings))).toEqual([
      ["2026-05-04T20:00", 24, 4, 1],
      ["2026-05-05T20:00", 24, 5, 2],
      ["2026-05-06T20:00", 168, 21, NOT_A_DAY],
    ]);
  });

  it("is one stretch over a silence of days, without what nobody knows", () => {
    const index = readDaily([1, 2, 3, 4, 5, 6], { firstDay: "2026-06-01", reads: 24 });
    const silent = without(index, dayMs("2026-06-02") + 10 * HOUR_MS, dayMs("2026-06-04") + 15 * HOUR_MS);
    expect(rows(readSpans(silent, settings)).map(([, hours, amount]) => [hours, amount])).toEqual([
      [24, 1],
      [72, 9],
      [24, 5],
      [24, 6],
    ]);
    const step = silent.step.map((_, row) => (silent.tMs[row] === dayMs("2026-06-05") + 3 * HOUR_MS ? STEP.unknown : 0));
    expect(rows(readSpans({ ...silent, step }, settings)).map(([, , amount]) => amount)).toEqual([1, 9, 6]);
  });

  it("weighs as its season does, and a year is a year", () => {
    const index = readDaily(new Float64Array(365).fill(1), { firstDay: "2025-01-01", reads: 1 });
    const { weight, fromMs } = readSpans(index, { ...settings, pace: monthlyPace(HEATED_PERCENT, BERLIN) });
    const of = (date: string): number => weight[[...fromMs].findIndex((tMs) => dateText(tMs, BERLIN) === date)] as number;
    expect(weight.reduce((sum, one) => sum + one, 0)).toBeCloseTo(365, 0);
    expect(of("2025-01-15") / of("2025-07-15")).toBeGreaterThan(4);
    expect(of("2025-07-15")).toBeGreaterThan(0.1);
  });

  it("never overlaps, never adds anything, and holds all that was counted between its first and its last instant", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.integer({ min: 1, max: 400 }),
        fc.constantFrom(1, 6, 30, 200),
        (seed, count, hours) => {
          const draw = drawing(seed);
          const tMs = [dayMs("2026-01-01")];
          const total = [0];
          for (let i = 1; i < count; i += 1) {
            tMs.push((tMs[i - 1] as number) + Math.ceil(2 * draw() * hours * HOUR_MS));
            total.push((total[i - 1] as number) + draw());
          }
          const { fromMs, toMs, amount } = readSpans(indexOf(tMs, total), settings);
          for (let row = 1; row < fromMs.length; row += 1) expect(fromMs[row]).toBe(toMs[row - 1]);
          const sum = amount.reduce((all, one) => all + one, 0);
          expect(sum).toBeLessThanOrEqual((total.at(-1) as number) + 1e-9);
          expect(amount.every((one) => one >= 0)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });
});
