import { describe, expect, it } from "vitest";
import { zoneClock } from "#web/charts/zone-clock.ts";
import { beforeOf, changeWords } from "./before.ts";
import type { Statistics } from "./statistics.ts";

const HOUR = 3_600_000;
const clock = zoneClock("America/Los_Angeles");
const at = (text: string) => Date.parse(text);
const having = (value: number, missing = 0): Statistics => ({
  amount: { value, unit: "kWh" },
  mean: undefined,
  highest: undefined,
  lowest: undefined,
  readings: 1,
  measured: 1 - missing,
  estimated: 0,
  missing,
  falls: 0,
});

describe("the time before", () => {
  it("is the local week before, whatever the clocks did in between", () => {
    const week = { fromMs: at("2026-03-03T00:00-08:00"), toMs: at("2026-03-10T00:00-07:00") };
    expect(beforeOf(week, clock)).toEqual({
      span: { fromMs: at("2026-02-24T00:00-08:00"), toMs: week.fromMs },
      words: "the week before",
    });
    const after = { fromMs: week.toMs, toMs: at("2026-03-17T00:00-07:00") };
    expect(beforeOf(after, clock)?.span).toEqual(week);
  });

  it("is only for whole days", () => {
    expect(beforeOf({ fromMs: 0, toMs: 7 * HOUR }, clock)).toBeUndefined();
  });
});

describe("the change", () => {
  it("is said in percent, and as equal where it is", () => {
    expect(changeWords(having(104.2), having(100), "the week before")).toBe("4.2\u00a0% more than the week before");
    expect(changeWords(having(50), having(100), "the day before")).toBe("50.0\u00a0% less than the day before");
    expect(changeWords(having(100), having(100), "the day before")).toBe("as much as the day before");
  });

  it("is not said where one of the two has holes, or nothing was used before", () => {
    expect(changeWords(having(104, 0.1), having(100), "the week before")).toBeUndefined();
    expect(changeWords(having(104), having(100, 0.1), "the week before")).toBeUndefined();
    expect(changeWords(having(104), having(0), "the week before")).toBeUndefined();
  });
});
