import { expect, it } from "vitest";
import type { HomeDay } from "#contract/home.ts";
import { barFrame } from "#web/charts/bar-scene.ts";
import { zoneClock } from "#web/charts/zone-clock.ts";
import { type DayTrace, dayBarWords, daysScene } from "./days-scene.ts";

const clock = zoneClock("Europe/Berlin");
const firstMs = Date.parse("2026-03-27T23:00:00Z");

function day(index: number, change: Partial<HomeDay> = {}): HomeDay {
  const fromMs = clock.addDaysMs(firstMs, index);
  const toMs = clock.addDaysMs(firstMs, index + 1);
  return {
    date: new Date(clock.wallMs(fromMs)).toISOString().slice(0, 10),
    fromMs,
    toMs,
    fromLocal: "",
    toLocal: "",
    boughtKwh: 6,
    soldKwh: 3,
    cost: "1.93",
    coverage: 1,
    partial: false,
    mean30Kwh: 7.6,
    typicalKwh: 7,
    ...change,
  };
}

const shown: ReadonlySet<DayTrace> = new Set(["bought", "sold", "mean"]);
const days = [day(0), day(1, { partial: true, coverage: 0.85 }), day(2, { boughtKwh: null, soldKwh: null }), day(3, { partial: true })];
const nowMs = (days[3]?.fromMs ?? 0) + 3_600_000;
const scene = daysScene({ days, shown, clock, nowMs });

it("stands bought above zero and hangs sold below, on days of 23 hours too", () => {
  expect(scene.bars.map(({ value }) => value)).toEqual([6, 6, Number.NaN, 6]);
  expect(scene.below?.map(({ value }) => value)).toEqual([-3, -3, Number.NaN, -3]);
  expect(scene.bars.map(({ x0, x1 }) => (x1 - x0) / 3_600_000)).toEqual([24, 23, 24, 24]);
});

it("hatches a day of which only a part was observed, and draws today in full ink", () => {
  expect(scene.bars.map(({ hatched, strong }) => [hatched ?? false, strong ?? false])).toEqual([
    [false, false],
    [true, false],
    [false, false],
    [false, true],
  ]);
});

it("has room below zero only where something hangs there", () => {
  const size = { width: 400, height: 120 };
  expect(barFrame(scene, size).lowValue).toBeLessThan(-3);
  expect(barFrame(scene, size).y(0)).toBeLessThan(barFrame(scene, size).bottom);
  const bare = daysScene({ days, shown: new Set(["bought"]), clock, nowMs });
  expect(barFrame(bare, size).lowValue).toBe(0);
  expect(bare.lines).toEqual([]);
});

it("says a day in words with what is missing of it", () => {
  expect(dayBarWords(days[1] as HomeDay, "€1.93", { clock, nowMs }).replaceAll("\u00a0", " ")).toBe(
    "Sun 29 Mar: 6.000 kWh bought, 3.000 kWh sold, €1.93, 85 % measured",
  );
  expect(dayBarWords(days[3] as HomeDay, undefined, { clock, nowMs })).toMatch(/so far$/);
});
