import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PeakMoverInfo } from "#contract/building-peak.ts";
import { laneOf, moverGroups, peakPieces, selectedRange } from "./peak-scene.ts";

const mover = (more: Partial<PeakMoverInfo>): PeakMoverInfo => ({
  series: "tower/a/power@s",
  point: "a",
  name: "A",
  equipment: null,
  equipmentName: null,
  role: null,
  unit: "kW",
  value: 10,
  usual: 4,
  low: 3,
  high: 5,
  score: 3,
  sharePct: 60,
  sentence: "",
  ...more,
});

describe("what a peak was made of", () => {
  test("is the usual, what came on top, and what nobody meters apart", () => {
    const of = { point: "tower/main", name: "Main", valueKw: 110, usualKw: 100 };
    expect(peakPieces({ of, movers: [mover({})] })).toEqual([
      { name: "usual", kw: 100, kind: "usual" },
      { name: "A", kw: 6, kind: "more" },
      { name: "not metered apart", kw: 4, kind: "rest" },
    ]);
  });

  test("adds up to what was drawn, whatever the meters say", () => {
    const figure = fc.double({ min: 0, max: 1e4, noNaN: true });
    const movers = fc.array(
      fc.record({ value: figure, usual: figure, sharePct: fc.double({ min: 0, max: 300, noNaN: true }) }).map((of) => mover(of)),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(figure, fc.double({ min: 1, max: 1e4, noNaN: true }), movers, (usualKw, above, found) => {
        const of = { point: "p", name: "P", valueKw: usualKw + above, usualKw };
        const rising = found.filter(({ value, usual }) => (value as number) > (usual as number));
        const sum = peakPieces({ of, movers: rising }).reduce((all, { kw }) => all + kw, 0);
        // A rest of a hundredth is left out.
        expect(Math.abs(sum - of.valueKw)).toBeLessThanOrEqual(above * 0.0101);
      }),
    );
  });

  test("is not drawn below the usual, nor of what is not known", () => {
    expect(peakPieces({ of: { point: "p", name: "P", valueKw: 90, usualKw: 100 }, movers: [] })).toEqual([]);
    expect(peakPieces({ of: { point: "p", name: "P", valueKw: null, usualKw: 100 }, movers: [] })).toEqual([]);
  });
});

test("what moved is grouped as people look for it", () => {
  const found = [
    mover({ unit: "°F", equipment: "vav-1-01" }),
    mover({ unit: "%", equipment: "tower-ahu-3" }),
    mover({ unit: "°F" }),
    mover({}),
  ];
  expect(moverGroups(found).map(({ title }) => title)).toEqual(["Power", "Air handlers", "Zones", "Elsewhere"]);
  expect(moverGroups([])).toEqual([]);
});

test("a lane shows everything within its width, in order", () => {
  const figure = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(figure, figure, (value, usual) => {
      const lane = laneOf({ value, usual, low: null, high: null });
      expect(lane?.value).toBeGreaterThanOrEqual(0);
      expect(lane?.value).toBeLessThanOrEqual(100);
      if (value > usual) expect(lane?.value).toBeGreaterThanOrEqual(lane?.usual as number);
    }),
  );
  expect(laneOf({ value: null, usual: 1, low: 0, high: 2 })).toBeUndefined();
});

test("an interval stands in the address", () => {
  expect(selectedRange("1000-2000")).toEqual({ from: 1000, to: 2000 });
  expect(selectedRange("2000-1000")).toBeUndefined();
  expect(selectedRange("x")).toBeUndefined();
});
