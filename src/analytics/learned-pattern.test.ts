import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY_MS } from "#calendar/civil.ts";
import { zoneNamed } from "#calendar/zone.ts";
import { learnedPattern } from "./learned-pattern.ts";
import { STEP } from "./meter-index.ts";
import { meanDays, monthlyPace, percentOf } from "./meter-pace.ts";
import { GAS_PATTERN, indexAt } from "./register-world.ts";

const berlin = zoneNamed("Europe/Berlin");
const pace = monthlyPace(GAS_PATTERN, berlin);
const from = Date.UTC(2020, 0, 1);
/** A meter that keeps exactly to a pattern, read every so many days. */
const readEvery = (days: number, count: number, growth = 0) =>
  indexAt(
    Array.from({ length: count }, (_, i): [number, number] => {
      const tMs = from + i * days * DAY_MS;
      const used = pace.at(tMs) - pace.at(from);
      return [tMs, used * (1 + (growth * i) / count)];
    }),
  );

describe("a pattern that readings teach", () => {
  it("is that of the meter", () => {
    const wanted = percentOf(GAS_PATTERN);
    for (const [days, count] of [
      [1, 800],
      [7, 200],
    ] as const) {
      const learned = learnedPattern(readEvery(days, count), berlin) as readonly number[];
      expect(learned.reduce((sum, share) => sum + share, 0)).toBeCloseTo(100, 9);
      for (const [month, share] of learned.entries()) expect(Math.abs(share - (wanted[month] as number))).toBeLessThan(1.2);
    }
  });

  it("is not bent by a meter that uses more every year", () => {
    const wanted = percentOf(GAS_PATTERN);
    const learned = learnedPattern(readEvery(7, 260, 1), berlin) as readonly number[];
    for (const [month, share] of learned.entries()) expect(Math.abs(share - (wanted[month] as number))).toBeLessThan(2);
  });

  it("is the same out of quarter-hours that are mostly still", () => {
    const bursts = indexAt(
      Array.from({ length: 400 * 96 }, (_, i): [number, number] => [from + i * 900_000, Math.floor(i / 96) * 5 + (i % 96 > 90 ? 5 : 0)]),
    );
    const learned = learnedPattern(bursts, berlin) as readonly number[];
    for (const [month, share] of learned.entries()) expect(share).toBeCloseTo((100 * meanDays(month + 1)) / 365.2425, 1);
  });

  it("needs 24 readings and eleven months of them, and something that was used", () => {
    expect(learnedPattern(readEvery(7, 23), berlin)).toBeUndefined();
    expect(learnedPattern(readEvery(7, 40), berlin)).toBeUndefined();
    expect(learnedPattern(indexAt(Array.from({ length: 60 }, (_, i) => [from + i * 7 * DAY_MS, 5])), berlin)).toBeUndefined();
    expect(learnedPattern(indexAt([]), berlin)).toBeUndefined();
  });

  it("has the middle weight in months without a step of its own, and learns nothing from what nobody knows", () => {
    const index = readEvery(7, 160);
    const isJuly = (tMs: number) => new Date(tMs).getUTCMonth() === 6;
    const step = index.step.map((_, i) => (isJuly(index.tMs[i] as number) ? STEP.unknown : 0));
    const learned = learnedPattern({ ...index, step }, berlin) as readonly number[];
    expect(learned[6] as number).toBeGreaterThan(percentOf(GAS_PATTERN)[6] as number);
    expect(learned[0] as number).toBeGreaterThan(10);
  });

  it("sums to 100 whatever a register does", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 60, maxLength: 90 }), (used) => {
        let shown = 0;
        const index = indexAt(
          used.map((amount, i): [number, number] => {
            shown += amount;
            return [from + i * 10 * DAY_MS, shown];
          }),
        );
        const learned = learnedPattern(index, berlin);
        if (!learned) return;
        expect(learned.reduce((sum, share) => sum + share, 0)).toBeCloseTo(100, 6);
        expect(learned.every((share) => share >= 0)).toBe(true);
      }),
    );
  });
});
