import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { zoneNamed } from "#calendar/zone.ts";
import { IntervalGrid } from "./interval-grid.ts";
import { expectedIntervals } from "./quality-report.ts";

const ZONES = [
  "UTC",
  "America/Indiana/Indianapolis",
  "Asia/Kathmandu",
  "Australia/Adelaide",
  "Australia/Lord_Howe",
  "Pacific/Chatham",
  "America/St_Johns",
  "Europe/Berlin",
];
const MINUTE_MS = 60_000;

describe("boundaries of intervals", () => {
  it("tile time: every instant lies in one interval, no longer than it should be, and they are the same from wherever one looks", () => {
    const lengths = fc.constantFrom(1, 5, 10, 15, 20, 30, 60).map((minutes) => minutes * MINUTE_MS);
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        lengths,
        fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2030, 0, 1) }),
        (name, lengthMs, tMs) => {
          const grid = new IntervalGrid(zoneNamed(name), lengthMs);
          const [before, after] = [grid.atOrBefore(tMs), grid.after(tMs)];
          expect(before <= tMs && tMs < after && after - before <= lengthMs).toBe(true);
          expect(grid.atOrBefore(after)).toBe(after);
          expect(grid.after(before)).toBe(after);
          expect(grid.atOrBefore(after - 1)).toBe(before);
          const bounds = grid.boundaries({ fromMs: before, toMs: after });
          expect([...bounds]).toEqual([before, after]);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it.each([
    ["America/Indiana/Indianapolis", "2026-03-08", 92],
    ["America/Indiana/Indianapolis", "2026-11-01", 100],
    ["Australia/Lord_Howe", "2026-10-04", 94],
    ["Australia/Lord_Howe", "2026-04-05", 98],
    ["Asia/Kathmandu", "2026-03-08", 96],
  ])("in %s number on %s %i quarters", (name, date, count) => {
    const zone = zoneNamed(name);
    const fromMs = zone.instantOf(Date.parse(`${date}T00:00:00Z`), "earlier");
    expect(expectedIntervals({ fromMs, toMs: zone.addDays(fromMs, 1) }, zone, 15 * MINUTE_MS)).toBe(count);
  });

  it("are refused for a length that does not divide an hour", () => {
    for (const lengthMs of [7 * MINUTE_MS, 0, -1, 120 * MINUTE_MS, Number.NaN]) {
      expect(() => new IntervalGrid(zoneNamed("UTC"), lengthMs)).toThrow(RangeError);
    }
  });
});
