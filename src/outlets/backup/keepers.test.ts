import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { zoneNamed } from "#calendar/zone.ts";
import { keepers } from "./keepers.ts";

const HOUR_MS = 3_600_000;
const RULE = { hours: 24, days: 14, months: 12 };
const berlin = zoneNamed("Europe/Berlin");

const times = fc.array(fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2027, 0, 1) }), { maxLength: 200 });
const rule = fc.record({ hours: fc.nat(30), days: fc.nat(20), months: fc.nat(15) });
const zone = fc.constantFrom("Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "UTC", "Asia/Kolkata").map(zoneNamed);

describe("which copies are kept", () => {
  test("the newest always is, never more than the rule counts, and only what there is", () => {
    fc.assert(
      fc.property(times, rule, zone, (all, by, where) => {
        const kept = keepers(all, by, where);
        expect(kept.size).toBeLessThanOrEqual(Math.max(1, by.hours + by.days + by.months));
        for (const tMs of kept.keys()) expect(all).toContain(tMs);
        expect([...kept.keys()][0]).toBe(all.length === 0 ? undefined : Math.max(...all));
      }),
    );
  });

  test("thinning what is thinned changes nothing, nor why it is kept", () => {
    fc.assert(
      fc.property(times, rule, zone, (all, by, where) => {
        const once = keepers(all, by, where);
        expect([...keepers([...once.keys()], by, where)]).toEqual([...once]);
      }),
    );
  });

  test("each hour, day and month that counts keeps its newest", () => {
    fc.assert(
      fc.property(times, rule, zone, (all, by, where) => {
        const kept = keepers(all, by, where);
        for (const [unit, as, most] of [
          ["hour", "hourly", by.hours],
          ["day", "daily", by.days],
          ["month", "monthly", by.months],
        ] as const) {
          const starts = [...new Set(all.map((tMs) => where.startOf(unit, tMs)))].toSorted((a, b) => b - a).slice(0, most);
          const newest = starts.map((start) => Math.max(...all.filter((tMs) => where.startOf(unit, tMs) === start)));
          expect([...kept].filter(([, why]) => why.includes(as)).map(([tMs]) => tMs)).toEqual(newest);
        }
      }),
    );
  });

  test("copies made every hour and thinned every hour keep the last day whole, two weeks and a year", () => {
    let held: number[] = [];
    const endMs = Date.UTC(2026, 10, 21, 12);
    for (let tMs = Date.UTC(2025, 5, 1); tMs <= endMs; tMs += HOUR_MS) held = [...keepers([...held, tMs], RULE, berlin).keys()];
    const kept = keepers(held, RULE, berlin);
    const of = (as: string): number[] => [...kept].filter(([, why]) => (why as readonly string[]).includes(as)).map(([tMs]) => tMs);
    expect(of("hourly")).toEqual(Array.from({ length: 24 }, (_, hours) => endMs - hours * HOUR_MS));
    expect(of("daily")).toHaveLength(14);
    expect(of("monthly")).toHaveLength(12);
    // The last one of December 2025, at 23:00 in Berlin.
    expect(of("monthly").at(-1)).toBe(Date.UTC(2025, 11, 31, 22));
  });

  test("the hour that the clock shows twice is two, the one it skips is none", () => {
    const autumn = [0, 1, 2].map((hours) => Date.UTC(2026, 9, 25, 0) + hours * HOUR_MS);
    expect(keepers(autumn, { hours: 3, days: 0, months: 0 }, berlin).size).toBe(3);
    const spring = [0, 1, 2].map((hours) => Date.UTC(2026, 2, 29, 0) + hours * HOUR_MS);
    expect(keepers(spring, { hours: 3, days: 0, months: 0 }, berlin).size).toBe(3);
    const day = Array.from({ length: 25 }, (_, hours) => Date.UTC(2026, 9, 24, 22) + hours * HOUR_MS);
    expect([...keepers(day, { hours: 0, days: 5, months: 0 }, berlin).keys()]).toEqual([day.at(-1)]);
  });
});
