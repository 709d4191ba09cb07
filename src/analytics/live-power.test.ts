import { describe, expect, it } from "vitest";
import { zoneNamed } from "#calendar/zone.ts";
import { demandIntervals } from "./demand-intervals.ts";
import { factorsOf } from "./factors.ts";
import { powerNow, project } from "./live-power.ts";
import { live15s } from "./live-tiles.ts";
import { powerEvery, projectionErrors, pulsesBetween } from "./past-projections.ts";
import { spansOf } from "./pulse-stream.ts";
import { publishes, type Said } from "./pulse-world.ts";

const BEGIN = Date.UTC(2026, 0, 31, 12);
const factors = factorsOf([{ name: "kwhPerPulse", value: 1.7, fromMs: 0 }]);
const spans = (said: readonly (Said & { tMs: number })[]) => spansOf(publishes(said), { lengthMs: 900_000 });
const steady = (pulses: number, rows = 241, everyMs = 15_000) =>
  Array.from({ length: rows }, (_, i) => ({ tMs: BEGIN + i * everyMs, c: 1000 + i * pulses }));

describe("power of now", () => {
  it("is told over a minute at least, where one pulse of 1.7 kWh would be 408 kW in 15 s", () => {
    const { kw, plusMinusKw, windowMs, tMs } = powerNow(spans(steady(9)), BEGIN + 3_605_000, factors);
    expect(windowMs).toBe(60_000);
    expect(tMs).toBe(BEGIN + 3_600_000);
    expect(kw).toBeCloseTo(3672, 6);
    expect(plusMinusKw).toBeCloseTo(102, 6);
  });

  it("takes longer where pulses are few, and says how sure it is", () => {
    const { kw, plusMinusKw, windowMs } = powerNow(spans(steady(1)), BEGIN + 3_600_000, factors);
    expect(windowMs).toBe(300_000);
    expect(kw).toBeCloseTo(408, 6);
    expect(plusMinusKw).toBeCloseTo(20.4, 6);
  });

  it("is not made of what came back after a silence", () => {
    const said = [...steady(9, 100), { tMs: BEGIN + 99 * 15_000 + 2_400_000, c: 1000 + 99 * 9 + 1440 }];
    expect(powerNow(spans(said), BEGIN + 99 * 15_000 + 2_400_000, factors).kw).toBeNaN();
    const after = [
      ...said,
      ...Array.from({ length: 5 }, (_, i) => ({ tMs: (said.at(-1)?.tMs as number) + 15_000 * (i + 1), c: 3331 + 9 * (i + 1) })),
    ];
    expect(powerNow(spans(after), after.at(-1)?.tMs as number, factors).kw).toBeCloseTo(3672, 6);
  });

  it("is not told where nothing came lately, where nothing ever came, or where nobody knows what a pulse is worth", () => {
    expect(powerNow(spans(steady(9)), BEGIN + 3_600_000 + 301_000, factors).kw).toBeNaN();
    expect(powerNow(spans([]), BEGIN, factors)).toEqual({ kw: NaN, plusMinusKw: NaN, windowMs: 0 });
    expect(powerNow(spans(steady(9)), BEGIN + 3_600_000, factorsOf([])).kw).toBeNaN();
  });
});

describe("the projection", () => {
  const at = (minute: number, found = spans(steady(9))) => {
    const nowMs = BEGIN + minute * 60_000;
    const power = powerNow(found, nowMs, factors);
    return project({
      startMs: BEGIN,
      endMs: BEGIN + 900_000,
      nowMs,
      energyKwh: pulsesBetween(found, BEGIN, nowMs) * 1.7,
      power,
      kwhPerPulse: 1.7,
    });
  };

  it("of a steady load is that load, and the surer the later", () => {
    expect(at(5).projectedKw).toBeCloseTo(3672, 6);
    expect(at(10).projectedKw).toBeCloseTo(3672, 6);
    expect(at(10).plusMinusKw).toBeLessThan(at(5).plusMinusKw);
    expect(at(15)).toEqual({ projectedKw: expect.closeTo(3672, 6), plusMinusKw: expect.closeTo(6.8, 6) });
  });

  it("knows how far it was off before", () => {
    const wave = Array.from({ length: 2400 }, (_, i) => Math.round(9 + 6 * Math.sin(i / 40)));
    let c = 0;
    const said = wave.map((pulses, i) => {
      c += pulses;
      return { tMs: BEGIN + i * 15_000, c };
    });
    const found = spans(said);
    const settings = { zone: zoneNamed("UTC"), lengthMs: 900_000, factors, layer: "kyz" };
    const intervals = demandIntervals(found, { fromMs: BEGIN, toMs: BEGIN + 9 * 3_600_000 }, settings);
    const [five, ten] = projectionErrors(found, intervals, { factors });
    expect(five?.intervals).toBe(36);
    expect(five?.meanAbsoluteKw).toBeGreaterThan(ten?.meanAbsoluteKw as number);
    expect(ten?.p90Kw).toBeGreaterThanOrEqual(ten?.medianKw as number);
    expect(
      projectionErrors(spans([]), demandIntervals(spans([]), { fromMs: BEGIN, toMs: BEGIN + 900_000 }, settings), { factors })[0],
    ).toEqual({
      minute: 5,
      meanAbsoluteKw: NaN,
      medianKw: NaN,
      p90Kw: NaN,
      intervals: 0,
    });
  });
});

describe("power over time", () => {
  it("is a value every step, missing where nobody was heard", () => {
    const said = steady(9, 80).filter((_, i) => i < 20 || i > 50);
    const { kw, plusMinusKw } = powerEvery(spans(said), { fromMs: BEGIN, toMs: BEGIN + 1_200_000 }, { everyMs: 60_000, factors });
    expect(kw.length).toBe(20);
    expect(kw[3]).toBeCloseTo(3672, 6);
    expect(plusMinusKw[3]).toBeCloseTo(102, 6);
    expect(kw[8]).toBeNaN();
    expect(() => powerEvery(spans([]), { fromMs: 0, toMs: 1 }, { everyMs: 15_000, factors })).toThrow(RangeError);
  });
});

describe("tiles of 15 s", () => {
  it("hold 30 pulses of a thousandth as 0.03 kWh and 7.2 kW, with the register in kWh", () => {
    const thousandth = factorsOf([{ name: "pulsesPerKwh", value: 1000, fromMs: 0 }]);
    const columns = publishes([
      { tMs: BEGIN, c: 1170 },
      { tMs: BEGIN + 14_000, c: 1200 },
    ]);
    const tiles = live15s(
      spansOf(columns, { lengthMs: 900_000 }),
      { fromMs: BEGIN, toMs: BEGIN + 60_000 },
      { factors: thousandth, ...(columns.totals ? { totals: columns.totals } : {}) },
    );
    expect([...tiles.tMs]).toEqual([BEGIN + 15_000]);
    expect([tiles.pulses[0], tiles.energyKwh[0], tiles.powerKw[0], tiles.totalKwh[0]]).toEqual([
      30,
      expect.closeTo(0.03),
      expect.closeTo(7.2),
      expect.closeTo(1.2),
    ]);
  });

  it("end in the second of their boundary, and have no row where nothing came", () => {
    const said = [
      { tMs: BEGIN - 1000, d: 0 },
      { tMs: BEGIN + 15_000, d: 1 },
      { tMs: BEGIN + 15_999, d: 2 },
      { tMs: BEGIN + 16_000, d: 4 },
      { tMs: BEGIN + 61_000, d: 8 },
    ];
    const { tMs, pulses } = live15s(spans(said), { fromMs: BEGIN, toMs: BEGIN + 90_000 }, { factors });
    expect(Array.from(tMs, (endMs, i) => [(endMs - BEGIN) / 1000, pulses[i]])).toEqual([
      [15, 3],
      [30, 4],
      [75, 8],
    ]);
  });
});
