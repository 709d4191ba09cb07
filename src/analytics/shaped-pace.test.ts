import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY_MS, HOUR_MS } from "#calendar/civil.ts";
import { zoneNamed } from "#calendar/zone.ts";
import { consumptionOf, registerAt } from "./meter-fill.ts";
import type { MeterIndex } from "./meter-index.ts";
import { evenPace } from "./meter-pace.ts";
import { BEGIN_MS, indexAt } from "./register-world.ts";
import { shapedPace } from "./shaped-pace.ts";

const berlin = zoneNamed("Europe/Berlin");
const even = evenPace();
const paceOf = (index: MeterIndex) => shapedPace(index, berlin, { pace: even });
/** A house by the hour of its clock: little at night, much in the evening, more at weekends. */
function houseKwh(hour: number): number {
  const local = new Date(berlin.localOf(BEGIN_MS + hour * HOUR_MS));
  const clock = local.getUTCHours();
  const base = clock < 6 ? 0.2 : clock >= 17 && clock < 22 ? 1.5 : 0.5;
  return base * (local.getUTCDay() % 6 === 0 ? 1.4 : 1) * (1 + 0.1 * Math.sin(hour * 1.7));
}
function house(days: number, isRead: (hour: number) => boolean): MeterIndex {
  const points: [number, number][] = [];
  let register = 100;
  for (let hour = 0; hour <= days * 24; hour += 1) {
    if (isRead(hour)) points.push([BEGIN_MS + hour * HOUR_MS, register]);
    register += houseKwh(hour);
  }
  return indexAt(points);
}
const hoursOf = (from: number, to: number) => Float64Array.from({ length: to - from + 1 }, (_, i) => BEGIN_MS + (from + i) * HOUR_MS);
const error = (amount: Float64Array, from: number) =>
  amount.reduce((sum, value, i) => sum + Math.abs(value - houseKwh(from + i)), 0) / amount.length;

describe("the gap of a meter that is read by the hour", () => {
  it("is filled by what the house does at those hours, far better than evenly", () => {
    const index = house(60, (hour) => hour <= 800 || hour >= 832);
    const edges = hoursOf(800, 832);
    const [shaped, plain] = [consumptionOf(index, edges, paceOf(index)), consumptionOf(index, edges, even)];
    expect(error(shaped.amount, 800)).toBeLessThan(error(plain.amount, 800) / 4);
    expect(shaped.amount.reduce((sum, value) => sum + value, 0)).toBeCloseTo(
      plain.amount.reduce((sum, value) => sum + value, 0),
      9,
    );
    expect(shaped.flags).toEqual(plain.flags);
    expect(shaped.measured).toEqual(plain.measured);
  });

  it("is filled by the pace that is given where readings are rarer, too few, or have no gap", () => {
    const rare = indexAt(Array.from({ length: 100 }, (_, i) => [BEGIN_MS + i * DAY_MS, i]));
    expect(paceOf(rare)).toBe(even);
    expect(paceOf(house(60, () => true))).toBe(even);
    expect(paceOf(house(3, (hour) => hour < 20 || hour > 30))).toBe(even);
    expect(paceOf(indexAt([]))).toBe(even);
  });

  it("conserves, meets readings exactly and never falls, wherever the gaps are", () => {
    const gaps = fc.array(fc.tuple(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 100 })), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(gaps, fc.array(fc.integer({ min: 0, max: 24 * 20 * 4 }), { maxLength: 40 }), (away, quarters) => {
        const index = house(20, (hour) => hour === 480 || !away.some(([from, length]) => hour >= from && hour < from + length));
        const pace = paceOf(index);
        expect([...registerAt(index, index.tMs, pace)]).toEqual([...index.register]);
        const edges = Float64Array.from(
          new Set([...quarters.map((q) => BEGIN_MS + q * 900_000), BEGIN_MS, index.tMs.at(-1) as number]),
        ).sort();
        const { amount } = consumptionOf(index, edges, pace);
        expect(amount.reduce((sum, value) => sum + value, 0)).toBeCloseTo(index.total.at(-1) as number, 6);
        expect(Math.min(...amount)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 60 },
    );
  });
});
