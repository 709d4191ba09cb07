import { describe, expect, it } from "vitest";
import type { IntervalsAnswer } from "#contract/plant-intervals.ts";
import { filterWords, levelFault, levelOf, tableSentence } from "./words.ts";

const plain = (text: string) => text.replaceAll("\u00a0", " ");
const answer = (change: Partial<IntervalsAnswer>): IntervalsAnswer => ({
  fromMs: 0,
  toMs: 1,
  zone: "UTC",
  intervalMinutes: 15,
  expected: 96,
  matching: 96,
  page: 1,
  pages: 1,
  size: 100,
  energyKwh: 38_112.44,
  peakKw: 412.8,
  rows: [],
  ...change,
});
const say = (change: Partial<IntervalsAnswer>, filtered = false) => plain(tableSentence(answer(change), filtered, { kw: 1, kwh: 1 }));

describe("the sentence above the table", () => {
  it("sums up all rows, not those of a page", () => expect(say({})).toBe("38,112.4 kWh in 96 quarter-hours, highest 412.8 kW."));

  it("says how many the filters let through", () => {
    expect(say({ matching: 7 }, true)).toBe("7 of 96 quarter-hours match: 38,112.4 kWh, highest 412.8 kW.");
    expect(say({ matching: 1, peakKw: null }, true)).toBe("1 of 96 quarter-hours matches: 38,112.4 kWh.");
    expect(say({ matching: 0 }, true)).toBe("None of the 96 quarter-hours of this time matches.");
  });

  it("never says zero for what is unknown", () => {
    expect(say({ matching: 3, energyKwh: null, peakKw: null }, true)).toBe("3 of 96 quarter-hours match; no energy is known of them.");
    expect(say({ expected: 0, matching: 0 })).toBe("No quarter-hour of this time is over yet.");
  });
});

describe("the filters in words", () => {
  it("name marks and levels", () => {
    const words = filterWords({ flag: "missing", without: ["excludedFromDemand"], minKw: 350, maxKw: 412.5 }).map(plain);
    expect(words).toEqual(["only missing", "without R17", "350 to 412.5 kW"]);
    expect(filterWords({ minKw: 1350 }).map(plain)).toEqual(["1,350 kW and more"]);
  });
});

describe("a level a person types", () => {
  it("is read with comma or point, with unit and thousands", () => {
    expect(["350", " 350,5 kW", "3,660", "3,660.5", "−12"].map(levelOf)).toEqual([350, 350.5, 3660, 3660.5, -12]);
    expect(levelOf("  ")).toBeUndefined();
  });

  it("that cannot be is told what to do", () => {
    expect(levelFault(levelOf("much"), undefined)).toMatch(/number of kW/);
    expect(levelFault(400, 300)).toMatch(/above the upper/);
    expect(levelFault(300, 300)).toBeUndefined();
  });
});
