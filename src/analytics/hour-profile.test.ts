import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOUR_MS } from "#calendar/civil.ts";
import { zoneNamed } from "#calendar/zone.ts";
import { baseLoadPerHour } from "./base-load.ts";
import { heatColumns } from "./heat-columns.ts";
import { hourProfile } from "./hour-profile.ts";
import { BERLIN, drawing, indexOf, readDaily } from "./meter-world.ts";

const day = (date: string, zone = BERLIN): number => zone.dayStart(Date.parse(`${date}T12:00Z`));
const hourOf = (tMs: number, zone = BERLIN): number => Math.floor((zone.localOf(tMs) / HOUR_MS) % 24);

/** Readings so far apart between two dates, with what is used per hour at an instant. */
function metered(from: string, to: string, perHour: (tMs: number) => number, { spacingMs = HOUR_MS / 4, zone = BERLIN } = {}) {
  const tMs: number[] = [];
  const total: number[] = [];
  for (let at = day(from, zone), sum = 0; at <= day(to, zone); at += spacingMs) {
    tMs.push(at);
    total.push(sum);
    sum += (perHour(at) * spacingMs) / HOUR_MS;
  }
  return indexOf(tMs, total);
}
const range = (from: string, to: string, zone = BERLIN) => ({ fromMs: day(from, zone), toMs: day(to, zone) });

describe("a profile of hours", () => {
  it("is the mean by the clock, also over both changes of it, and holidays are Sundays", () => {
    const index = metered("2026-01-05", "2026-12-21", (tMs) => hourOf(tMs));
    const isHoliday = (dayMs: number): boolean => dayMs === day("2026-05-01");
    const profile = hourProfile(index, range("2026-01-05", "2026-12-21"), { zone: BERLIN, isHoliday });
    for (const kind of [profile.workday, profile.saturday, profile.sunday]) {
      for (const [hour, mean] of kind.entries()) expect(mean).toBeCloseTo(hour, 6);
    }
    const on1May = metered("2026-04-27", "2026-05-04", (tMs) => (tMs >= day("2026-05-01") && tMs < day("2026-05-02") ? 9 : 1));
    const week = hourProfile(on1May, range("2026-04-27", "2026-05-04"), { zone: BERLIN, isHoliday });
    expect([week.workday[12], week.sunday[12]]).toEqual([1, 5]);
  });

  it("is not known of readings rarer than hourly", () => {
    const profile = hourProfile(readDaily([1, 2, 3], { firstDay: "2026-01-05", reads: 2 }), range("2026-01-05", "2026-01-08"), {
      zone: BERLIN,
    });
    expect(profile.workday.every(Number.isNaN)).toBe(true);
  });
});

describe("a heat map", () => {
  it("holds every amount once, but for the hour the clock shows twice, which is a mean", () => {
    const index = metered("2026-10-24", "2026-10-27", (tMs) => (tMs < Date.UTC(2026, 9, 25, 1) ? 1 : 3));
    const { slots, amount, dayMs } = heatColumns(index, range("2026-10-24", "2026-10-27"), { zone: BERLIN, slotMs: HOUR_MS });
    expect([slots, dayMs.length, amount.length]).toEqual([24, 3, 72]);
    expect(amount.subarray(24, 29)).toEqual(Float32Array.of(1, 1, 2, 3, 3));
  });

  it("has nothing where the clock skipped an hour", () => {
    const index = metered("2026-03-29", "2026-03-30", () => 1);
    const { amount } = heatColumns(index, range("2026-03-29", "2026-03-30"), { zone: BERLIN, slotMs: HOUR_MS / 2 });
    expect([...amount.subarray(2, 8)]).toEqual([0.5, 0.5, Number.NaN, Number.NaN, 0.5, 0.5]);
  });

  it("adds up to what was used, in any zone, on days without a change", () => {
    const zone = fc.constantFrom("America/St_Johns", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC").map(zoneNamed);
    fc.assert(
      fc.property(zone, fc.integer({ min: 1, max: 1e6 }), (where, seed) => {
        const draw = drawing(seed);
        const index = metered("2026-06-01", "2026-06-08", () => draw(), { zone: where });
        const { amount } = heatColumns(index, range("2026-06-01", "2026-06-08", where), { zone: where, slotMs: HOUR_MS / 4 });
        expect(amount.reduce((sum, one) => sum + one, 0)).toBeCloseTo(index.total.at(-1) as number, 3);
      }),
      { numRuns: 20 },
    );
  });
});

describe("base load", () => {
  it("is the least hour of a usual day, whatever else a day holds", () => {
    const index = metered("2026-03-01", "2026-04-01", (tMs) => (hourOf(tMs) < 5 ? 0.08 : 0.6));
    expect(baseLoadPerHour(index, range("2026-03-01", "2026-04-01"), { zone: BERLIN })).toBeCloseTo(0.08, 9);
  });

  it("is not known with fewer than seven days of hourly readings", () => {
    const index = metered("2026-03-01", "2026-03-06", () => 1);
    expect(baseLoadPerHour(index, range("2026-03-01", "2026-03-06"), { zone: BERLIN })).toBeNaN();
    const rare = metered("2026-03-01", "2026-04-01", () => 1, { spacingMs: 6 * HOUR_MS });
    expect(baseLoadPerHour(rare, range("2026-03-01", "2026-04-01"), { zone: BERLIN })).toBeNaN();
  });
});
