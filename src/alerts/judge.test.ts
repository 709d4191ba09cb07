import { describe, expect, test } from "vitest";
import { ANY, MINUTE_MS, seen, T0, tell } from "./alert-world.ts";
import { builtInRules } from "./built-in.ts";
import type { Rule } from "./rule.ts";
import { ruleSentence } from "./rule-sentence.ts";
import { durationText } from "./words.ts";

const HOUR_MS = 60 * MINUTE_MS;
const titles = (rule: Rule, looks: Parameters<typeof tell>[1]): string[] => tell(rule, looks).map(({ title }) => title);

describe("a source that falls silent", () => {
  const rule: Rule = { ...ANY, kind: "stale", source: "*" };
  const silent = (minutes: number, spacingMs: number) => ({
    nowMs: T0 + minutes * MINUTE_MS,
    observation: seen({ tMs: T0, spacingMs }),
  });

  test("is missed after ten minutes, or six times what is usual for it", () => {
    expect(titles(rule, [silent(9.9, 10_000)])).toEqual([]);
    expect(titles(rule, [silent(10, 10_000), silent(11, 10_000)])).toEqual(["Electricity meter has been silent for 10 minutes"]);
    expect(titles(rule, [silent(29, 5 * MINUTE_MS)])).toEqual([]);
    expect(titles(rule, [silent(30, 5 * MINUTE_MS)])).toHaveLength(1);
  });

  test("that said too little to know its habit is missed after a day, and one that never spoke not at all", () => {
    expect(titles(rule, [silent(23 * 60, Number.NaN)])).toEqual([]);
    expect(titles(rule, [silent(24 * 60, Number.NaN)])).toHaveLength(1);
    expect(titles(rule, [{ nowMs: T0, observation: seen({ tMs: Number.NaN }) }])).toEqual([]);
  });

  test("is told to speak again, with how long it was missed", () => {
    const back = { nowMs: T0 + 35 * MINUTE_MS, observation: seen({ tMs: T0 + 35 * MINUTE_MS, spacingMs: 10_000 }) };
    const told = tell(rule, [silent(10, 10_000), back]);
    expect(told.at(-1)).toMatchObject({
      what: "cleared",
      title: "Electricity meter speaks again",
      text: "Messages of Electricity meter come again. It was missed for 25 minutes.",
    });
  });

  test("is repeated while it lasts, where the rule asks for it", () => {
    const again: Rule = { ...rule, repeatMs: HOUR_MS };
    const looks = [10, 60, 69, 70, 100, 130].map((minutes) => silent(minutes, 10_000));
    expect(tell(again, looks).map(({ what }) => what)).toEqual(["fired", "repeated", "repeated"]);
  });
});

describe("readings that thin out", () => {
  const rule: Rule = { ...ANY, kind: "thinning", of: "*", overMs: HOUR_MS, fewerThan: 300 };
  const count = (value: number, usual?: number) => ({
    nowMs: T0,
    observation: seen({ value, unit: "", ...(usual === undefined ? {} : { usual }) }),
  });

  test("a reader that sends every ten seconds is asked for 300 of 360", () => {
    expect(titles(rule, [count(300, 360)])).toEqual([]);
    expect(titles(rule, [count(299, 360)])).toEqual(["Electricity meter sends too few readings: 299 in 60 minutes"]);
  });

  test("a reader that sends every minute is asked for 50 of 60, and one nobody knows yet for nothing", () => {
    expect(titles(rule, [count(50, 60)])).toEqual([]);
    expect(titles(rule, [count(49, 60)])).toHaveLength(1);
    expect(titles(rule, [count(3, Number.NaN)])).toEqual([]);
  });

  test("a number that somebody sets is meant for a reader that sends every ten seconds or more often", () => {
    const strict: Rule = { ...rule, fewerThan: 350 };
    for (const usual of [360, 3_600]) {
      expect(titles(strict, [count(350, usual)])).toEqual([]);
      expect(titles(strict, [count(349, usual)])).toHaveLength(1);
    }
    expect(titles(strict, [count(58, 60)])).toEqual([]);
    expect(titles(strict, [count(57, 60)])).toHaveLength(1);
  });

  test("a rule that names its number means it", () => {
    expect(titles(rule, [count(299)])).toHaveLength(1);
  });

  test("one reading more or less is no news", () => {
    expect(tell(rule, [count(299), count(300), count(299), count(314), count(316)]).map(({ what }) => what)).toEqual(["fired", "cleared"]);
  });
});

describe("a value beyond a limit", () => {
  const rule: Rule = { ...ANY, kind: "threshold", series: "home/cellar/temperature@air", above: 25, hysteresis: 1, forMs: 10 * MINUTE_MS };
  const rows = (...values: number[]) =>
    values.map((value, i) => ({ nowMs: T0 + i * 5 * MINUTE_MS, observation: seen({ value, unit: "°C" }) }));

  test("has to last", () => {
    expect(titles(rule, rows(26, 26, 24.5, 26, 26))).toEqual([]);
    expect(titles(rule, rows(26, 26, 26.25))).toEqual(["Electricity meter is above 25 °C: 26.25 °C"]);
  });

  test("is waited for through what is not known", () => {
    expect(titles(rule, rows(26, Number.NaN, 27))).toHaveLength(1);
  });

  test("is waited for anew when the clock is set back", () => {
    const set = [10, 5, 14, 15].map((minute) => ({ nowMs: T0 + minute * MINUTE_MS, observation: seen({ value: 30 }) }));
    expect(tell(rule, set).map(({ tMs }) => tMs)).toEqual([T0 + 15 * MINUTE_MS]);
  });
});

test("a price below a limit, and back", () => {
  const rule: Rule = { ...ANY, kind: "price", series: "home/market/price@entsoe", below: 0, hysteresis: 0.01 };
  const rows = [0.1, -0.02, 0.005, 0.02].map((value, i) => ({ nowMs: T0 + i, observation: seen({ value, unit: "EUR/kWh" }) }));
  expect(titles(rule, rows)).toEqual(["Electricity meter is below 0 EUR/kWh: -0.02 EUR/kWh", "Electricity meter is 0.02 EUR/kWh again"]);
});

test("a job that fails is told with what it said, and one that runs decides nothing", () => {
  const rule: Rule = { ...ANY, kind: "job", job: "backup" };
  const rows = [0, 1, Number.NaN, 1, 0].map((value, i) => {
    return {
      nowMs: T0 + i * HOUR_MS,
      observation: seen({ title: "Backup", value, unit: "", sentence: value > 0 ? "The disk is full." : "1 file written." }),
    };
  });
  expect(tell(rule, rows).map(({ title, text }) => `${title}. ${text}`)).toEqual([
    "Backup: the last run failed. The disk is full. The page of jobs shows its runs; it is tried again when it is due.",
    "Backup works again. 1 file written. It had failed 3 hours before.",
  ]);
});

test("a meter that leaks is told with where and how much, once, and that it rested", () => {
  const rule: Rule = { ...ANY, kind: "meter", meter: "*", watch: "leak", withinDays: 365 };
  const rows = [0, 1, 1, Number.NaN, 0].map((value, i) => {
    const sentence = value > 0 ? { sentence: "Has not rested since Sunday." } : {};
    return { nowMs: T0 + i * HOUR_MS, observation: seen({ title: "Water main", value, unit: "", ...sentence }) };
  });
  expect(tell(rule, rows).map(({ title, text }) => `${title}. ${text}`)).toEqual([
    "Water main does not rest: it may leak. Has not rested since Sunday.",
    "Water main rested again. It had been told 3 hours before.",
  ]);
});

test("every rule says in words when it tells", () => {
  const naming = (key: string) => ({ title: key === "plant.main" ? "Main meter" : "Cellar", unit: "°C" });
  const say = (rule: Rule): string => ruleSentence(rule, naming);
  expect(builtInRules({ channels: [], readingsPerHour: 300, backupJob: "backup" }).map(say)).toEqual([
    "when any source says nothing for six times what is usual for it, 10 minutes at least",
    "when fewer than 300 readings of a home come in 60 minutes; in proportion where a reader usually sends less often than every 10 seconds",
    'when the job "Cellar" fails',
    "when a meter of water or gas does not rest for an hour in a day",
    "when a reading of a meter cannot be right",
    "when a meter should be read",
    "when the calibration of a meter ends within 365 days",
  ]);
  expect(say({ ...ANY, kind: "threshold", series: "x", above: 25, below: 5, hysteresis: 0, forMs: 60_000 })).toBe(
    "when Cellar is above 25 °C or below 5 °C for 60 seconds",
  );
  expect(say({ ...ANY, kind: "demand", plant: "plant.main", targetKw: 600, notBeforeMs: 0, leadMs: 120_000, hysteresisKw: 0 })).toBe(
    "when Main meter heads for more than 600 kW, with at least 2 minutes left to act",
  );
});

test("lengths of time as people say them", () => {
  const said = [0, 1_000, 119_000, 120_000, HOUR_MS * 2, 2 * HOUR_MS + 5 * MINUTE_MS, 49 * HOUR_MS].map(durationText);
  expect(said).toEqual(["0 seconds", "1 second", "119 seconds", "2 minutes", "2 hours", "2 h 5 min", "2 days"]);
});
