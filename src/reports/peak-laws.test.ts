import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY_MS } from "#calendar/civil.ts";
import { zoneNamed } from "#calendar/zone.ts";
import { continued, curveOf, dailyPeaks, knownShare, meanIn, partOf, QUARTER_MS, type QuarterCurve } from "./peak-curve.ts";
import { dayCurve } from "./peak-day-curve.ts";
import { peakDays } from "./peak-days.ts";
import { stretchesOf } from "./peak-stretches.ts";

const PHOENIX = zoneNamed("America/Phoenix");
const BEGIN_MS = Date.UTC(2026, 0, 5, 7);
const WEEK_MS = 7 * DAY_MS;
const DAYS = 40;

/** Quarter-hours of some weeks, with gaps. */
const curves = fc
  .record({ seed: fc.integer({ min: 1, max: 1e6 }), gaps: fc.array(fc.integer({ min: 0, max: DAYS * 96 }), { maxLength: 30 }) })
  .map(({ seed, gaps }): QuarterCurve => {
    const lost = new Set(gaps.flatMap((gap) => Array.from({ length: 12 }, (_, i) => gap + i)));
    const all = Array.from({ length: DAYS * 96 }, (_, i) => i).filter((i) => !lost.has(i));
    return curveOf(new Map(all.map((i) => [BEGIN_MS + i * QUARTER_MS, 100 + Math.round(500 * Math.sin(i * seed)) / 10])));
  });
const quarters = fc.integer({ min: 0, max: DAYS * 96 - 8 }).map((i) => BEGIN_MS + i * QUARTER_MS);

const moved = ({ atMs, mean }: QuarterCurve, byMs: number): QuarterCurve => ({ atMs: atMs.map((at) => at + byMs), mean });
const dateMoved = (date: string, byMs: number): string => new Date(Date.parse(date) + byMs).toISOString().slice(0, 10);

describe("days alike", () => {
  it("move with everything else by whole weeks, and nothing but their dates changes", () => {
    fc.assert(
      fc.property(curves, curves, quarters, fc.integer({ min: -60, max: 60 }), (load, outdoor, fromMs, weeks) => {
        const byMs = weeks * WEEK_MS;
        const asked = (shiftMs: number) => {
          const range = { fromMs: fromMs + shiftMs, toMs: fromMs + shiftMs + 2 * QUARTER_MS };
          const known = { fromMs: BEGIN_MS + shiftMs, toMs: BEGIN_MS + shiftMs + DAYS * DAY_MS };
          const found = peakDays(
            { range, zone: PHOENIX, holidays: [], known, outdoorUnit: "°C" },
            { load: moved(load, shiftMs), outdoor: moved(outdoor, shiftMs) },
          );
          const curve = dayCurve(range, { zone: PHOENIX, days: found.days, load: moved(load, shiftMs) });
          return { days: [found.day, ...found.days], method: found.method, curve };
        };
        const [here, there] = [asked(0), asked(byMs)];
        expect(there.method).toBe(here.method);
        expect(there.days.map(({ window, ...rest }) => ({ ...rest, atMs: window.fromMs - byMs }))).toEqual(
          here.days.map(({ window, date, ...rest }) => ({ ...rest, date: dateMoved(date, byMs), atMs: window.fromMs })),
        );
        expect(there.curve.map((one) => ({ ...one, tMs: one.tMs - byMs }))).toEqual(here.curve);
      }),
      { numRuns: 40 },
    );
  });

  it("are never the day itself, nor ones that are not known well enough", () => {
    fc.assert(
      fc.property(curves, quarters, (load, fromMs) => {
        const range = { fromMs, toMs: fromMs + 4 * QUARTER_MS };
        const known = { fromMs: BEGIN_MS, toMs: BEGIN_MS + DAYS * DAY_MS };
        const { day, days } = peakDays(
          { range, zone: PHOENIX, holidays: [], known, outdoorUnit: "°C" },
          { load, outdoor: curveOf(new Map()) },
        );
        for (const one of days) {
          expect(one.date).not.toBe(day.date);
          expect(knownShare(load, one.window)).toBeGreaterThanOrEqual(0.75);
          expect(one.kw).toBe(meanIn(load, one.window));
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe("a curve", () => {
  it("that is continued from anywhere is the whole of it", () => {
    fc.assert(
      fc.property(curves, quarters, (curve, fromMs) => {
        const end = { fromMs: fromMs - 5 * QUARTER_MS, toMs: Number.POSITIVE_INFINITY };
        expect(continued(curve, partOf(curve, end), fromMs)).toEqual(curve);
      }),
      { numRuns: 30 },
    );
  });

  it("has a mean between its least and its most, by the time within the window", () => {
    fc.assert(
      fc.property(curves, quarters, fc.integer({ min: 1, max: 3_600_000 }), fc.integer({ min: 0, max: 899_999 }), (curve, at, ms, off) => {
        const window = { fromMs: at + off, toMs: at + off + ms };
        const mean = meanIn(curve, window);
        expect(Number.isNaN(mean)).toBe(knownShare(curve, window) === 0);
        expect(knownShare(curve, window)).toBeLessThanOrEqual(1);
        if (Number.isNaN(mean)) return;
        const { mean: inside } = partOf(curve, { fromMs: window.fromMs - QUARTER_MS + 1, toMs: window.toMs });
        expect(mean).toBeGreaterThanOrEqual(Math.min(...inside) - 1e-9);
        expect(mean).toBeLessThanOrEqual(Math.max(...inside) + 1e-9);
      }),
    );
  });

  it("has one peak a day, the highest of it, in falling order", () => {
    fc.assert(
      fc.property(curves, (curve) => {
        const peaks = dailyPeaks(curve, PHOENIX);
        expect(new Set(peaks.map(({ fromMs }) => PHOENIX.dayStart(fromMs))).size).toBe(peaks.length);
        for (const [i, { kw, fromMs }] of peaks.entries()) {
          const day = PHOENIX.dayStart(fromMs);
          expect(kw).toBe(Math.max(...partOf(curve, { fromMs: day, toMs: day + DAY_MS }).mean));
          expect(kw).toBeLessThanOrEqual(peaks[i - 1]?.kw ?? Number.POSITIVE_INFINITY);
        }
      }),
      { numRuns: 20 },
    );
  });
});

it("every window is read once, in a stretch that covers it, and stretches stand apart", () => {
  const windows = fc.array(
    fc
      .tuple(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 1, max: 60 }))
      .map(([fromMs, length]) => ({ fromMs, toMs: fromMs + length })),
    { minLength: 1, maxLength: 30 },
  );
  fc.assert(
    fc.property(windows, fc.integer({ min: 0, max: 500 }), (asked, gapMs) => {
      const stretches = stretchesOf(asked, gapMs);
      expect(stretches.flatMap(({ windows: own }) => own).sort((a, b) => a - b)).toEqual(asked.map((_, i) => i));
      for (const [i, stretch] of stretches.entries()) {
        for (const own of stretch.windows) {
          expect(asked[own]?.fromMs).toBeGreaterThanOrEqual(stretch.fromMs);
          expect(asked[own]?.toMs).toBeLessThanOrEqual(stretch.toMs);
        }
        if (i > 0) expect(stretch.fromMs - (stretches[i - 1]?.toMs ?? 0)).toBeGreaterThan(gapMs);
      }
    }),
  );
});
