import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "./civil.ts";
import { dateStart, dateText, localText, offsetText } from "./local-text.ts";
import { readTime } from "./time-text.ts";
import { isZone, LOCAL_UNITS, Zone, zoneNamed } from "./zone.ts";

const at = (text: string): number => Date.parse(text);
const clock = (text: string): number => readTime(text)?.localMs ?? Number.NaN;

function quartersOfDay(zone: Zone, date: string): number {
  const start = dateStart(date, zone) ?? Number.NaN;
  return (zone.addDays(start, 1) - start) / (15 * MINUTE_MS);
}

describe("local days", () => {
  it.each([
    ["Europe/Berlin", "2026-03-29", 92],
    ["Europe/Berlin", "2026-10-25", 100],
    ["Europe/Berlin", "2026-06-01", 96],
    ["America/Indiana/Indianapolis", "2026-03-08", 92],
    ["America/Indiana/Indianapolis", "2026-11-01", 100],
    ["America/St_Johns", "2026-03-08", 92],
    ["America/St_Johns", "2026-11-01", 100],
    ["America/Phoenix", "2026-03-08", 96],
    ["America/Phoenix", "2026-11-01", 96],
    ["Australia/Brisbane", "2025-10-05", 96],
    ["Australia/Lord_Howe", "2026-04-05", 98],
    ["+10:00", "2026-03-29", 96],
  ])("%s has on %s %i quarters of an hour", (id, date, quarters) => {
    expect(quartersOfDay(zoneNamed(id), date)).toBe(quarters);
  });

  it("begin at 14:00 UTC on the Australian market, all year", () => {
    const nem = zoneNamed("+10:00");
    expect(nem.dayStart(at("2026-01-15T03:00:00Z"))).toBe(at("2026-01-14T14:00:00Z"));
    expect(nem.dayStart(at("2026-07-15T15:00:00Z"))).toBe(at("2026-07-15T14:00:00Z"));
  });

  it("begin in St. John's at half past an hour of UTC", () => {
    const zone = zoneNamed("America/St_Johns");
    expect(zone.dayStart(at("2026-01-15T12:00:00Z"))).toBe(at("2026-01-15T03:30:00Z"));
    expect(zone.dayStart(at("2026-07-15T12:00:00Z"))).toBe(at("2026-07-15T02:30:00Z"));
  });

  it("begin with the change where midnight itself is skipped", () => {
    const beirut = zoneNamed("Asia/Beirut");
    const start = beirut.dayStart(at("2025-03-30T09:00:00Z"));
    expect(offsetText(start, beirut)).toBe("2025-03-30T01:00:00+03:00");
    expect(localText(start - 1, beirut)).toBe("2025-03-29 23:59:59");
  });

  it("begin at the first of two midnights", () => {
    const havana = zoneNamed("America/Havana");
    expect(offsetText(havana.dayStart(at("2025-11-02T12:00:00Z")), havana)).toBe("2025-11-02T00:00:00-04:00");
  });

  it("are counted by the calendar, not by 24 hours", () => {
    const zone = zoneNamed("Europe/Berlin");
    expect(zone.daysBetween(at("2026-03-28T23:30:00Z"), at("2026-03-29T22:30:00Z"))).toBe(1);
    expect(zone.daysBetween(at("2026-03-28T22:30:00Z"), at("2026-03-28T23:30:00Z"))).toBe(1);
    expect(zone.starts("day", at("2026-03-28T12:00:00Z"), at("2026-03-30T12:00:00Z")).map((t) => dateText(t, zone))).toEqual([
      "2026-03-28",
      "2026-03-29",
      "2026-03-30",
    ]);
  });
});

describe("a clock reading", () => {
  const berlin = zoneNamed("Europe/Berlin");

  it("occurs twice in the repeated hour, and can be resolved either way", () => {
    const twice = clock("2026-10-25 02:30:00");
    expect(berlin.instantsOf(twice)).toEqual([at("2026-10-25T00:30:00Z"), at("2026-10-25T01:30:00Z")]);
    expect(berlin.instantOf(twice, "earlier")).toBe(at("2026-10-25T00:30:00Z"));
    expect(berlin.instantOf(twice, "later")).toBe(at("2026-10-25T01:30:00Z"));
    expect(berlin.instantOf(twice, "none")).toBeUndefined();
  });

  it("never occurs in the skipped hour, and then means the change itself where one must be named", () => {
    const never = clock("2026-03-29 02:30:00");
    expect(berlin.instantsOf(never)).toEqual([]);
    expect(berlin.instantOf(never, "none")).toBeUndefined();
    expect(berlin.instantOf(never, "earlier")).toBe(at("2026-03-29T01:00:00Z"));
    expect(berlin.instantOf(never, "later")).toBe(at("2026-03-29T01:00:00Z"));
  });

  it("at the edges of the changes occurs once", () => {
    expect(berlin.instantsOf(clock("2026-10-25 03:00:00"))).toHaveLength(1);
    expect(berlin.instantsOf(clock("2026-10-25 01:59:59"))).toHaveLength(1);
    expect(berlin.instantsOf(clock("2026-03-29 03:00:00"))).toEqual([at("2026-03-29T01:00:00Z")]);
  });

  it("always occurs once in Arizona", () => {
    const phoenix = zoneNamed("America/Phoenix");
    for (const text of ["2026-03-08 02:30:00", "2026-11-01 01:30:00"]) expect(phoenix.instantsOf(clock(text))).toHaveLength(1);
  });
});

describe("the start of a local unit", () => {
  it("keeps the two hours of an autumn night apart", () => {
    const zone = zoneNamed("Europe/Berlin");
    expect(zone.startOf("hour", at("2026-10-25T00:45:00Z"))).toBe(at("2026-10-25T00:00:00Z"));
    expect(zone.startOf("hour", at("2026-10-25T01:45:00Z"))).toBe(at("2026-10-25T01:00:00Z"));
    expect(zone.startOf("quarter-hour", at("2026-10-25T01:44:59Z"))).toBe(at("2026-10-25T01:30:00Z"));
  });

  it("is the change itself where an hour begins with it", () => {
    const zone = zoneNamed("Australia/Lord_Howe");
    expect(zone.startOf("hour", at("2026-10-03T15:40:00Z"))).toBe(at("2026-10-03T15:30:00Z"));
  });

  it("knows Monday, the first and New Year", () => {
    const zone = zoneNamed("America/Indiana/Indianapolis");
    const t = at("2026-06-18T03:00:00Z");
    expect(localText(zone.startOf("week", t), zone)).toBe("2026-06-15 00:00:00");
    expect(localText(zone.startOf("month", t), zone)).toBe("2026-06-01 00:00:00");
    expect(localText(zone.startOf("year", t), zone)).toBe("2026-01-01 00:00:00");
    expect(localText(zone.nextStart("month", at("2026-12-05T12:00:00Z")), zone)).toBe("2027-01-01 00:00:00");
    expect(localText(zone.nextStart("week", t), zone)).toBe("2026-06-22 00:00:00");
    expect(localText(zone.nextStart("year", t), zone)).toBe("2027-01-01 00:00:00");
  });
});

describe("the table", () => {
  const ids = [
    "Europe/Berlin",
    "America/St_Johns",
    "America/Phoenix",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Asia/Kathmandu",
    "+10:00",
    "UTC",
    "Pacific/Apia",
  ];
  const anyInstant = fc.integer({ min: Date.UTC(1975, 0, 1), max: Date.UTC(2065, 0, 1) });

  it("gives the same clock as the time-zone library, also outside its years", () => {
    fc.assert(
      fc.property(fc.constantFrom(...ids), anyInstant, (id, tMs) => {
        const said = Temporal.Instant.fromEpochMilliseconds(tMs).toZonedDateTimeISO(id);
        expect(zoneNamed(id).offsetAt(tMs)).toBe(said.offsetNanoseconds / 1e6);
      }),
      { numRuns: 400 },
    );
  });

  it("finds every instant again from its clock reading", () => {
    fc.assert(
      fc.property(fc.constantFrom(...ids), anyInstant, (id, tMs) => {
        const zone = zoneNamed(id);
        expect(zone.instantsOf(zone.localOf(tMs))).toContain(tMs);
        for (const unit of LOCAL_UNITS) {
          const start = zone.startOf(unit, tMs);
          expect(start).toBeLessThanOrEqual(tMs);
          expect(zone.startOf(unit, start)).toBe(start);
        }
        expect(zone.addDays(tMs, 1)).toBeGreaterThan(tMs);
        expect(zone.addDays(tMs, 1) - zone.dayStart(tMs)).toBeLessThanOrEqual(DAY_MS + 2 * HOUR_MS);
      }),
      { numRuns: 400 },
    );
  });

  it("is refused for a zone nobody knows", () => {
    expect(() => new Zone("Mars/Olympus")).toThrow(RangeError);
    expect(isZone("Mars/Olympus")).toBe(false);
    expect(isZone("")).toBe(false);
    expect(isZone("Europe/Berlin")).toBe(true);
  });
});

describe("texts", () => {
  it("show the clock of the place, with the offset where asked", () => {
    const zone = zoneNamed("America/St_Johns");
    const t = at("2026-07-15T12:00:00.250Z");
    expect(localText(t, zone)).toBe("2026-07-15 09:30:00");
    expect(offsetText(t, zone)).toBe("2026-07-15T09:30:00.250-02:30");
    expect(dateText(at("2026-07-15T02:00:00Z"), zone)).toBe("2026-07-14");
    expect(dateStart("2026-02-30", zone)).toBeUndefined();
  });
});
