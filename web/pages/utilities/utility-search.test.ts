import { describe, expect, test } from "vitest";
import { meterSearchOf, metersSearchOf, stretchOf, yearSearchOf } from "./utility-search.ts";

describe("the address of the pages of meters", () => {
  test("the list keeps its filters", () => {
    expect(metersSearchOf({ medium: "gas", standing: "due", find: "flat 2", site: "haus" })).toMatchObject({
      medium: "gas",
      standing: "due",
      find: "flat 2",
      site: "haus",
      group: undefined,
    });
  });

  test("one meter keeps its window, and what is no date or stretch is left out", () => {
    const search = meterSearchOf({
      meter: "haus.gas",
      from: "1700000000000",
      to: "1700086400000",
      asOf: "yesterday",
      made: "5-2",
      by: "day",
    });
    expect(search).toMatchObject({ meter: "haus.gas", from: 1_700_000_000_000, to: 1_700_086_400_000, by: "day" });
    expect(search.asOf).toBeUndefined();
    expect(search.made).toBeUndefined();
    expect(meterSearchOf({ asOf: "2024-03-01", made: "2-5" })).toMatchObject({ asOf: "2024-03-01", made: "2-5" });
  });

  test("a year is four digits, meters are a list without repeats", () => {
    expect(yearSearchOf({ year: "2024", meters: ["a.b", "a.c", "a.b"] })).toMatchObject({ year: "2024", meters: ["a.b", "a.c"] });
    expect(yearSearchOf({ year: "24" }).year).toBeUndefined();
    expect(yearSearchOf({}).meters).toBeUndefined();
  });

  test("a stretch may lie before 1970, and never ends before it begins", () => {
    expect(stretchOf("-100--50")).toEqual({ fromMs: -100, toMs: -50 });
    expect(stretchOf("1-1")).toBeUndefined();
    expect(stretchOf(undefined)).toBeUndefined();
  });
});
