import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { zoneNamed } from "#calendar/zone.ts";
import { consumptionOf, registerAt } from "./meter-fill.ts";
import { evenPace, meanDays, monthlyPace, percentOf } from "./meter-pace.ts";
import { GAS_PATTERN, indexAt } from "./register-world.ts";

const utc = zoneNamed("UTC");
const day = (text: string) => Date.parse(`${text}T00:00Z`);

describe("a pattern of months", () => {
  it("spreads by days of true length: 102.703, 105.407, 107.703, where the original reached the end too early with 103.862, 106.931, 110.000", () => {
    const index = indexAt([
      [day("2024-01-30"), 100],
      [day("2024-02-03"), 110],
    ]);
    const days = Float64Array.from(["2024-01-31", "2024-02-01", "2024-02-02"], day);
    const shown = registerAt(index, days, monthlyPace(GAS_PATTERN, utc));
    expect([...shown].map((register) => register.toFixed(3))).toEqual(["102.703", "105.407", "107.703"]);
  });

  it("that sums to 101 is the same as one that sums to 100", () => {
    expect(GAS_PATTERN.reduce((sum, share) => sum + share, 0)).toBeCloseTo(101, 9);
    const [written, whole] = [monthlyPace(GAS_PATTERN, utc), monthlyPace(percentOf(GAS_PATTERN), utc)];
    for (const at of ["2024-01-15", "2024-02-29", "2025-12-31"].map(day)) expect(written.at(at)).toBeCloseTo(whole.at(at), 9);
    expect(written.at(day("2025-01-01")) - written.at(day("2024-01-01"))).toBeCloseTo(100, 9);
  });

  it("weighs months by their share, whatever their length and whatever the clock does", () => {
    const berlin = zoneNamed("Europe/Berlin");
    const pace = monthlyPace(GAS_PATTERN, berlin);
    const starts = berlin.starts("month", day("2023-01-15"), day("2025-01-15"));
    for (let i = 1; i < starts.length; i += 1) {
      const month = new Date(berlin.localOf(starts[i - 1] as number)).getUTCMonth();
      expect(pace.at(starts[i] as number) - pace.at(starts[i - 1] as number)).toBeCloseTo((GAS_PATTERN[month] as number) / 1.01, 9);
    }
  });

  it("gives an hour of the day with 23 what it gives to any other hour of that month", () => {
    const berlin = zoneNamed("Europe/Berlin");
    const pace = monthlyPace(GAS_PATTERN, berlin);
    const weight = (text: string) => pace.at(berlin.nextStart("day", day(text))) - pace.at(berlin.dayStart(day(text)));
    expect(weight("2024-03-31") / weight("2024-03-30")).toBeCloseTo(23 / 24, 9);
    expect(weight("2024-10-27") / weight("2024-10-26")).toBeCloseTo(25 / 24, 9);
  });

  it("falls back to an even spread over months without a share", () => {
    const summerless = [1, 1, 1, 1, 1, 0, 0, 0, 1, 1, 1, 1];
    const index = indexAt([
      [day("2024-06-10"), 0],
      [day("2024-06-20"), 10],
    ]);
    const { amount } = consumptionOf(
      index,
      Float64Array.from([day("2024-06-10"), day("2024-06-15"), day("2024-06-20")]),
      monthlyPace(summerless, utc),
    );
    expect([...amount]).toEqual([5, 5]);
  });

  it("is refused unless it has twelve shares, none below zero and one above", () => {
    for (const wrong of [[], [1, 2, 3], new Array(12).fill(0), [-1, ...new Array(11).fill(1)], [Number.NaN, ...new Array(11).fill(1)]]) {
      expect(() => monthlyPace(wrong, utc)).toThrow(RangeError);
    }
  });

  it("grows with time, also where it is asked back and forth", () => {
    const pace = monthlyPace(GAS_PATTERN, zoneNamed("America/St_Johns"));
    fc.assert(
      fc.property(fc.array(fc.integer({ min: day("1969-01-01"), max: day("2040-01-01") }), { minLength: 2 }), (instants) => {
        const at = new Map(instants.map((tMs) => [tMs, pace.at(tMs)]));
        const sorted = [...new Set(instants)].sort((a, b) => a - b);
        for (let i = 1; i < sorted.length; i += 1) {
          expect(at.get(sorted[i] as number) as number).toBeGreaterThan(at.get(sorted[i - 1] as number) as number);
        }
      }),
    );
  });

  it("knows how long months are on the whole", () => {
    expect(Array.from({ length: 12 }, (_, month) => meanDays(month + 1)).reduce((sum, days) => sum + days, 0)).toBeCloseTo(365.2425, 6);
  });
});

describe("an even pace", () => {
  it("is time itself", () => {
    expect(evenPace().at(5)).toBe(5);
  });
});
