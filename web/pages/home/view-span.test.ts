import fc from "fast-check";
import { expect, it } from "vitest";
import { DAY_MS, HOUR_MS, zoneClock } from "#web/charts/zone-clock.ts";
import { dayOf, extended, selectionOf, selectionText, steppedSpan, VIEWS, viewNamed, viewSpan, wholeSeconds } from "./view-span.ts";

const clock = zoneClock("Europe/Berlin");
const at = (text: string): number => Date.parse(text);
const local = (tMs: number): string => new Date(clock.wallMs(tMs)).toISOString().slice(0, 16);
const span = (view: Parameters<typeof viewSpan>[0], now: string, weekStart = 1) => viewSpan(view, { clock, nowMs: at(now), weekStart });

it("means the last hour, the local day, the week since its first day, and month and year since the same date", () => {
  const now = "2026-03-10T13:41:18Z";
  expect(span("hour", now)).toEqual({ fromMs: at(now) - HOUR_MS, toMs: at(now) });
  expect(local(span("day", now).fromMs)).toBe("2026-03-10T00:00");
  expect(local(span("day", now).toMs)).toBe("2026-03-11T00:00");
  expect(local(span("week", now).fromMs)).toBe("2026-03-09T00:00");
  expect(local(span("week", now, 0).fromMs)).toBe("2026-03-08T00:00");
  expect(local(span("month", now).fromMs)).toBe("2026-02-10T00:00");
  expect(local(span("year", now).fromMs)).toBe("2025-03-10T00:00");
});

it("takes the last date of a month that is too short", () => {
  expect(local(span("month", "2026-03-31T10:00:00Z").fromMs)).toBe("2026-02-28T00:00");
  expect(local(span("year", "2028-02-29T10:00:00Z").fromMs)).toBe("2027-02-28T00:00");
});

it("shows 23 hours of the day the clock goes forward and 25 of the day it goes back", () => {
  const length = ({ fromMs, toMs }: { fromMs: number; toMs: number }) => (toMs - fromMs) / HOUR_MS;
  expect(length(span("day", "2026-03-29T10:00:00Z"))).toBe(23);
  expect(length(span("day", "2026-10-25T10:00:00Z"))).toBe(25);
  expect(length(dayOf(at("2026-10-25T00:30:00Z"), clock))).toBe(25);
});

it("steps over a change of the clock by whole days", () => {
  const saturday = dayOf(at("2026-03-28T12:00:00Z"), clock);
  const sunday = steppedSpan(saturday, 1, clock);
  expect([local(sunday.fromMs), local(sunday.toMs)]).toEqual(["2026-03-29T00:00", "2026-03-30T00:00"]);
  expect(steppedSpan(sunday, -1, clock)).toEqual(saturday);
});

it("steps what is no number of days by its own length", () => {
  const hour = { fromMs: at("2026-03-10T10:10:00Z"), toMs: at("2026-03-10T11:10:00Z") };
  expect(steppedSpan(hour, -1, clock)).toEqual({ fromMs: hour.fromMs - HOUR_MS, toMs: hour.fromMs });
});

it("holds now, begins at a local midnight and ends with today, whatever the instant", () => {
  const instants = fc.integer({ min: at("2020-01-01T00:00:00Z"), max: at("2035-01-01T00:00:00Z") });
  fc.assert(
    fc.property(instants, fc.integer({ min: 0, max: 6 }), fc.constantFrom(...VIEWS), (nowMs, weekStart, view) => {
      const { fromMs, toMs } = viewSpan(view, { clock, nowMs, weekStart });
      expect(fromMs).toBeLessThanOrEqual(nowMs);
      expect(toMs).toBeGreaterThanOrEqual(nowMs);
      if (view === "hour") return;
      expect(clock.wallMs(fromMs) % DAY_MS).toBe(0);
      expect(toMs).toBe(dayOf(nowMs, clock).toMs);
      if (view === "week") expect(new Date(clock.wallMs(fromMs)).getUTCDay()).toBe(weekStart);
    }),
  );
});

it("grows with the clock, and never shrinks", () => {
  const window = { fromMs: 1_000, toMs: 2_000 };
  expect(extended(window, 2_500)).toEqual({ fromMs: 1_000, toMs: 2_500 });
  expect(extended(window, 1_500)).toBe(window);
});

it("keeps a selection in the address by whole seconds, and understands only what is one", () => {
  expect(selectionText({ fromMs: 1772697600123.4, toMs: 1772724600500 })).toBe("1772697600000-1772724601000");
  expect(selectionOf("1772697600000-1772724600000")).toEqual({ fromMs: 1772697600000, toMs: 1772724600000 });
  for (const text of [undefined, "", "abc", "1772724600000-1772697600000", "1-2"]) expect(selectionOf(text)).toBeUndefined();
  expect(wholeSeconds({ fromMs: 10.2, toMs: 10.9 })).toEqual({ fromMs: 10, toMs: 11 });
});

it("takes a day where the address names no length it knows", () => {
  expect(viewNamed("year")).toBe("year");
  expect(viewNamed("decade")).toBe("day");
  expect(viewNamed(undefined)).toBe("day");
});
