import { describe, expect, test } from "vitest";
import { zoneClock } from "#web/charts/zone-clock.ts";
import { consumptionScene, registerScene } from "./consumption-scene.ts";
import type { ConsumptionRow } from "./row-words.ts";

const DAY = 86_400_000;
const clock = zoneClock("Europe/Berlin");
const from = Date.parse("2026-03-01T00:00:00+01:00");

function row(day: number, more: Partial<ConsumptionRow>): ConsumptionRow {
  const [fromMs, toMs] = [from + day * DAY, from + (day + 1) * DAY];
  return { fromMs, toMs, amount: 10, measured: 10, missingMs: 0, flags: [], register: 100 + day, cost: null, ...more };
}
const sceneOf = (...rows: ConsumptionRow[]) =>
  consumptionScene({ rows, span: { fromMs: from, toMs: from + rows.length * DAY }, unit: "kWh", color: "--import", clock });

describe("consumption as bars", () => {
  test("a filled row is hatched, with its measured part in full ink over it", () => {
    const scene = sceneOf(row(0, {}), row(1, { measured: 4, flags: ["filled"] }));
    expect(scene.bars.map(({ value, hatched, strong }) => [value, hatched ?? false, strong ?? false])).toEqual([
      [10, false, true],
      [10, true, false],
    ]);
    expect(scene.over?.map(({ value, strong }) => [value, strong])).toEqual([[4, true]]);
  });

  test("nothing known draws nothing, and keeps its place under the cursor", () => {
    const scene = sceneOf(row(0, { amount: null, measured: null, flags: ["incomplete"] }), row(1, {}));
    expect(scene.bars).toHaveLength(2);
    expect(scene.bars[0]?.value).toBeNaN();
    expect(scene.marks).toEqual([]);
  });

  test("below zero hangs under the line and is marked, never clipped", () => {
    const scene = sceneOf(row(0, { amount: -3, measured: -3, flags: ["belowZero"] }));
    expect(scene.below?.map(({ value, color }) => [value, color])).toEqual([[-3, "--bad"]]);
    expect(scene.marks?.map(({ sign }) => sign)).toEqual(["✕"]);
  });

  test("a replaced device stands in the picture", () => {
    expect(sceneOf(row(0, { flags: ["replaced", "corrected"] })).marks).toMatchObject([{ sign: "⇄", line: true, x: from + DAY / 2 }]);
  });

  test("the register's axis begins near its lowest reading, not at zero", () => {
    const rows = [row(0, { register: 12_000 }), row(1, { register: 12_100 })];
    const span = { fromMs: from, toMs: from + 2 * DAY };
    const scene = registerScene({
      rows,
      span,
      unit: "kWh",
      color: "--import",
      clock,
      readings: [{ x: from, y: 11_950, color: "--import" }],
    });
    expect(scene.fromValue).toBeCloseTo(11_941);
    expect(scene.lines[0]?.y).toEqual([12_000, 12_100]);
  });
});
