import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { zoneNamed } from "#calendar/zone.ts";
import type { Column } from "#series/column.ts";
import { QUALITY } from "#series/quality.ts";
import { demandIntervals } from "./demand-intervals.ts";
import { factorsOf } from "./factors.ts";
import { spansOf } from "./pulse-stream.ts";
import { publishes } from "./pulse-world.ts";
import { conservation, conservationTolerance, qualityOf } from "./quality-report.ts";
import { registerDelta } from "./register-delta.ts";

const HERE = zoneNamed("America/Indiana/Indianapolis");
const settings = { zone: HERE, lengthMs: 900_000, factors: factorsOf([{ name: "kwhPerPulse", value: 1.7, fromMs: 0 }]), layer: "kyz" };
const localDay = (date: string) => {
  const fromMs = HERE.instantOf(Date.parse(`${date}T00:00:00Z`), "earlier");
  return { fromMs, toMs: HERE.addDays(fromMs, 1) };
};
const everyMinute = ({ fromMs, toMs }: { fromMs: number; toMs: number }, pulses = 36) =>
  Array.from({ length: (toMs - fromMs) / 60_000 + 121 }, (_, i) => ({ tMs: fromMs - 3_600_000 + i * 60_000 + 300, c: pulses * i }));
/** The same from a device that sends no register, with a silence. */
const without = (said: readonly { tMs: number }[], fromMs: number, toMs: number) =>
  said.filter(({ tMs }) => tMs <= fromMs || tMs > toMs).map(({ tMs }) => ({ tMs, d: 36 }));

describe("the quality of a day", () => {
  it.each([
    ["2026-03-08", 92],
    ["2026-11-01", 100],
    ["2026-06-01", 96],
  ])("expects on %s %i intervals and misses none of them", (date, expected) => {
    const range = localDay(date);
    const report = qualityOf(demandIntervals(spansOf(publishes(everyMinute(range)), settings), range, settings));
    expect(report).toMatchObject({ expected, observed: expected, missingCount: 0, missing: [], invalid: 0, uncertain: 0 });
    expect(report.coverage).toBeCloseTo(1, 6);
  });

  it("counts what the original counted wrong: it missed 4 intervals in spring that never were, and none at the end of a range", () => {
    // The original: of each pair of neighbours on the wall's clock, gap / 15 - 1, out of 96 that it always expected.
    const original = (tMs: Float64Array) => {
      const wall = Array.from(tMs, (endMs) => HERE.localOf(endMs) / 900_000);
      return wall.reduce((sum, at, i) => sum + (i === 0 ? 0 : Math.max(0, at - (wall[i - 1] as number) - 1)), 0);
    };
    const spring = localDay("2026-03-08");
    const whole = demandIntervals(spansOf(publishes(everyMinute(spring)), settings), spring, settings);
    expect([original(whole.tMs), qualityOf(whole).missingCount]).toEqual([4, 0]);
    const day = localDay("2026-06-01");
    const said = everyMinute(day).filter(({ tMs }) => tMs < day.fromMs + 20 * 3_600_000);
    const short = demandIntervals(spansOf(publishes(said), settings), day, settings);
    const ends = short.tMs.filter((_, i) => !Number.isNaN(short.pulses[i]));
    expect([original(ends), qualityOf(short).missingCount]).toEqual([0, 16]);
  });

  it("lists what is missing, also at its start and its end", () => {
    const range = localDay("2026-06-01");
    const at = (hours: number) => range.fromMs + hours * 3_600_000;
    const said = without(everyMinute(range), at(10), at(11.5) + 60_000).filter(({ tMs }) => tMs > at(1) + 60_000 && tMs < at(23));
    const { missing, missingCount, observed } = qualityOf(demandIntervals(spansOf(publishes(said), settings), range, settings));
    expect(
      missing.map(({ fromMs, toMs, count }) => [(fromMs - range.fromMs) / 3_600_000, (toMs - range.fromMs) / 3_600_000, count]),
    ).toEqual([
      [0, 1, 4],
      [10, 11.5, 6],
      [23, 24, 4],
    ]);
    expect([missingCount, observed]).toEqual([14, 82]);
  });

  it("counts flags, estimates and what is not certain", () => {
    const range = localDay("2026-06-01");
    const said = everyMinute(range)
      .filter(({ tMs }) => tMs < range.fromMs + 7_300_000 || tMs > range.fromMs + 9_700_000)
      .map((one, i) => (i === 900 ? { ...one, q: QUALITY.invalidAlarm } : i === 1000 ? { ...one, q: QUALITY.excludedFromDemand } : one));
    const report = qualityOf(demandIntervals(spansOf(publishes(said), settings), range, settings));
    expect(report).toMatchObject({ missingCount: 0, invalid: 1, excluded: 1, estimated: 1, recovered: 3, uncertain: 3 });
  });
});

describe("conservation", () => {
  it("holds between register, intervals and days, within a digit of the register and a pulse at each end", () => {
    fc.assert(
      fc.property(fc.constantFrom("2026-03-08", "2026-11-01", "2026-06-01"), fc.integer({ min: 0, max: 60 }), (date, pulses) => {
        const range = localDay(date);
        const columns = publishes(everyMinute(range, pulses));
        const spans = spansOf(columns, settings);
        const { energyKwh } = demandIntervals(spans, range, settings);
        const intervalsKwh = energyKwh.reduce((sum, kwh) => sum + kwh, 0);
        const registerKwh =
          registerDelta(columns.totals as Column, { fromMs: range.fromMs + 999, toMs: range.toMs + 999 }, { events: spans.events }) * 1.7;
        const tolerance = conservationTolerance({ registerDigitKwh: 1.7, multiplier: 1, kwhPerPulse: 1.7 });
        expect(conservation({ registerKwh, intervalsKwh, daysKwh: intervalsKwh, billedKwh: NaN }, tolerance).holds).toBe(true);
        expect(registerKwh).toBeCloseTo(intervalsKwh, 6);
      }),
    );
  });

  it("states its tolerance, and fails beyond it", () => {
    expect(conservationTolerance({ registerDigitKwh: 1, multiplier: 40, kwhPerPulse: 1.7 })).toBeCloseTo(43.4);
    const counts = { registerKwh: 1000, intervalsKwh: 1004, daysKwh: 1004, billedKwh: NaN };
    expect(conservation(counts, 4).holds).toBe(true);
    expect(conservation(counts, 3.9).holds).toBe(false);
    expect(conservation({ registerKwh: NaN, intervalsKwh: 5, daysKwh: NaN, billedKwh: NaN }, 0).holds).toBe(true);
  });

  it("counts a register in parts where it started again, was swapped, or rolled over", () => {
    const said = [100, 110, 5, 15, 25, 35, 45].map((c, i) => ({ tMs: 1_000_000 + i * 15_000, c }));
    const columns = publishes(said);
    const { events } = spansOf(columns, settings);
    expect(registerDelta(columns.totals as Column, { fromMs: 1_000_000, toMs: 2_000_000 }, { events })).toBe(50);
    expect(registerDelta(columns.totals as Column, { fromMs: 0, toMs: 2_000_000 }, { events })).toBeNaN();
    const rolling = publishes([65_530, 65_535, 4, 9].map((c, i) => ({ tMs: 1_000_000 + i * 15_000, c })));
    expect(registerDelta(rolling.totals as Column, { fromMs: 1_000_000, toMs: 2_000_000 }, spansOf(rolling, settings))).toBe(15);
    const swapsMs = [1_020_000];
    const swapped = publishes([90, 95, 700, 707].map((c, i) => ({ tMs: 1_000_000 + i * 15_000, c })));
    expect(
      registerDelta(swapped.totals as Column, { fromMs: 1_000_000, toMs: 2_000_000 }, spansOf(swapped, { ...settings, swapsMs })),
    ).toBe(12);
  });
});
