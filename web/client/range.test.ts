import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shiftSpan, spanOf, startOfDay, stepSpan, viewOf } from "./range.ts";
import { parseSearch, stringifySearch } from "./search.ts";

const HOUR = 3_600_000;

describe("a local day", () => {
  it("begins at the site's midnight, also on the days the clock changes", () => {
    const berlin = (utc: number) => new Date(startOfDay(utc, "Europe/Berlin")).toISOString();
    expect(berlin(Date.UTC(2026, 2, 10, 13, 41))).toBe("2026-03-09T23:00:00.000Z");
    expect(berlin(Date.UTC(2026, 2, 29, 20))).toBe("2026-03-28T23:00:00.000Z");
    expect(berlin(Date.UTC(2026, 9, 25, 20))).toBe("2026-10-24T22:00:00.000Z");
  });

  it("begins at the first instant there is where midnight is skipped", () => {
    expect(new Date(startOfDay(Date.UTC(2026, 3, 24, 12), "Africa/Cairo")).toISOString()).toBe("2026-04-23T22:00:00.000Z");
  });

  it("begins at or before the instant, less than 26 hours before it", () => {
    const instants = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2030, 0, 1) });
    fc.assert(
      fc.property(instants, fc.constantFrom("Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu"), (tMs, zone) => {
        const start = startOfDay(tMs, zone);
        expect(start).toBeLessThanOrEqual(tMs);
        expect(tMs - start).toBeLessThan(26 * HOUR);
        expect(startOfDay(start, zone)).toBe(start);
      }),
    );
  });
});

describe("a view in the address", () => {
  it("comes back from its address as it was", () => {
    const view = { site: "plant", range: "7d" as const };
    expect(viewOf(parseSearch(stringifySearch(view)))).toEqual(view);
    const fixed = { site: "Mill Road & co", from: 1_790_000_000_000, to: 1_790_003_600_000 };
    expect(viewOf(parseSearch(stringifySearch(fixed)))).toEqual(fixed);
  });

  it("keeps lists as repeated names, and keys readable", () => {
    const text = stringifySearch({ series: ["plant/main/power@kyz", "home/main/power@tasmota"] });
    expect(text).toBe("?series=plant/main/power@kyz&series=home/main/power@tasmota");
    expect(parseSearch(text)["series"]).toEqual(["plant/main/power@kyz", "home/main/power@tasmota"]);
  });

  it("leaves out what it does not understand", () => {
    expect(viewOf({ range: "constructor", site: ["", ""] })).toEqual({});
    expect(viewOf({ wrong: "very" })).toEqual({});
    // Said as undefined, so that nothing raw stands in for it.
    expect(Object.keys(viewOf({ from: "yesterday", to: "today" })).sort()).toEqual(["from", "range", "site", "to", "wrong"]);
  });

  it("names what is wrong with two instants, also once they are out of the address, and no longer than nothing else is chosen", () => {
    expect(viewOf({ range: "constructor", from: "yesterday", to: "7" })).toEqual({ wrong: "unreadable" });
    expect(viewOf({ from: "1790003600000", to: "1790000000000" })).toEqual({ wrong: "order" });
    expect(viewOf({ from: "1790003600000", to: "1790003600000" })).toEqual({ wrong: "order" });
    expect(viewOf({ to: "1790003600000" })).toEqual({ wrong: "half" });
    expect(viewOf({ wrong: "order" })).toEqual({ wrong: "order" });
    expect(viewOf({ wrong: "order", range: "7d" })).toEqual({ range: "7d" });
    expect(viewOf({ wrong: "order", from: "1790000000000", to: "1790003600000" })).toEqual({
      from: 1_790_000_000_000,
      to: 1_790_003_600_000,
    });
  });
});

describe("a range", () => {
  const now = Date.UTC(2026, 2, 10, 13, 41);
  it("of yesterday ends where today begins", () => {
    const today = spanOf({ range: "today" }, now, "Europe/Berlin");
    const yesterday = spanOf({ range: "yesterday" }, now, "Europe/Berlin");
    expect(yesterday.toMs).toBe(today.fromMs);
    expect(yesterday.toMs - yesterday.fromMs).toBe(24 * HOUR);
  });

  it("keeps its length when stepped, and never passes now", () => {
    const day = spanOf({ range: "24h" }, now, "UTC");
    const before = shiftSpan(day, -1, now);
    expect([before.fromMs, before.toMs]).toEqual([now - 48 * HOUR, now - 24 * HOUR]);
    expect(shiftSpan(before, 5, now).toMs).toBe(now);
  });
});

describe("a step earlier or later", () => {
  const zone = "America/New_York";
  const nowMs = Date.parse("2026-03-09T18:41:00Z");
  const shown = ({ fromMs, toMs }: { fromMs: number; toMs: number }) => [new Date(fromMs).toISOString(), new Date(toMs).toISOString()];

  it("goes from the day so far to the whole day before, which may have 23 hours, and back", () => {
    const today = spanOf({ range: "today" }, nowMs, zone);
    const before = stepSpan(today, -1, { nowMs, zone });
    expect(shown(before)).toEqual(["2026-03-08T05:00:00.000Z", "2026-03-09T04:00:00.000Z"]);
    expect(shown(stepSpan(before, 1, { nowMs, zone }))).toEqual(["2026-03-09T04:00:00.000Z", "2026-03-09T18:41:00.000Z"]);
  });

  it("stays where nothing is later, and moves any other length by itself", () => {
    const today = spanOf({ range: "today" }, nowMs, zone);
    expect(shown(stepSpan(today, 1, { nowMs, zone }))).toEqual(shown(today));
    const hours = spanOf({ range: "6h" }, nowMs, zone);
    expect(stepSpan(hours, -1, { nowMs, zone }).toMs).toBe(hours.fromMs);
  });
});
