import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PeakAnswerInfo } from "#contract/building-peak.ts";
import { dayShape, plotScale } from "./peak-day-scene.ts";

const QUARTER = 900_000;
type Quarter = PeakAnswerInfo["curve"][number];
const dayOf = (quarters: readonly Partial<Quarter>[]): Quarter[] =>
  quarters.map((quarter, i) => ({ tMs: i * QUARTER, kw: null, usual: null, low: null, high: null, ...quarter }));
const range = { fromMs: QUARTER, toMs: 2 * QUARTER, fromLocal: "", toLocal: "" };

describe("the scale of a small picture", () => {
  test("has round marks from zero to above everything", () => {
    expect(plotScale([380, 290]).marks).toEqual([0, 200, 400]);
    expect(plotScale([7, 9]).marks).toEqual([0, 5, 10]);
    expect(plotScale([0]).marks).toEqual([0, 0.5]);
    expect(plotScale([-40, 90]).marks).toEqual([-50, 0, 50, 100]);
  });

  test("holds every value within its height, the larger the higher", () => {
    const kw = fc.double({ min: -1e5, max: 1e5, noNaN: true }).map((value) => Math.round(value * 10) / 10);
    fc.assert(
      fc.property(fc.array(kw, { minLength: 1, maxLength: 20 }), (values) => {
        const { at, marks } = plotScale(values);
        for (const value of values) {
          expect(at(value)).toBeGreaterThanOrEqual(-1e-9);
          expect(at(value)).toBeLessThanOrEqual(100 + 1e-9);
        }
        expect(at(marks[0] as number)).toBeCloseTo(0, 9);
        expect(at(marks.at(-1) as number)).toBeCloseTo(100, 9);
        expect(marks.length).toBeLessThanOrEqual(6);
      }),
    );
  });
});

describe("the day of a peak", () => {
  test("is drawn with a gap where nobody knows, and its interval marked", () => {
    const curve = dayOf([{ kw: 50 }, { kw: 100 }, {}, { kw: 75 }]);
    expect(dayShape({ curve, range })).toMatchObject({
      line: "M12.50 50.00L37.50 0.00M87.50 25.00",
      usual: "",
      band: "",
      left: 25,
      width: 25,
    });
  });

  test("has a band around the usual that is closed", () => {
    const curve = dayOf([
      { usual: 50, low: 0, high: 100 },
      { usual: 50, low: 50, high: 100 },
    ]);
    expect(dayShape({ curve, range })).toMatchObject({
      usual: "M25.00 50.00L75.00 50.00",
      band: "M25.00 0.00L75.00 0.00L75.00 50.00L25.00 100.00Z",
    });
  });

  test("is not drawn where nothing is known", () => {
    expect(dayShape({ curve: dayOf([{}, {}]), range })).toBeUndefined();
    expect(dayShape({ curve: [], range })).toBeUndefined();
  });
});
