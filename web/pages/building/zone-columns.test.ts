import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RoleColumn } from "#contract/building-parts.ts";
import { drawnColumn, factsOf, gapOf } from "./zone-columns.ts";
import { without, zoneGround } from "./zone-ground.ts";

const MINUTE = 60_000;
const base: RoleColumn = { role: "space-temp", series: "s", unit: "°F", changeOfValue: false, bucketMs: null, tMs: [], value: [] };

describe("a column as it is drawn", () => {
  it("breaks where nothing was heard for several usual distances, and never where a value holds", () => {
    const tMs = [0, 5, 10, 90].map((minute) => minute * MINUTE);
    expect(gapOf({ tMs, changeOfValue: false })).toBe(20 * MINUTE);
    expect([...drawnColumn({ ...base, tMs, value: [1, 2, 3, 4] }, 0).broken]).toEqual([0, 0, 0, 1]);
    expect([...drawnColumn({ ...base, changeOfValue: true, tMs, value: [1, 2, 3, 4] }, 0).broken]).toEqual([0, 0, 0, 0]);
  });

  it("goes on to now where a value holds, and stays unknown where it was", () => {
    const drawn = drawnColumn({ ...base, changeOfValue: true, tMs: [0, 10], value: [1, null] }, 50);
    expect([...drawn.tMs]).toEqual([0, 10, 50]);
    expect([...drawn.value]).toEqual([1, Number.NaN, Number.NaN]);
    expect([...drawnColumn({ ...base, tMs: [0, 10], value: [1, 2] }, 50).tMs]).toEqual([0, 10]);
  });

  it("stands in the middle of the buckets it is a mean of", () => {
    const drawn = drawnColumn({ ...base, bucketMs: 100, tMs: [0, 100], value: [1, 2] }, 0);
    expect([...drawn.tMs]).toEqual([50, 150]);
    expect([...drawn.startMs]).toEqual([0, 100]);
  });
});

describe("what a column came to", () => {
  it("weighs held values by their time within the stretch, and samples alike", () => {
    const held = { ...base, changeOfValue: true, tMs: [-100, 50], value: [10, 20] };
    expect(factsOf(held, { fromMs: 0, toMs: 200 })).toEqual({ mean: 17.5, low: 10, high: 20 });
    expect(factsOf({ ...base, tMs: [-1, 0, 10, 200], value: [99, 1, 3, 99] }, { fromMs: 0, toMs: 200 })).toEqual({
      mean: 2,
      low: 1,
      high: 3,
    });
  });

  it("is unknown without a value", () => {
    expect(factsOf({ ...base, tMs: [0], value: [null] }, { fromMs: 0, toMs: 10 })).toBeUndefined();
  });
});

describe("what lies behind the charts", () => {
  it("is shaded while nobody is there, hatched in warm-up and while the air handler is off", () => {
    const ground = zoneGround({
      range: { fromMs: 0, toMs: 100, fromLocal: "", toLocal: "" },
      occupied: [{ fromMs: 40, toMs: 80 }],
      warmUp: [{ fromMs: 30, toMs: 40 }],
      airHandlerRan: [{ fromMs: 0, toMs: 60 }],
    });
    expect(ground).toEqual([
      { fromMs: 0, toMs: 30, look: "shade", label: "not occupied" },
      { fromMs: 80, toMs: 100, look: "shade", label: "not occupied" },
      { fromMs: 30, toMs: 40, look: "hatch", label: "warm-up" },
      { fromMs: 60, toMs: 80, look: "hatch", label: "air handler off" },
    ]);
  });

  it("leaves exactly the instants of the first that are in none of the others", () => {
    const span = fc
      .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 20 }))
      .map(([fromMs, length]) => ({ fromMs, toMs: fromMs + length }));
    const holds = (spans: readonly { fromMs: number; toMs: number }[], t: number) =>
      spans.some(({ fromMs, toMs }) => fromMs <= t && t < toMs);
    fc.assert(
      fc.property(span, fc.array(span), (one, others) => {
        const left = without([one], others);
        for (let t = 0; t < 90; t++) expect(holds(left, t)).toBe(holds([one], t) && !holds(others, t));
      }),
    );
  });
});
