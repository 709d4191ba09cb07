import { describe, expect, it } from "vitest";
import { dayReadings } from "#analytics/day-readings.ts";
import { consumptionOf } from "#analytics/meter-fill.ts";
import type { MeterIndex } from "#analytics/meter-index.ts";
import { evenPace } from "#analytics/meter-pace.ts";
import { DAY_MS, HOUR_MS } from "#calendar/civil.ts";
import { zoneNamed } from "#calendar/zone.ts";
import { lowerBound } from "#series/column.ts";
import { MeterGaps } from "./meter-gaps.ts";

const zone = zoneNamed("Europe/Berlin");
const BEGIN_MS = zone.dayStart(Date.UTC(2024, 4, 1, 12));
const GAP = { from: 600, to: 670 };
const even = evenPace();

/** Half a kilowatt by day, a tenth at night. */
const used = (hour: number): number => (hour % 24 >= 6 && hour % 24 < 22 ? 0.5 : 0.1);

function house(isRead: (hour: number) => boolean): MeterIndex {
  const [tMs, total]: [number[], number[]] = [[], []];
  for (let hour = 0, sum = 0; hour <= 60 * 24; hour += 1) {
    if (isRead(hour)) {
      tMs.push(BEGIN_MS + hour * HOUR_MS);
      total.push(sum);
    }
    sum += used(hour);
  }
  const column = Float64Array.from(total);
  return { tMs: Float64Array.from(tMs), total: column, register: column, step: new Uint8Array(tMs.length) };
}

const index = house((hour) => hour <= GAP.from || hour >= GAP.to);
const asked: number[] = [];
const gaps = new MeterGaps({ everyMs: HOUR_MS, zone }, async ({ fromMs, toMs }) => {
  asked.push((toMs - fromMs) / DAY_MS);
  const [from, to] = [lowerBound(index.tMs, fromMs), lowerBound(index.tMs, toMs)];
  const part = (column: Float64Array) => column.subarray(from, to);
  return { tMs: part(index.tMs), total: part(index.total), register: part(index.register), step: index.step.subarray(from, to) };
});
const edges = (hours: number, count: number) => Float64Array.from({ length: count + 1 }, (_, i) => BEGIN_MS + (600 + i * hours) * HOUR_MS);
const amounts = async (of: MeterIndex, at: Float64Array) => consumptionOf(of, at, await gaps.bent(even, of, at)).amount;

describe("gaps of a meter that is read by the hour", () => {
  it("are filled by its habits, with the same days as hours, though days know the day's readings alone", async () => {
    const hours = await amounts(index, edges(1, 72));
    const days = await amounts(dayReadings(index, zone), edges(24, 3));
    for (const [day, amount] of days.entries()) {
      expect(hours.subarray(day * 24, day * 24 + 24).reduce((sum, one) => sum + one, 0)).toBeCloseTo(amount, 9);
      expect(Math.abs(amount - 24 * (0.5 * (16 / 24) + 0.1 * (8 / 24)))).toBeLessThan(0.5);
    }
    const error = (of: Float64Array) => of.reduce((sum, one, i) => sum + Math.abs(one - used(600 + i)), 0);
    expect(error(hours)).toBeLessThan(error(consumptionOf(index, edges(1, 72), even).amount) / 3);
  });

  it("are learned from once, and only where they are asked for", async () => {
    expect(asked).toHaveLength(1);
    await amounts(index, edges(6, 12));
    expect(asked).toHaveLength(1);
    const still = Float64Array.of(BEGIN_MS, BEGIN_MS + 100 * HOUR_MS, BEGIN_MS + 700 * HOUR_MS);
    expect(await gaps.bent(even, index, still)).toBe(even);
    expect(asked).toHaveLength(1);
  });
});
