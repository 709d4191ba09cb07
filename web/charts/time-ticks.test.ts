import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { midnights, timeShades, timeTicks } from "./time-ticks.ts";
import { instantWords } from "./time-words.ts";
import { DAY_MS, HOUR_MS, zoneClock } from "./zone-clock.ts";

const LA = zoneClock("America/Los_Angeles");
const BERLIN = zoneClock("Europe/Berlin");
const at = (text: string) => Date.parse(text);
const ZONES = ["America/Los_Angeles", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Santiago", "UTC"].map(zoneClock);

describe("the time axis", () => {
  it("marks a week at local midnights and says which day has 23 hours", () => {
    const ticks = timeTicks({ fromMs: at("2026-03-03T00:00-08:00"), toMs: at("2026-03-10T00:00-07:00") }, 816, LA);
    expect(ticks.map((tick) => tick.label)).toEqual(["Tue 3", "Wed 4", "Thu 5", "Fri 6", "Sat 7", "Sun 8, 23 h", "Mon 9", "Tue 10"]);
    expect(ticks.every((tick) => tick.strong)).toBe(true);
    expect((ticks[6]?.tMs ?? 0) - (ticks[5]?.tMs ?? 0)).toBe(23 * HOUR_MS);
  });

  it("says which day has 25 hours", () => {
    const ticks = timeTicks({ fromMs: at("2026-10-24T00:00+02:00"), toMs: at("2026-10-26T00:00+01:00") }, 200, BERLIN);
    expect(ticks.map((tick) => tick.label)).toContain("Sun 25, 25 h");
  });

  it("names the zone where the hour is repeated, and shows it twice", () => {
    const ticks = timeTicks({ fromMs: at("2026-10-25T00:00+02:00"), toMs: at("2026-10-25T05:00+01:00") }, 500, BERLIN);
    const labels = ticks.map((tick) => tick.label);
    expect(labels.filter((label) => label.startsWith("02:00"))).toEqual(["02:00", "02:00 GMT+1"]);
  });

  it("skips the hour that never was", () => {
    const labels = timeTicks({ fromMs: at("2026-03-08T00:30-08:00"), toMs: at("2026-03-08T06:00-07:00") }, 500, LA).map(
      (tick) => tick.label,
    );
    expect(labels).toEqual(["01:00", "03:00 PDT", "04:00", "05:00", "06:00"]);
  });

  it("keeps three-hour marks on the wall's round hours across a change of clocks", () => {
    const ticks = timeTicks({ fromMs: at("2026-03-07T12:00-08:00"), toMs: at("2026-03-08T20:00-07:00") }, 700, LA);
    for (const tick of ticks) expect((LA.wallMs(tick.tMs) / HOUR_MS) % 3).toBe(0);
  });

  it("marks a year at months and names the year once", () => {
    const ticks = timeTicks({ fromMs: at("2025-04-01T00:00-07:00"), toMs: at("2026-03-31T00:00-07:00") }, 400, LA);
    expect(ticks.map((tick) => tick.label)).toEqual(["May 2025", "Jul", "Sep", "Nov", "Jan 2026", "Mar"]);
  });

  it("has ascending marks inside the span, and room for each, whatever the span and zone", () => {
    const spans = fc.record({
      fromMs: fc.integer({ min: at("2015-01-01T00:00Z"), max: at("2030-01-01T00:00Z") }),
      length: fc.integer({ min: 20_000, max: 900 * DAY_MS }),
      zone: fc.constantFrom(...ZONES),
      width: fc.integer({ min: 260, max: 1600 }),
    });
    fc.assert(
      fc.property(spans, ({ fromMs, length, zone, width }) => {
        const ticks = timeTicks({ fromMs, toMs: fromMs + length }, width, zone);
        ticks.forEach((tick, index) => {
          expect(tick.tMs).toBeGreaterThanOrEqual(fromMs);
          expect(tick.tMs).toBeLessThanOrEqual(fromMs + length);
          const before = ticks[index - 1];
          if (before !== undefined) expect(tick.tMs).toBeGreaterThan(before.tMs);
        });
        expect(ticks.length).toBeLessThanOrEqual(width / 25 + 3);
      }),
      { numRuns: 150 },
    );
  });
});

describe("shades behind the picture", () => {
  it("joins Saturday and Sunday into one weekend, 47 hours long in spring", () => {
    const shades = timeShades({ fromMs: at("2026-03-03T00:00-08:00"), toMs: at("2026-03-10T00:00-07:00") }, LA);
    expect(shades).toEqual([{ fromMs: at("2026-03-07T00:00-08:00"), toMs: at("2026-03-09T00:00-07:00"), label: "weekend" }]);
  });

  it("shows nights in a day, and the Sunday a span begins with", () => {
    expect(
      timeShades({ fromMs: at("2026-03-03T00:00-08:00"), toMs: at("2026-03-04T00:00-08:00") }, LA).map((shade) => shade.label),
    ).toEqual(["night", "night"]);
    expect(timeShades({ fromMs: at("2026-03-01T12:00-08:00"), toMs: at("2026-03-06T00:00-08:00") }, LA)).toHaveLength(1);
  });
});

describe("the wall clock of a zone", () => {
  it("finds the start of a day that begins at one o'clock", () => {
    const santiago = zoneClock("America/Santiago");
    const start = santiago.dayStartMs(at("2025-09-07T12:00Z"));
    expect(new Date(santiago.wallMs(start)).toISOString()).toBe("2025-09-07T01:00:00.000Z");
    expect(midnights({ fromMs: start - DAY_MS, toMs: start + DAY_MS }, santiago)).toContain(start);
  });

  it("comes back to the instant it started from, or to its twin an hour earlier", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_000_000_000 }), fc.constantFrom(...ZONES), (seconds, clock) => {
        const t = seconds * 1000;
        const back = clock.instantMs(clock.wallMs(t));
        expect(clock.wallMs(back)).toBe(clock.wallMs(t));
        expect(t - back).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 300 },
    );
  });

  it("says the instant with its zone", () => {
    expect(instantWords(LA, at("2026-03-05T10:15-08:00"))).toBe("Thu 5 Mar, 10:15 PST");
  });
});
