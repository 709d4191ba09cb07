import { describe, expect, it } from "vitest";
import type { SeriesInfo } from "#contract/series.ts";
import { zoneClock } from "#web/charts/zone-clock.ts";
import { type AnswerParts, answerSentence, evidenceOf, oddDays } from "./answer.ts";
import type { Statistics } from "./statistics.ts";

const clock = zoneClock("America/Los_Angeles");
const at = (text: string) => Date.parse(text);
const week = { fromMs: at("2026-03-03T00:00-08:00"), toMs: at("2026-03-10T00:00-07:00") };
const info: SeriesInfo = {
  key: "plant/main/power@kyz",
  site: "plant",
  point: "plant/main",
  pointName: "The plant",
  quantity: "power",
  quantityName: "Power",
  source: "kyz",
  kind: "gauge",
  unit: "kW",
  medium: "electricity",
  primary: true,
  diagnostic: false,
  guaranteed: true,
  count: 40_320,
  demo: false,
};
const whole: Statistics = {
  amount: { value: 37_634, unit: "kWh" },
  mean: 225.36,
  highest: { value: 414.8, tMs: week.fromMs },
  lowest: { value: 99, tMs: week.fromMs },
  readings: 38_760,
  measured: 1,
  estimated: 0,
  missing: 0,
  falls: 0,
};
const parts: AnswerParts = { info, name: "The plant", statistics: whole, span: week, clock, range: undefined, digits: undefined };
const plain = (text: string) => text.replaceAll("\u00a0", " ");
const say = (more: Partial<AnswerParts>) => plain(answerSentence({ ...parts, ...more }));

describe("the answer", () => {
  it("says what was used, from when to when, and the mean", () => {
    expect(say({})).toBe("The plant used 37,634 kWh from Tue 3 to Tue 10 Mar, 225 kW on average.");
  });

  it("says that gaps make a rate's amount a lower bound, but not a register's", () => {
    expect(say({ statistics: { ...whole, missing: 0.05, measured: 0.95 } })).toContain("used at least 37,634 kWh");
    const register = { ...info, kind: "counter" as const, unit: "kWh" };
    expect(say({ info: register, statistics: { ...whole, mean: undefined, missing: 0.05 } })).toBe(
      "The plant used 37,634 kWh from Tue 3 to Tue 10 Mar.",
    );
  });

  it("has a mean where an amount would mean nothing", () => {
    const temperature = { ...info, unit: "°C", medium: "climate" as const, quantity: "temperature" };
    expect(say({ info: temperature, statistics: { ...whole, amount: undefined, mean: 8.24 }, digits: 1, range: "24h" })).toBe(
      "The plant averaged 8.2 °C in the last 24 hours.",
    );
  });

  it("is a net where power flowed both ways", () => {
    expect(say({ statistics: { ...whole, lowest: { value: -20, tMs: 0 } } })).toContain("drew a net 37,634 kWh");
  });

  it("brings watts to kilowatts when it says them", () => {
    expect(say({ info: { ...info, unit: "W" }, statistics: { ...whole, mean: 1_994 } })).toContain("1.99 kW on average");
  });

  it("says so where there are no readings", () => {
    expect(say({ statistics: { ...whole, readings: 0 }, range: "1h" })).toBe("The plant has no readings in the last hour.");
  });
});

describe("the evidence", () => {
  it("names the shares, the readings and the day of 23 hours", () => {
    const statistics = { ...whole, measured: 0.968, estimated: 0.019, missing: 0.013 };
    expect(evidenceOf({ ...parts, statistics }, undefined, 0).map(plain)).toEqual([
      "96.8 % measured, 1.9 % estimated, 1.3 % missing",
      "38,760 readings",
      "Sun 8 Mar has 23 hours",
    ]);
  });

  it("says that a register fell", () => {
    expect(evidenceOf({ ...parts, statistics: { ...whole, falls: 1 } }, undefined, 0)).toContain("register fell once");
  });

  it("finds the day of 25 hours, also when the window begins inside it", () => {
    const inside = { fromMs: at("2026-11-01T12:00-08:00"), toMs: at("2026-11-03T00:00-08:00") };
    expect(oddDays(inside, clock)).toEqual(["Sun 1 Nov has 25 hours"]);
    expect(oddDays({ fromMs: at("2026-07-01T00:00Z"), toMs: at("2026-07-09T00:00Z") }, clock)).toEqual([]);
  });
});
