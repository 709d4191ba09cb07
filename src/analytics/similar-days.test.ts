import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { convert } from "#units/unit.ts";
import { type DayFacts, type DayType, dayTypeOf, similarDays } from "./similar-days.ts";

const CELSIUS = { outdoorUnit: "°C" } as const;
const TYPES: readonly DayType[] = ["working", "saturday", "sunday"];
const dateOf = (day: number): string => new Date(Date.UTC(2026, 0, 1) + day * 86_400_000).toISOString().slice(0, 10);
const day = (number: number, outdoor: number, type: DayType = "working"): DayFacts => ({ date: dateOf(number), type, outdoor });

describe("days to compare a day with", () => {
  it("are of its type: a holiday is a Sunday", () => {
    expect([1, 5, 6, 7].map((weekday) => dayTypeOf(weekday, false))).toEqual(["working", "working", "saturday", "sunday"]);
    expect(dayTypeOf(3, true)).toBe("sunday");
  });

  it("are as warm outside within 3 K, the edge included, newest first", () => {
    const found = similarDays(
      day(40, 31),
      [day(1, 28), day(2, 27.9), day(3, 34), day(4, 31, "saturday"), day(5, 32), day(6, Number.NaN)],
      CELSIUS,
    );
    expect(found.days.map(({ date }) => date)).toEqual([dateOf(5), dateOf(3), dateOf(1)]);
    expect(found).toMatchObject({
      enough: true,
      by: "outdoor",
      method: "3 of 5 working days: outdoor temperature within 3 K of 31.0 °C at that time",
    });
  });

  it("are 3 K apart in Fahrenheit as well", () => {
    const found = similarDays(day(40, 88), [day(1, 93.4), day(2, 82.6), day(3, 82.5), day(4, 88)], { outdoorUnit: "°F" });
    expect(found.days).toHaveLength(3);
    expect(found.method).toContain("within 5.4 °F of 88.0 °F");
  });

  it("are the nearest where the outdoor temperature is unknown", () => {
    const many = Array.from({ length: 60 }, (_, i) => day(i, Number.NaN));
    const found = similarDays(day(30, 20), many, CELSIUS);
    expect(found.by).toBe("nearest");
    expect(found.days).toHaveLength(20);
    expect(found.days.map(({ date }) => date)).toEqual([
      ...Array.from({ length: 10 }, (_, i) => dateOf(40 - i)),
      ...Array.from({ length: 10 }, (_, i) => dateOf(29 - i)),
    ]);
  });

  it("are said to be too few with less than three, or none", () => {
    expect(similarDays(day(9, 20), [day(1, 20), day(2, 20), day(3, 30)], CELSIUS)).toMatchObject({
      enough: false,
      method: expect.stringContaining("; too few to tell what is usual"),
    });
    expect(similarDays(day(9, 20), [], CELSIUS)).toMatchObject({
      enough: false,
      days: [],
      method: expect.stringContaining("; nothing to compare with"),
    });
  });

  it("are never itself, never of another type, at most twenty, the newest first, and the same in both units", () => {
    const some = fc.array(fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 10, max: 35 }), fc.constantFrom(...TYPES)), {
      maxLength: 80,
    });
    fc.assert(
      fc.property(some, fc.constantFrom(...TYPES), (drawn, type) => {
        const candidates = drawn.map(([number, outdoor, of]) => day(number, outdoor, of));
        const asked = day(150, 22, type);
        const { days, enough } = similarDays(asked, candidates, CELSIUS);
        expect(days.length).toBeLessThanOrEqual(20);
        expect(enough).toBe(days.length >= 3);
        expect(days.every((one) => one.type === type && one.date !== asked.date && Math.abs(one.outdoor - 22) <= 3)).toBe(true);
        expect(days.map(({ date }) => date)).toEqual(
          days
            .map(({ date }) => date)
            .sort()
            .reverse(),
        );
        const warm = <D extends DayFacts>(one: D): D => ({ ...one, outdoor: convert(one.outdoor, "°C", "°F") });
        expect(similarDays(warm(asked), candidates.map(warm), { outdoorUnit: "°F" }).days).toEqual(days.map(warm));
      }),
    );
  });
});
