import { describe, expect, it } from "vitest";
import { ageText, clockText, datedText, everyText, momentText, spanText } from "./format-time.ts";

const style = { zone: "Europe/Berlin", locale: "en-GB" };
const plain = (text: string) => text.replaceAll("\u00a0", " ").replaceAll("\u2009", " ");
// 10 March 2026, 14:41:20 in Berlin
const NOW = Date.UTC(2026, 2, 10, 13, 41, 20);
const HOUR = 3_600_000;

describe("an age", () => {
  it("is told in the one unit that matters, and never negative", () => {
    const ages = [-500, 999, 3000, 59_999, 60_000, 14 * 60_000, 89 * 60_000, 90 * 60_000, 47 * HOUR, 49 * HOUR];
    expect(ages.map((age) => plain(ageText(age)))).toEqual([
      "0 s",
      "0 s",
      "3 s",
      "59 s",
      "1 min",
      "14 min",
      "89 min",
      "1 h",
      "47 h",
      "2 d",
    ]);
  });
});

describe("a spacing", () => {
  it("is told as people say it", () => {
    expect([500, 9_980, 15_002, 899_000, 86_400_000].map((ms) => plain(everyText(ms)))).toEqual([
      "every second",
      "every 10 s",
      "every 15 s",
      "every 15 min",
      "every 24 h",
    ]);
  });
});

describe("a moment", () => {
  it("says the year of what is long ago", () => {
    expect(plain(datedText(NOW - HOUR, NOW, style))).toBe(plain(momentText(NOW - HOUR, NOW, style)));
    expect(plain(datedText(NOW - 400 * 24 * HOUR, NOW, style))).toMatch(/ 2025 /);
  });

  it("is a time today, a weekday within the week, a date before", () => {
    expect(plain(momentText(NOW - HOUR, NOW, style))).toBe("13:41");
    expect(plain(momentText(NOW - 24 * HOUR, NOW, style))).toBe("Mon 14:41");
    expect(plain(momentText(NOW - 20 * 24 * HOUR, NOW, style))).toBe("18 Feb 14:41");
  });

  it("belongs to the site's zone: the same instant is another day elsewhere", () => {
    const lateEvening = Date.UTC(2026, 2, 10, 23, 30);
    expect(clockText(lateEvening, style)).toContain("00:30:00");
    expect(clockText(lateEvening, { ...style, zone: "America/New_York" })).toContain("19:30:00");
  });
});

describe("a stretch of time", () => {
  it("names its day once, or its days", () => {
    expect(plain(spanText({ fromMs: NOW - HOUR, toMs: NOW }, NOW, style))).toBe("13:41 – 14:41");
    expect(plain(spanText({ fromMs: NOW - 7 * 24 * HOUR, toMs: NOW }, NOW, style))).toMatch(/^3 ?– ?10 Mar$/);
  });
});
