import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { civilMs, civilOf, daysInMonth } from "./civil.ts";
import { instantOf, plainClockMs, readTime } from "./time-text.ts";

const instant = (text: string): number | undefined => {
  const time = readTime(text);
  return time && instantOf(time);
};

describe("a written time", () => {
  it.each([
    "2026-01-31 14:15:00-0700",
    "2026-01-31T14:15:00-07:00",
    "2026-01-31T21:15:00Z",
    "2026-01-31 21:15:00 Z",
    "2026-01-31T22:15+01",
    "2026-02-01T00:00:00.000+02:45",
    "2026-01-31 14:15:00.0000000-0700",
  ])("%s is one and the same instant", (text) => {
    expect(instant(text)).toBe(Date.UTC(2026, 0, 31, 21, 15));
  });

  it("has no instant of its own without an offset", () => {
    expect(readTime("2026-01-31 14:15:00")).toEqual({ localMs: Date.UTC(2026, 0, 31, 14, 15) });
  });

  it("is cut to milliseconds, and says so", () => {
    expect(readTime("2026-01-31 14:15:00.123456789Z")).toEqual({
      localMs: Date.UTC(2026, 0, 31, 14, 15, 0, 123),
      offsetMinutes: 0,
      cut: true,
    });
    expect(readTime("2026-01-31 14:15:00.123000Z")).toEqual({ localMs: Date.UTC(2026, 0, 31, 14, 15, 0, 123), offsetMinutes: 0 });
  });

  it("knows the end of a day and a leap second", () => {
    expect(instant("2026-12-31T24:00:00Z")).toBe(Date.UTC(2027, 0, 1));
    expect(instant("2016-12-31T23:59:60Z")).toBe(Date.UTC(2017, 0, 1));
  });

  it.each([
    "",
    "bad",
    "2026-02-29 00:00:00",
    "2026-13-01 00:00:00",
    "2026-01-01 25:00:00",
    "2026-01-01 24:00:01",
    "2026-01-01",
    "26-01-01 00:00:00",
    "2026-01-01 00:00:00+99:00",
    "2026-01-01 00:00:00 MST",
    "2026-01-31 1:15:00 PM",
  ])("%j is none", (text) => {
    expect(readTime(text)).toBeUndefined();
  });

  it("never takes long, however it is written", () => {
    expect(readTime("2026-01-01 00:00:00.".padEnd(1_000_000, "9"))).toBeUndefined();
  });
});

describe("the common forms", () => {
  it("are read as the platform reads them", () => {
    const offset = fc.constantFrom("Z", "+00:00", "-07:00", "+05:45", "-0330", "+1400");
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Date.UTC(2100, 0, 1) }), fc.constantFrom("T", " "), offset, (ms, separator, zone) => {
        const clock = new Date(ms).toISOString().slice(0, 23);
        const platform = Date.parse(`${clock}${zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone}`);
        expect(instant(clock.replace("T", separator) + zone)).toBe(platform);
        expect(instant(clock.slice(0, 19).replace("T", separator) + zone)).toBe(Math.floor(platform / 1000) * 1000);
      }),
    );
  });

  it("are refused where a digit or sign is wrong", () => {
    for (const tail of ["+0x:00", "-07;00", ".12Zx", "-19:00", "+07:60", "z0", "--0700"])
      expect(readTime(`2026-01-31T14:15:00${tail}`), tail).toBeUndefined();
  });
});

describe("calendar arithmetic", () => {
  it("goes there and back over four centuries and agrees with the platform", () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1800, 0, 1), max: Date.UTC(2200, 0, 1) }), (ms) => {
        const c = civilOf(ms);
        expect(civilMs(c)).toBe(ms);
        expect(Date.UTC(c.year, c.month - 1, c.day, c.hour, c.minute, c.second, c.millisecond)).toBe(ms);
      }),
    );
    expect([daysInMonth(2024, 2), daysInMonth(2100, 2), daysInMonth(2000, 2), daysInMonth(2026, 4)]).toEqual([29, 28, 29, 30]);
  });

  it("reads the plain clock of a meter as the general reader does", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Date.UTC(2100, 0, 1) / 1000 }), (s) => {
        const text = new Date(s * 1000).toISOString().slice(0, 19);
        expect(plainClockMs(text)).toBe(readTime(text)?.localMs);
      }),
    );
    for (const text of [
      "2026-02-29T00:00:00",
      "2026-01-01T00:00:61",
      "x026-01-01T00:00:00",
      "2026-01-01x00:00:00",
      "2026-01-01T00:00:0",
      "/026-01-01T00:00:00",
    ])
      expect(plainClockMs(text)).toBeUndefined();
  });
});
