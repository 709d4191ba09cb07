import { expect, it } from "vitest";
import { DAY_MS } from "#calendar/civil.ts";
import { belowZero } from "./below-zero.ts";
import { CONSUMED } from "./meter-consumption.ts";
import { BERLIN } from "./meter-world.ts";

const START = Date.UTC(2026, 0, 31, 23);
const rows = (amount: readonly number[], flags: readonly number[] = []) => ({
  edgesMs: Float64Array.from({ length: amount.length + 1 }, (_, i) => START + i * DAY_MS),
  amount: Float64Array.from(amount),
  measured: Float64Array.from(amount),
  missingMs: new Float64Array(amount.length),
  flags: Uint16Array.from(amount, (_, i) => flags[i] ?? 0),
});
const told = (...args: Parameters<typeof rows>) => belowZero(rows(...args), { zone: BERLIN, unit: "kWh" });

it("a difference below zero is told once per stretch, with what it is in all", () => {
  expect(told([5, -2, -1.5, 4, Number.NaN, -3])).toMatchObject([
    { rule: "below-zero", fromMs: START + DAY_MS, toMs: START + 3 * DAY_MS, amount: -3.5 },
    { fromMs: START + 5 * DAY_MS, toMs: START + 6 * DAY_MS, amount: -3 },
  ]);
  expect(told([5, -2, -1.5])[0]?.sentence).toBe(
    "The difference is -3.5 kWh from 2 February 2026 until 3 February 2026: the parts count more than the whole.",
  );
  expect(told([5, -2], [0, CONSUMED.filled])[0]?.sentence).toMatch(/filled in between readings/);
});

it("rounding and rows with a part that is not known are not told", () => {
  expect(told([5, -1e-9, 4])).toEqual([]);
  expect(told([5, -2, 4], [0, CONSUMED.incomplete])).toEqual([]);
});
