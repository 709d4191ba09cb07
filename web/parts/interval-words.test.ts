import { describe, expect, it } from "vitest";
import { zoneClock } from "#web/charts/zone-clock.ts";
import { clockText, countedIntervals, edgeText, flagsOf, intervalText } from "./interval-words.ts";

const clock = zoneClock("America/Indiana/Indianapolis");
const at = (text: string) => Date.parse(text);
const plain = (text: string) => text.replaceAll("\u00a0", " ").replaceAll("\u2060", "");
const quarter = (end: string) => ({ startMs: at(end) - 900_000, endMs: at(end) });

describe("an interval in words", () => {
  it("is called what people call it", () => {
    expect([15, 30, 60, 5].map((minutes) => plain(countedIntervals(2, minutes)))).toEqual([
      "2 quarter-hours",
      "2 half-hours",
      "2 hours",
      "2 5-minute intervals",
    ]);
    expect(plain(countedIntervals(1, 15))).toBe("1 quarter-hour");
  });

  it("has its day and both its ends on the plant's clock", () => {
    expect(plain(intervalText(quarter("2026-03-05T10:30-05:00"), clock, at("2026-03-06T00:00Z")))).toBe("Thu 5 Mar, 10:15 – 10:30");
  });

  it("ends at 24:00 of its own day, never at 00:00 of the next", () => {
    expect(plain(intervalText(quarter("2026-03-06T00:00-05:00"), clock, at("2026-03-06T00:00Z")))).toBe("Thu 5 Mar, 23:45 – 24:00");
  });

  it("names the zone where the clock shows that time twice, and only there", () => {
    expect(plain(clockText(quarter("2026-11-01T01:30-04:00"), clock))).toBe("01:15 – 01:30 EDT");
    expect(plain(clockText(quarter("2026-11-01T01:30-05:00"), clock))).toBe("01:15 – 01:30 EST");
    expect(plain(clockText(quarter("2026-11-01T03:30-05:00"), clock))).toBe("03:15 – 03:30");
  });

  it("says by which clock each end is meant where the clock is set between them", () => {
    expect(plain(clockText({ startMs: at("2026-11-01T01:45-04:00"), endMs: at("2026-11-01T01:00-05:00") }, clock))).toBe(
      "01:45 EDT – 01:00 EST",
    );
    expect(plain(clockText({ startMs: at("2026-03-08T01:45-05:00"), endMs: at("2026-03-08T03:00-04:00") }, clock))).toBe(
      "01:45 EST – 03:00 EDT",
    );
  });

  it("says the year where it is another one", () => {
    expect(edgeText(at("2025-03-05T10:15-05:00"), clock, at("2026-03-06T00:00Z"))).toBe("Wed 5 Mar 2025, 10:15");
  });
});

describe("the marks of an interval", () => {
  it("say that it is missing where nobody spoke of it and nothing is known", () => {
    expect(flagsOf({ quality: [], estimated: false, source: null }).map((flag) => flag.words)).toEqual(["missing"]);
  });

  it("name every bit, and that its energy is estimated once", () => {
    const words = (quality: Parameters<typeof flagsOf>[0]["quality"], estimated: boolean) =>
      flagsOf({ quality, estimated, source: "file" }).map((flag) => flag.words);
    expect(words(["excludedFromDemand", "invalidAlarm"], true)).toEqual(["R17, no demand", "invalid alarm", "estimated"]);
    expect(words(["recoveredAfterGap"], true)).toEqual(["recovered"]);
    expect(words([], false)).toEqual([]);
  });
});
