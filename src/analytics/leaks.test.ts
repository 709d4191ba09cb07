import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOUR_MS } from "#calendar/civil.ts";
import { leaks } from "./leaks.ts";
import { BERLIN, drawing, indexOf, without } from "./meter-world.ts";

const START = Date.UTC(2026, 2, 1, 23);
const settings = { zone: BERLIN, unit: "m³" };

/** Water read so many times an hour; `used` per hour since the start. */
function water(hours: number, used: (hour: number) => number, perHour = 4) {
  const total: number[] = [0];
  for (let row = 0; row < hours * perHour; row += 1) total.push((total[row] as number) + used(Math.floor(row / perHour)) / perHour);
  return indexOf(
    total.map((_, row) => START + (row * HOUR_MS) / perHour),
    total,
  );
}
/** Nothing from one to four at night. */
const household = (hour: number): number => (hour % 24 >= 1 && hour % 24 < 4 ? 0 : 0.02);

describe("a leak", () => {
  it("is flow that does not rest for an hour in a day, from the last rest until the next", () => {
    const dripping = (hour: number): number => household(hour) + (hour >= 80 && hour < 130 ? 0.005 : 0);
    const found = leaks(water(240, dripping), settings);
    // The night of hour 73 to 76 is the last rest, that of 145 the next; hour 97 to 100 and 121 to 124 only drip.
    expect(found).toMatchObject([{ rule: "leak", fromMs: START + 76 * HOUR_MS, toMs: START + 145 * HOUR_MS, low: 0, expected: 0 }]);
    expect(found[0]?.sentence).toBe(
      "Did not rest for an hour from 5 March 2026 04:00 until 8 March 2026 01:00, 69 hours: never less than 5 l in an hour, 345 l in all if that is a leak.",
    );
    expect(found[0]?.amount).toBeCloseTo(63 * 0.02 + 50 * 0.005, 9);
  });

  it("that goes on ends with the last reading, and keeps its name", () => {
    const dripping = (hour: number): number => household(hour) + (hour >= 80 ? 0.005 : 0);
    const [sooner, later] = [leaks(water(120, dripping), settings), leaks(water(160, dripping), settings)];
    expect([sooner.length, later.length]).toEqual([1, 1]);
    expect(later[0]?.id).toBe(sooner[0]?.id);
    expect(later[0]?.toMs).toBe(START + 160 * HOUR_MS);
    expect(later[0]?.sentence).toMatch(/^Has not rested for an hour since 5 March 2026 04:00, 84 hours: /);
  });

  it("is not told of a house that sleeps, of rare readings, nor over a silence", () => {
    expect(leaks(water(500, household), settings)).toEqual([]);
    expect(
      leaks(
        indexOf(
          [0, 1, 2, 3].map((day) => START + day * 24 * HOUR_MS),
          [0, 1, 2, 3],
        ),
        settings,
      ),
    ).toEqual([]);
    const always = water(40, () => 0.01);
    expect(leaks(always, settings)).toHaveLength(1);
    expect(leaks(without(always, START + 20 * HOUR_MS, START + 23 * HOUR_MS), settings)).toEqual([]);
    expect(leaks(indexOf([], []), settings)).toEqual([]);
  });

  it("is found at hourly readings and at those of every few minutes, whatever the unit", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(1, 4, 12, 60),
        fc.integer({ min: 1, max: 1e6 }),
        fc.integer({ min: 30, max: 100 }),
        (perHour, seed, from) => {
          const draw = drawing(seed);
          const used = Array.from({ length: 200 }, (_, hour) => household(hour) * (0.2 + draw()));
          const index = water(200, (hour) => (used[hour] as number) + (hour >= from && hour < from + 60 ? 0.002 : 0), perHour);
          const found = leaks(index, settings);
          expect(found).toHaveLength(1);
          expect(found[0]?.fromMs).toBeLessThanOrEqual(START + from * HOUR_MS);
          expect(found[0]?.toMs).toBeGreaterThanOrEqual(START + (from + 60) * HOUR_MS);
          const litres = { ...index, total: index.total.map((total) => total * 1000) };
          expect(leaks(litres, { ...settings, unit: "l" }).map(({ id, toMs }) => [id, toMs])).toEqual(
            found.map(({ id, toMs }) => [id, toMs]),
          );
        },
      ),
      { numRuns: 40 },
    );
  });
});
