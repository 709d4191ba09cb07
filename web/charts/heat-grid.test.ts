import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { heatGrid, heatStep } from "./heat-grid.ts";
import { heatBox, heatHit, heatLayout } from "./heat-layout.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS, zoneClock } from "./zone-clock.ts";

const QUARTER = 15 * MINUTE_MS;
const INDIANA = zoneClock("America/Indiana/Indianapolis");
const ZONES = ["America/Indiana/Indianapolis", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"].map(zoneClock);
const at = (text: string) => Date.parse(text);

function ends(fromMs: number, toMs: number, lengthMs = QUARTER): number[] {
  const found: number[] = [];
  for (let end = fromMs + lengthMs; end <= toMs; end += lengthMs) found.push(end);
  return found;
}

describe("a map of days by time of day", () => {
  it("has the newest day in the first row, and the quarter-hour that ends at midnight in the day before", () => {
    const grid = heatGrid({ endMs: ends(at("2026-03-10T00:00-04:00"), at("2026-03-12T00:00-04:00")), lengthMs: QUARTER }, INDIANA);
    expect(grid.days.map((day) => new Date(day).toISOString())).toEqual(["2026-03-11T04:00:00.000Z", "2026-03-10T04:00:00.000Z"]);
    expect(grid.placeOf(95)).toEqual({ row: 1, column: 95, part: 0, parts: 1 });
    expect(grid.placeOf(96)).toEqual({ row: 0, column: 0, part: 0, parts: 1 });
  });

  it("expects 92 quarter-hours in spring and has no cell for the hour that never was", () => {
    const grid = heatGrid({ endMs: ends(at("2026-03-08T00:00-05:00"), at("2026-03-09T00:00-04:00")), lengthMs: QUARTER }, INDIANA);
    expect(grid.expected(0)).toBe(92);
    expect(grid.count).toBe(92);
    expect([7, 8, 9, 10, 11, 12].map((column) => grid.indexAt(0, column))).toEqual([7, undefined, undefined, undefined, undefined, 8]);
  });

  it("expects 100 quarter-hours in autumn and keeps both passes of the repeated hour", () => {
    const grid = heatGrid({ endMs: ends(at("2026-11-01T00:00-04:00"), at("2026-11-02T00:00-05:00")), lengthMs: QUARTER }, INDIANA);
    expect(grid.expected(0)).toBe(100);
    expect([grid.indexAt(0, 4, 0), grid.indexAt(0, 4, 1)]).toEqual([4, 8]);
    expect(grid.placeOf(8)).toEqual({ row: 0, column: 4, part: 1, parts: 2 });
    expect(grid.indexAt(0, 8, 1)).toBe(12);
  });

  it("loses no interval in any zone: every one is found again at its place", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.integer({ min: Math.floor(at("2025-01-01T00:00Z") / QUARTER), max: Math.floor(at("2027-01-01T00:00Z") / QUARTER) }),
        fc.integer({ min: 1, max: 600 }),
        fc.constantFrom(5 * MINUTE_MS, QUARTER, 30 * MINUTE_MS),
        (clock, first, count, lengthMs) => {
          const fromMs = Math.floor((first * QUARTER) / (30 * MINUTE_MS)) * 30 * MINUTE_MS;
          const endMs = ends(fromMs, fromMs + count * lengthMs, lengthMs);
          const grid = heatGrid({ endMs, lengthMs }, clock);
          for (let index = 0; index < endMs.length; index++) {
            const place = grid.placeOf(index);
            expect(grid.indexAt(place.row, place.column, place.part)).toBe(index);
            const day = grid.days[place.row] ?? 0;
            const start = (endMs[index] ?? 0) - lengthMs;
            expect(start >= day && start < clock.addDaysMs(day, 1)).toBe(true);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("is empty, and still a map, without intervals", () => {
    expect(heatGrid({ endMs: [], lengthMs: QUARTER }, INDIANA)).toMatchObject({ days: [], count: 0, columns: 96 });
  });
});

describe("the keys of a map", () => {
  const from = at("2026-03-06T00:00-05:00");
  const grid = heatGrid({ endMs: ends(from, from + 4 * DAY_MS - HOUR_MS), lengthMs: QUARTER }, INDIANA);
  const step = (index: number, key: string) => heatStep(grid, index, key);

  it("go on in time to the sides, across midnight", () => {
    expect([step(95, "ArrowRight"), step(96, "ArrowLeft"), step(0, "ArrowLeft"), step(grid.count - 1, "ArrowRight")]).toEqual([
      96,
      95,
      undefined,
      undefined,
    ]);
  });

  it("keep the time of day up and down, over a day that does not have it", () => {
    const halfPastTwo = 10;
    expect(step(96 + halfPastTwo, "ArrowDown")).toBe(halfPastTwo);
    expect(step(96 + halfPastTwo, "ArrowUp")).toBe(2 * 96 + 92 + halfPastTwo);
  });

  it("reach the ends of a day", () => {
    expect([step(100, "Home"), step(100, "End")]).toEqual([96, 191]);
  });
});

describe("a point of the picture", () => {
  it("is the interval whose box holds it", () => {
    const grid = heatGrid({ endMs: ends(at("2026-10-25T00:00-04:00"), at("2026-11-03T00:00-05:00")), lengthMs: QUARTER }, INDIANA);
    for (const width of [320, 340, 760, 1200]) {
      const layout = heatLayout(width, grid);
      for (let index = 0; index < grid.count; index++) {
        const box = heatBox(layout, grid.placeOf(index));
        const x = layout.leftPx + (grid.placeOf(index).column + 0.5) * layout.columnPx;
        expect(heatHit(grid, layout, { x, y: box.top + box.height / 2 })).toBe(index);
      }
    }
  });
});
