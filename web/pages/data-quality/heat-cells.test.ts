import { expect, test } from "vitest";
import type { HeatAnswer } from "#contract/plant-intervals.ts";
import { HEAT_MARK, RAMP_STEPS } from "#web/charts/draw-heat-map.ts";
import { zoneClock } from "#web/charts/zone-clock.ts";
import { EXCLUDED, heatFacts, heatPicture, heatRows, INVALID, NOT_MEASURED } from "./heat-cells.ts";

const QUARTER = 900_000;
const FROM = Date.parse("2026-11-01T00:00-04:00");
const clock = zoneClock("America/Indiana/Indianapolis");

/** The first two hours of the day the clocks go back, and its second pass of one o'clock. */
const answer: HeatAnswer = {
  fromMs: FROM,
  toMs: FROM + 12 * QUARTER,
  zone: clock.zone,
  intervalMinutes: 15,
  slots: [],
  days: [{ date: "2026-11-01", startMs: FROM }],
  kw: [[100, 200, null, 400, 0, null]],
  quality: [[0, EXCLUDED, 0, NOT_MEASURED, 0, 0]],
  endMs: [[1, 2, 3, 4, 5, null].map((index) => (index === null ? null : FROM + index * QUARTER))],
  repeated: [{ date: "2026-11-01", slot: 4, kw: 300, quality: INVALID, endMs: FROM + 9 * QUARTER }],
  maxKw: 400,
};

const rowsUntil = (nowMs: number) => heatRows(answer, { sinceMs: 0, nowMs });

test("what was before the plant began is left out", () => {
  expect(heatRows(answer, { sinceMs: FROM + 2 * QUARTER, nowMs: FROM + 10 * QUARTER }).kw).toEqual([null, 400, 0, 300]);
});

test("a missing interval is a gap and never the lowest step of the ramp", () => {
  const { cells } = heatPicture(rowsUntil(FROM + 10 * QUARTER), clock);
  expect([...cells.ink]).toEqual([10, 20, -1, RAMP_STEPS - 1, 0, 29]);
});

test("marks tell what is excluded, not measured and invalid", () => {
  const { cells } = heatPicture(rowsUntil(FROM + 10 * QUARTER), clock);
  expect([...cells.mark]).toEqual([0, HEAT_MARK.ring, 0, HEAT_MARK.hatched, 0, HEAT_MARK.dot]);
});

test("both passes of a repeated hour are there, and what is not over yet is not", () => {
  const later = heatPicture(rowsUntil(FROM + 10 * QUARTER), clock).grid;
  expect([later.indexAt(0, 4, 0), later.indexAt(0, 4, 1)]).toEqual([4, 5]);
  expect(rowsUntil(FROM + 3 * QUARTER).endMs).toHaveLength(3);
});

test("the summary counts, and never calls an invalid interval the highest", () => {
  const facts = heatFacts(
    heatRows(
      { ...answer, repeated: [{ ...answer.repeated[0], kw: 900 } as (typeof answer.repeated)[number]] },
      { sinceMs: 0, nowMs: FROM + 10 * QUARTER },
    ),
    1,
  );
  expect(facts).toEqual({ days: 1, missing: 1, excluded: 1, invalid: 1, highest: 3 });
});

test("without rows nothing is highest", () => {
  expect(heatFacts({ lengthMs: QUARTER, endMs: [], kw: [], bits: [] }, 0).highest).toBeUndefined();
});
