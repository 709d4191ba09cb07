import fc from "fast-check";
import { expect, test } from "vitest";
import { ANY, type Look, MINUTE_MS, QUARTER_MS, seen, T0, tell } from "./alert-world.ts";
import type { DemandRule } from "./rule.ts";

const RULE: DemandRule = {
  ...ANY,
  kind: "demand",
  plant: "plant.main",
  targetKw: 600,
  notBeforeMs: 3 * MINUTE_MS,
  leadMs: 2 * MINUTE_MS,
  hysteresisKw: 50,
};

/** A look at so many minutes after the start, with what the running quarter-hour is projected to end at. */
function at(minute: number, projectedKw: number, levelKw = 650): Look {
  const nowMs = T0 + minute * MINUTE_MS;
  const startMs = Math.floor(nowMs / QUARTER_MS) * QUARTER_MS;
  return { nowMs, observation: seen({ value: projectedKw, unit: "kW", interval: { startMs, endMs: startMs + QUARTER_MS, levelKw } }) };
}

const whats = (rule: DemandRule, looks: readonly Look[]): string[] => tell(rule, looks).map(({ what }) => what);

test("it is told once, not too early to know and not too late to act", () => {
  expect(whats(RULE, [at(0, 900), at(2.9, 900)])).toEqual([]);
  expect(whats(RULE, [at(2, 900), at(3, 900), at(4, 900), at(12, 900)])).toEqual(["fired"]);
  expect(whats(RULE, [at(13, 900)])).toEqual(["fired"]);
  expect(whats(RULE, [at(13.1, 900), at(14.9, 900)])).toEqual([]);
});

test("what was told stands to the end of the interval, so that what was switched off stays off", () => {
  expect(whats(RULE, [at(5, 700), at(6, 400), at(7, 900), at(14, 300)])).toEqual(["fired"]);
  expect(whats(RULE, [at(5, 700), at(6, 400), at(16, 540)])).toEqual(["fired", "cleared"]);
});

test("inside the hysteresis it goes on, and a later interval may tell again once it was over", () => {
  expect(whats(RULE, [at(5, 700), at(20, 590), at(21, 700), at(35, 551)])).toEqual(["fired"]);
  expect(whats(RULE, [at(5, 700), at(16, 540), at(20, 700), at(21, 500), at(22, 700)])).toEqual(["fired", "cleared", "fired"]);
});

test("while it lasts through intervals it is repeated once in each, where the rule asks for it", () => {
  const often = { ...RULE, repeatMs: MINUTE_MS };
  expect(whats(often, [at(5, 700), at(6, 700), at(19, 700), at(20, 700), at(36, 700)])).toEqual(["fired", "repeated", "repeated"]);
});

test("without a target it is held against the level that raises the bill, and without either nothing is told", () => {
  const { targetKw: _, ...open } = RULE;
  expect(whats(open, [at(5, 640), at(6, 660)])).toEqual(["fired"]);
  expect(whats(open, [at(5, 900, Number.NaN)])).toEqual([]);
});

test("an interval is told at most once, whatever the order and rate of looks", () => {
  const minutes = fc.array(fc.tuple(fc.double({ min: 0, max: 600, noNaN: true }), fc.constantFrom(0, 540, 590, 601, 900)), {
    maxLength: 300,
  });
  const repeat = fc.option(fc.constantFrom(0, MINUTE_MS), { nil: undefined });
  fc.assert(
    fc.property(minutes, repeat, (rows, repeatMs) => {
      const told = tell(
        { ...RULE, ...(repeatMs === undefined ? {} : { repeatMs }) },
        rows.map(([minute, kw]) => at(minute, kw)),
      );
      const intervals = told.filter(({ what }) => what !== "cleared").map(({ tMs }) => Math.floor(tMs / QUARTER_MS));
      expect(new Set(intervals).size).toBe(intervals.length);
    }),
  );
});

test("it says how much it is over and how long is left", () => {
  expect(tell(RULE, [at(8, 712.4)])).toMatchObject([
    {
      title: "Electricity meter heads for 712.4 kW, 112.4 kW over the target",
      text: "The interval that runs will end at 712.4 kW as things go; the target is 600 kW. 7 minutes are left to switch something off.",
      value: 712.4,
      unit: "kW",
    },
  ]);
});
