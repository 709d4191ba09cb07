import { describe, expect, test } from "vitest";
import { RAMP_STEPS } from "#web/charts/draw-heat-map.ts";
import { heatDays } from "./heat-days.ts";

const DAY = 86_400_000;
const heatOf = (days: number, slots: number, amount: (index: number) => number | null) => ({
  heat: {
    dayMs: Array.from({ length: days }, (_, day) => day * DAY),
    slots,
    amount: Array.from({ length: days * slots }, (_, index) => amount(index)),
  },
});

describe("days by hours of a meter", () => {
  test("every place leads to its cell and back, the newest day above", () => {
    const made = heatDays(heatOf(3, 24, (index) => index));
    for (const index of [0, 23, 24, 71]) {
      const place = made?.grid.placeOf(index);
      expect(made?.grid.indexAt(place?.row ?? 0, place?.column ?? 0)).toBe(index);
    }
    expect(made?.grid.placeOf(71).row).toBe(0);
    expect(made?.grid.days[0]).toBe(2 * DAY);
    expect(made?.grid.indexAt(3, 0)).toBeUndefined();
  });

  test("an hour nobody knows is a gap, an hour of nothing is not", () => {
    const made = heatDays(heatOf(1, 24, (index) => (index === 3 ? null : index === 4 ? 0 : 1)));
    expect(made?.cells.ink[3]).toBe(-1);
    expect(made?.cells.ink[4]).toBe(0);
    expect(made?.cells.ink[5]).toBe(RAMP_STEPS - 1);
  });

  test("one wild hour does not wash out the others", () => {
    const made = heatDays(heatOf(30, 24, (index) => (index === 100 ? 10_000 : 1)));
    expect(made?.most).toBe(1);
  });

  test("a meter read too seldom has no such picture", () => {
    expect(heatDays(heatOf(0, 24, () => 1))).toBeUndefined();
    expect(heatDays(heatOf(2, 24, () => null))).toBeUndefined();
  });
});
