import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#calendar/civil.ts";
import { localText } from "#calendar/local-text.ts";
import { zoneNamed } from "#calendar/zone.ts";
import type { TimeRange } from "./interval-grid.ts";
import { type OccupiedHours, occupiedSpans, occupiedTimes, warmUpSpans } from "./occupied-hours.ts";
import { joined, lengthMs, without } from "./time-spans.ts";

const phoenix = zoneNamed("America/Phoenix");
const chicago = zoneNamed("America/Chicago");
const WORKDAYS = [1, 2, 3, 4, 5];
const ALL_DAYS = [...WORKDAYS, 6, 7];
const hours = (from: number, to: number, more: Partial<OccupiedHours> = {}): OccupiedHours => ({
  fromMinute: from * 60,
  toMinute: to * 60,
  weekdays: WORKDAYS,
  warmUpMinutes: 60,
  ...more,
});
const at = (text: string, zone = phoenix): number => zone.instantOf(Date.parse(`${text}Z`), "earlier");
const shown = (spans: readonly TimeRange[], zone = phoenix): string[] =>
  spans.map(({ fromMs, toMs }) => `${localText(fromMs, zone).slice(5, 16)} to ${localText(toMs, zone).slice(5, 16)}`);

describe("occupied hours", () => {
  it("are those of the clock on the wall, from Monday to Friday", () => {
    // 2025-11-21 is a Friday.
    const range = { fromMs: at("2025-11-20T12:00:00"), toMs: at("2025-11-24T09:00:00") };
    expect(shown(occupiedSpans(hours(7, 18), range, { zone: phoenix }))).toEqual([
      "11-20 12:00 to 11-20 18:00",
      "11-21 07:00 to 11-21 18:00",
      "11-24 07:00 to 11-24 09:00",
    ]);
  });

  it("go over midnight, and belong to the day they begin on", () => {
    const range = { fromMs: at("2025-11-21T00:00:00"), toMs: at("2025-11-23T00:00:00") };
    expect(shown(occupiedSpans(hours(22, 6), range, { zone: phoenix }))).toEqual([
      "11-21 00:00 to 11-21 06:00",
      "11-21 22:00 to 11-22 06:00",
    ]);
  });

  it("are all of the day where they end as they begin", () => {
    const range = { fromMs: at("2025-11-17T00:00:00"), toMs: at("2025-11-22T06:00:00") };
    expect(shown(occupiedSpans(hours(0, 0), range, { zone: phoenix }))).toEqual(["11-17 00:00 to 11-22 00:00"]);
    expect(shown(occupiedSpans(hours(0, 24), range, { zone: phoenix }))).toEqual(["11-17 00:00 to 11-22 00:00"]);
  });

  it("do not begin on a holiday, but those of its eve go on into it", () => {
    const range = { fromMs: at("2025-11-26T12:00:00"), toMs: at("2025-11-28T12:00:00") };
    const place = { zone: phoenix, holidays: ["2025-11-27"] };
    expect(shown(occupiedSpans(hours(7, 18), range, place))).toEqual(["11-26 12:00 to 11-26 18:00", "11-28 07:00 to 11-28 12:00"]);
    expect(shown(occupiedSpans(hours(22, 6), range, place))).toEqual(["11-26 22:00 to 11-27 06:00"]);
  });

  it("stay 7 to 18 by the clock on days of 23 and of 25 hours", () => {
    const weekend = hours(7, 18, { weekdays: [7] });
    for (const date of ["2026-03-08", "2026-11-01"]) {
      const day = {
        fromMs: chicago.dayStart(at(`${date}T12:00:00`, chicago)),
        toMs: chicago.nextStart("day", at(`${date}T12:00:00`, chicago)),
      };
      expect(shown(occupiedSpans(weekend, day, { zone: chicago }), chicago)).toEqual([`${date.slice(5)} 07:00 to ${date.slice(5)} 18:00`]);
      const night = hours(0, 6, { weekdays: [7] });
      expect(lengthMs(occupiedSpans(night, day, { zone: chicago }))).toBe((date === "2026-03-08" ? 5 : 7) * HOUR_MS);
    }
  });

  it("have a time before them in which the building is made ready, which is not occupied", () => {
    const range = { fromMs: at("2025-11-20T00:00:00"), toMs: at("2025-11-21T00:00:00") };
    expect(shown(warmUpSpans(hours(7, 18), range, { zone: phoenix }))).toEqual(["11-20 06:00 to 11-20 07:00"]);
    expect(warmUpSpans(hours(0, 0, { weekdays: ALL_DAYS }), range, { zone: phoenix })).toEqual([]);
    const ends = { fromMs: at("2025-11-20T00:00:00"), toMs: at("2025-11-20T06:30:00") };
    expect(shown(warmUpSpans(hours(7, 18), ends, { zone: phoenix }))).toEqual(["11-20 06:00 to 11-20 06:30"]);
  });

  const zone = fc
    .constantFrom("America/Phoenix", "America/Chicago", "Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns", "Asia/Kathmandu")
    .map(zoneNamed);
  const given = fc.record({
    zone,
    fromMinute: fc.integer({ min: 0, max: 1_439 }),
    toMinute: fc.integer({ min: 0, max: 1_440 }),
    weekdays: fc.subarray(ALL_DAYS),
    warmUpMinutes: fc.integer({ min: 0, max: 180 }),
    startMs: fc.constantFrom(
      Date.UTC(2026, 2, 6),
      Date.UTC(2026, 2, 27),
      Date.UTC(2026, 3, 3),
      Date.UTC(2026, 9, 30),
      Date.UTC(2026, 9, 24),
    ),
    longMs: fc.integer({ min: 1, max: 5 * DAY_MS }),
  });

  it("and the rest tile the range, wherever the clock is moved", () => {
    fc.assert(
      fc.property(given, ({ zone, startMs, longMs, ...window }) => {
        const range = { fromMs: startMs, toMs: startMs + longMs };
        const { occupied, warmUp } = occupiedTimes(window, range, { zone });
        const rest = without([range], joined([...occupied, ...warmUp]));
        expect(lengthMs(occupied) + lengthMs(warmUp) + lengthMs(rest)).toBe(longMs);
        expect(joined([...occupied, ...warmUp, ...rest])).toEqual([range]);
      }),
    );
  });

  it("are the same cut in two as in one piece", () => {
    fc.assert(
      fc.property(given, fc.double({ min: 0, max: 1, noNaN: true }), ({ zone, startMs, longMs, ...window }, share) => {
        const cutMs = startMs + Math.floor(share * longMs);
        const of = (fromMs: number, toMs: number) => occupiedTimes(window, { fromMs, toMs }, { zone });
        const [whole, left, right] = [of(startMs, startMs + longMs), of(startMs, cutMs), of(cutMs, startMs + longMs)];
        expect(joined([...left.occupied, ...right.occupied])).toEqual(whole.occupied);
        expect(joined([...left.warmUp, ...right.warmUp])).toEqual(whole.warmUp);
      }),
    );
  });

  it("are what the clock shows at every minute of a day on which it is not moved", () => {
    fc.assert(
      fc.property(given, ({ zone, startMs, ...window }) => {
        const range = { fromMs: startMs, toMs: startMs + 2 * DAY_MS };
        const spans = occupiedSpans(window, range, { zone });
        const moved = zone.offsetAt(range.fromMs - 2 * DAY_MS) !== zone.offsetAt(range.toMs + 2 * DAY_MS);
        if (moved) return;
        for (let tMs = range.fromMs; tMs < range.toMs; tMs += 7 * MINUTE_MS) {
          const expected = occupiedByClock(window, zone.localOf(tMs));
          expect(spans.some(({ fromMs, toMs }) => fromMs <= tMs && tMs < toMs)).toBe(expected);
        }
      }),
      { numRuns: 40 },
    );
  });
});

/** By the clock alone: today's window, or yesterday's that goes over midnight. */
function occupiedByClock({ fromMinute, toMinute, weekdays }: OccupiedHours, localMs: number): boolean {
  const day = Math.floor(localMs / DAY_MS);
  const minute = (localMs - day * DAY_MS) / MINUTE_MS;
  const used = (which: number): boolean => weekdays.includes(((which + 3) % 7) + 1);
  const end = toMinute <= fromMinute ? toMinute + 1_440 : toMinute;
  return (used(day) && minute >= fromMinute && minute < end) || (used(day - 1) && minute + 1_440 < end);
}
