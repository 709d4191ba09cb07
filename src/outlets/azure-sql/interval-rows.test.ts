import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readTime } from "#calendar/time-text.ts";
import { zoneNamed } from "#calendar/zone.ts";
import type { IntervalRow } from "#reports/plant-answers.ts";
import { QUALITY } from "#series/quality.ts";
import { type Place, takenIntervals } from "./foreign-rows.ts";
import { intervalValues, type KyzInterval, kyzIntervals, markOf, readInterval } from "./interval-rows.ts";
import { clockOf } from "./plant-clock.ts";

const QUARTER_MS = 900_000;
const zone = zoneNamed("America/Indiana/Indianapolis");
const place: Place = { site: "plant", point: "main", zone, intervalMs: QUARTER_MS };
const at = (text: string): number => Date.parse(text);
const clock = (text: string): number => readTime(text)?.localMs ?? Number.NaN;

function interval(endMs: number, more: Partial<IntervalRow> = {}): IntervalRow {
  const kw = (more.energyKwh ?? 71.4) * 4;
  const rest = { possibleKw: Number.NaN, pulses: 42, totalKwh: Number.NaN, quality: 0, coverage: 1, source: "kyz" };
  return { endMs, energyKwh: 71.4, powerKw: kw, demandKw: kw, ...rest, ...more };
}

function row(clockText: string, more: Partial<KyzInterval> = {}): KyzInterval {
  const rest = { pulses: 42, energyKwh: 71.4, powerKw: 285.6, totalKwh: Number.NaN, excluded: false, invalid: false };
  return { clockMs: clock(clockText), ...rest, ...more };
}

describe("intervals as rows of the table", () => {
  test("carry the plant's clock at their end, so an interval that ends at midnight is a row of the next date", () => {
    const [winter, summer] = kyzIntervals([interval(at("2026-02-01T05:00:00Z")), interval(at("2026-07-01T18:45:00Z"))], zone);
    expect([winter?.clockMs, summer?.clockMs]).toEqual([clock("2026-02-01 00:00:00"), clock("2026-07-01 14:45:00")]);
  });

  test("have no row where nobody knows the energy", () => {
    expect(kyzIntervals([interval(at("2026-02-01T05:00:00Z"), { energyKwh: Number.NaN, pulses: 3 })], zone)).toEqual([]);
  });

  test("say R17 and invalid as flags, and keep what came back after a silence out of demand", () => {
    const t = at("2026-02-01T05:00:00Z");
    const rows = [
      interval(t, { quality: QUALITY.excludedFromDemand, demandKw: Number.NaN }),
      interval(t + QUARTER_MS, { quality: QUALITY.invalidAlarm, demandKw: Number.NaN }),
      interval(t + 2 * QUARTER_MS, { quality: QUALITY.recoveredAfterGap, demandKw: Number.NaN }),
      interval(t + 3 * QUARTER_MS),
    ];
    expect(kyzIntervals(rows, zone).map(({ excluded, invalid }) => [excluded, invalid])).toEqual([
      [true, false],
      [false, true],
      [true, false],
      [false, false],
    ]);
  });

  test("of the repeated hour become one row: energy added, the higher power, the later register", () => {
    const first = interval(at("2026-11-01T05:15:00Z"), { energyKwh: 10, pulses: 6, totalKwh: 1000 });
    const second = interval(at("2026-11-01T06:15:00Z"), { energyKwh: 25, pulses: 15, totalKwh: 1100, quality: QUALITY.excludedFromDemand });
    expect(kyzIntervals([first, second], zone)).toEqual([
      row("2026-11-01 01:15:00", { energyKwh: 35, powerKw: 100, pulses: 21, totalKwh: 1100, excluded: true }),
    ]);
  });

  test("lose no energy and no peak on any day, whatever the clock does", () => {
    const days = ["2026-03-08", "2026-11-01", "2026-06-01"].map((date) => zone.dayStart(at(`${date}T17:00:00Z`)));
    fc.assert(
      fc.property(
        fc.constantFrom(...days),
        fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 100, maxLength: 100 }),
        (start, kwh) => {
          const count = (zone.addDays(start, 1) - start) / QUARTER_MS;
          const rows = kwh.slice(0, count).map((energyKwh, n) => interval(start + n * QUARTER_MS, { energyKwh }));
          const table = kyzIntervals(rows, zone);
          expect(table.length).toBe(Math.min(96, count));
          expect(table.reduce((sum, one) => sum + one.energyKwh, 0)).toBe(rows.reduce((sum, one) => sum + one.energyKwh, 0));
          expect(Math.max(...table.map((one) => one.powerKw))).toBe(Math.max(...rows.map((one) => one.powerKw)));
          expect(new Set(table.map((one) => one.clockMs)).size).toBe(table.length);
        },
      ),
    );
  });

  test("come back from the table as they were sent", () => {
    const sent = row("2026-11-01 14:15:00", { totalKwh: 966068.1, excluded: true });
    const [IntervalEnd, PulseCount, kWh, kW, total, R17Exclude, KyzInvalidAlarm] = intervalValues(sent);
    const back = readInterval({ IntervalEnd, PulseCount, kWh, kW, Total_kWh: total, R17Exclude, KyzInvalidAlarm });
    expect(back).toEqual(sent);
    expect(markOf({ ...sent, energyKwh: sent.energyKwh + 1e-9 })).toBe(markOf(sent));
    for (const other of [{ pulses: 43 }, { powerKw: 285.7 }, { totalKwh: Number.NaN }, { excluded: false }, { invalid: true }]) {
      expect(markOf({ ...sent, ...other })).not.toBe(markOf(sent));
    }
  });
});

describe("rows of others as intervals", () => {
  test("a second before the boundary belongs to it, and stands above a row on it, for only the PLC's file wrote so", () => {
    const { intervals, doubled } = takenIntervals([row("2026-02-01 15:45:00"), row("2026-02-01 15:44:59", { pulses: 999 })], place);
    expect(intervals.map(({ tMs, row: { pulses } }) => [tMs, pulses])).toEqual([[at("2026-02-01T20:45:00Z"), 999]]);
    expect(doubled).toBe(1);
  });

  test("between two boundaries there is no interval, nor in the hour that spring skips", () => {
    const rows = [row("2026-02-01 15:40:00"), row("2026-03-08 02:30:00"), row("2026-03-08 03:00:00")];
    const { intervals, unusable } = takenIntervals(rows, place);
    expect(unusable).toEqual(rows.slice(0, 2));
    expect(intervals.map(({ tMs }) => tMs)).toEqual([at("2026-03-08T07:00:00Z")]);
  });

  test("a reading of the repeated hour is its first occurrence and is marked", () => {
    const { intervals } = takenIntervals([row("2026-11-01 01:15:00", { excluded: true })], place);
    expect(intervals.map(({ tMs, quality }) => [tMs, quality])).toEqual([
      [at("2026-11-01T05:15:00Z"), QUALITY.excludedFromDemand | QUALITY.clockUncertain],
    ]);
  });

  test("every instant but those of a repeated hour is found again from its row", () => {
    const quarter = fc.integer({ min: 0, max: 3 * 365 * 96 }).map((n) => at("2024-01-01T05:00:00Z") + n * QUARTER_MS);
    fc.assert(
      fc.property(quarter, (tMs) => {
        const { intervals } = takenIntervals(kyzIntervals([interval(tMs)], zone), place);
        const [found] = intervals;
        const repeated = zone.instantsOf(clockOf(tMs, zone).getTime()).length > 1;
        expect(found?.tMs).toBe(repeated ? zone.instantsOf(clockOf(tMs, zone).getTime())[0] : tMs);
      }),
    );
  });
});
