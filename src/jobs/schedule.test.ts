import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { zoneNamed } from "#calendar/zone.ts";
import { Schedule } from "./schedule.ts";

const NEW_YORK = "America/New_York";

function due(pattern: string, from: string, count: number, zone = NEW_YORK): string[] {
  const schedule = new Schedule(pattern, zone);
  const found: string[] = [];
  for (let atMs = Date.parse(from); found.length < count; ) {
    atMs = schedule.next(atMs) as number;
    found.push(new Date(atMs).toISOString().slice(0, 16));
  }
  return found;
}

describe("a schedule on the clock of a zone", () => {
  it("is kept at its local time when the clock changes", () => {
    expect(due("10 4 * * *", "2026-03-07T00:00Z", 3)).toEqual(["2026-03-07T09:10", "2026-03-08T08:10", "2026-03-09T08:10"]);
  });

  it("is due at the change where the clock skips its time, and once where it shows it twice", () => {
    expect(due("5 2 * * *", "2026-03-07T12:00Z", 2)).toEqual(["2026-03-08T07:00", "2026-03-09T06:05"]);
    expect(due("30 1 * * *", "2026-10-31T12:00Z", 2)).toEqual(["2026-11-01T05:30", "2026-11-02T06:30"]);
  });

  it("of every hour is due in every hour that passes, in the repeated one twice", () => {
    expect(due("5 * * * *", "2026-11-01T04:30Z", 3)).toEqual(["2026-11-01T05:05", "2026-11-01T06:05", "2026-11-01T07:05"]);
    expect(due("5 * * * *", "2026-03-08T06:30Z", 2)).toEqual(["2026-03-08T07:05", "2026-03-08T08:05"]);
  });

  it("of the first of a month, and of no day at all", () => {
    expect(due("10 2 1 * *", "2026-01-31T12:00Z", 2)).toEqual(["2026-02-01T07:10", "2026-03-01T07:10"]);
    expect(new Schedule("0 0 30 2 *", NEW_YORK).next(0)).toBeUndefined();
  });

  it("that is none is our own fault and throws", () => {
    for (const pattern of ["", "hourly?", "61 * * * *", "0 5 * * * *"]) expect(() => new Schedule(pattern, NEW_YORK)).toThrow();
  });

  it("every day is due once a local day, whatever the hour and the zone", () => {
    const zones = fc.constantFrom(
      NEW_YORK,
      "Europe/Berlin",
      "Australia/Lord_Howe",
      "Asia/Kathmandu",
      "America/Havana",
      "Africa/Casablanca",
    );
    const time = fc.record({ zone: zones, hour: fc.integer({ min: 0, max: 23 }), minute: fc.integer({ min: 0, max: 59 }) });
    fc.assert(
      fc.property(time, ({ zone: id, hour, minute }) => {
        const zone = zoneNamed(id);
        const schedule = new Schedule(`${minute} ${hour} * * *`, id);
        let atMs = zone.dayStart(Date.UTC(2026, 0, 15)) - 1;
        for (let day = 0; day < 370; day++) {
          const next = schedule.next(atMs) as number;
          expect(zone.daysBetween(atMs + 1, next)).toBeLessThanOrEqual(1);
          if (day > 0) expect(zone.daysBetween(atMs, next)).toBe(1);
          atMs = next;
        }
      }),
      { numRuns: 15 },
    );
  });
});
