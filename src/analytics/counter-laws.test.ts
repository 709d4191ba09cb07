import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { zoneNamed } from "#calendar/zone.ts";
import { type Column, lowerBound } from "#series/column.ts";
import { QUALITY } from "#series/quality.ts";
import { counterChunk } from "./counter-intervals.ts";
import { COUNTER_MARGIN_ROWS, type CounterSettings } from "./counter-settings.ts";
import { counterTruth, hasCounterMargin } from "./counter-truth.ts";
import type { TimeRange } from "./interval-grid.ts";
import type { Intervals } from "./intervals.ts";

const BEGIN = Date.UTC(2026, 2, 28, 20);
const QUARTER_MS = 900_000;
const DIGIT = 0.001;
const SETTINGS: CounterSettings = { connectionKw: 43, resolutionKwh: DIGIT };
const RUNS = { numRuns: 100 };

/** Power of a house in W per reading, in stretches, each of so many readings. */
const house = fc.array(fc.record({ watts: fc.integer({ min: 0, max: 20_000 }), rows: fc.integer({ min: 1, max: 120 }) }), {
  minLength: 4,
  maxLength: 40,
});
const spacing = fc.constantFrom(1, 10, 60, 300);
const start = fc.integer({ min: 200_000, max: 900_000 });

/** An honest register, in steps of its digit. */
function honest(stretches: readonly { watts: number; rows: number }[], seconds: number, first: number): Column {
  const watts = stretches.flatMap((one) => new Array<number>(one.rows).fill(one.watts));
  let kwh = first;
  const value = watts.map((power) => {
    kwh += (power * seconds) / 3.6e6;
    return Math.round(Math.floor(kwh / DIGIT + 1e-6)) * DIGIT;
  });
  return {
    tMs: Float64Array.from(value, (_, i) => BEGIN + i * seconds * 1000 + (i % 7) * 31),
    value: Float64Array.from(value),
    quality: new Uint16Array(value.length),
  };
}
const part = (column: Column, from: number, to: number): Column => ({
  tMs: column.tMs.subarray(from, to),
  value: column.value.subarray(from, to),
  quality: column.quality.subarray(from, to),
});
const whole = ({ value }: Column): number => (value.at(-1) ?? 0) - (value[0] ?? 0);
const counted = (column: Column, settings = SETTINGS): number => counterTruth(column, settings).energyKwh.at(-1) ?? 0;

/** Readings of zero and of nonsense, a few or many at a time, between honest ones that are not the first nor near the last. */
const blips = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    rows: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 4, max: 80 })),
    shown: fc.constantFrom(0, 0, 0.001, 16_777_215),
  }),
  { maxLength: 4 },
);
function withBlips(column: Column, all: readonly { at: number; rows: number; shown: number }[]): Column {
  const value = Float64Array.from(column.value);
  for (const { at, rows, shown } of all) {
    const row = 1 + Math.floor(at * Math.max(0, value.length - 6));
    for (let i = row; i < Math.min(row + rows, value.length - 2); i += 1) value[i] = shown;
  }
  return { ...column, value };
}

/** A reader that says the same for a while, at some row. */
const stuck = fc.record({ at: fc.nat(), rows: fc.oneof(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 360, max: 1_500 })) });
function withStuck(column: Column, { at, rows }: { at: number; rows: number }): Column {
  const row = at % column.value.length;
  const value = column.value.map((kwh, i) => (i > row && i < row + rows ? (column.value[row] as number) : kwh));
  return { ...column, value };
}

describe("what an honest register counted", () => {
  it("is its last reading less its first, and never falls", () => {
    fc.assert(
      fc.property(house, spacing, start, (stretches, seconds, first) => {
        const column = honest(stretches, seconds, first);
        const { energyKwh, events, length, unknown } = counterTruth(column, SETTINGS);
        expect([events.length, unknown.length, length]).toEqual([0, 0, column.tMs.length]);
        expect(energyKwh.at(-1)).toBeCloseTo(whole(column), 9);
        for (let i = 1; i < length; i += 1) expect(energyKwh[i]).toBeGreaterThanOrEqual(energyKwh[i - 1] as number);
      }),
      RUNS,
    );
  });

  it("is all there where a reader says the same for long and catches up", () => {
    fc.assert(
      fc.property(house, start, stuck, (stretches, first, still) => {
        const honestly = honest(stretches, 10, first);
        const column = withStuck(honestly, { ...still, rows: Math.min(still.rows, honestly.value.length - 70) });
        const { energyKwh, events } = counterTruth(column, SETTINGS);
        if (events.some(({ pending }) => pending)) return;
        expect(energyKwh.at(-1)).toBeCloseTo(whole(column), 9);
        for (const { kind, countedKwh } of events) expect([kind, countedKwh > 1]).toEqual(["caught-up", true]);
      }),
      RUNS,
    );
  });

  it("is the same in parts that share a reading, wherever they are cut", () => {
    fc.assert(
      fc.property(house, spacing, start, fc.array(fc.nat(), { maxLength: 6 }), (stretches, seconds, first, cuts) => {
        const column = honest(stretches, seconds, first);
        const n = column.tMs.length;
        const at = [0, ...cuts.map((cut) => cut % n), n - 1].sort((a, b) => a - b);
        const sum = at.slice(1).reduce((kwh, to, i) => kwh + counted(part(column, at[i] as number, to + 1)), 0);
        expect(sum).toBeCloseTo(counted(column), 8);
      }),
      RUNS,
    );
  });

  it("is the same whichever readings are missing between the first and the last", () => {
    fc.assert(
      fc.property(house, start, fc.func(fc.boolean()), (stretches, first, isLost) => {
        const column = honest(stretches, 10, first);
        const n = column.tMs.length;
        const rows = Array.from({ length: n }, (_, i) => i).filter((i) => i === 0 || i === n - 1 || !isLost(i));
        const kept = {
          tMs: Float64Array.from(rows, (i) => column.tMs[i] as number),
          value: Float64Array.from(rows, (i) => column.value[i] as number),
          quality: new Uint16Array(rows.length),
        };
        expect(counted(kept)).toBeCloseTo(counted(column), 9);
      }),
      RUNS,
    );
  });
});

describe("what a register does besides counting", () => {
  it("changes nothing, however many blips there are and wherever they fall", () => {
    fc.assert(
      fc.property(house, start, blips, (stretches, first, all) => {
        const column = honest(stretches, 10, first);
        const { energyKwh, events } = counterTruth(withBlips(column, all), SETTINGS);
        expect(energyKwh.at(-1)).toBeCloseTo(whole(column), 9);
        expect(events.every(({ kind, open }) => kind === "blip" && !open)).toBe(true);
      }),
      RUNS,
    );
  });

  it("changes nothing where readings of bad quality say anything at all", () => {
    fc.assert(
      fc.property(house, start, fc.array(fc.record({ at: fc.nat(), shown: fc.double() }), { maxLength: 30 }), (stretches, first, all) => {
        const column = honest(stretches, 10, first);
        const value = Float64Array.from(column.value);
        const quality = Uint16Array.from(column.quality);
        for (const { at, shown } of all) {
          const row = 1 + (at % (value.length - 2));
          value[row] = shown;
          quality[row] = QUALITY.badStatus;
        }
        expect(counted({ ...column, value, quality })).toBeCloseTo(whole(column), 9);
      }),
      RUNS,
    );
  });

  it("counts no more than the register rose, when its last digit flickers", () => {
    fc.assert(
      fc.property(house, start, fc.func(fc.boolean()), (stretches, first, isLow) => {
        const column = honest(stretches, 10, first);
        const n = column.tMs.length;
        const value = column.value.map((kwh, i) => (i > 0 && i < n - 1 && isLow(i) ? kwh - DIGIT : kwh));
        expect(counted({ ...column, value })).toBeCloseTo(whole(column), 9);
      }),
      RUNS,
    );
  });

  it("never lets a count fall, nor counts more than the connection can deliver, whatever is sent", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.double({ min: 0, max: 1e6, noNaN: true }), fc.double()), { maxLength: 300 }), (values) => {
        const column = {
          tMs: Float64Array.from(values, (_, i) => BEGIN + i * 10_000),
          value: Float64Array.from(values),
          quality: new Uint16Array(values.length),
        };
        const { tMs, energyKwh, length, events } = counterTruth(column, SETTINGS);
        let movedMs = tMs[0] as number;
        for (let i = 1; i < length; i += 1) {
          const kwh = (energyKwh[i] as number) - (energyKwh[i - 1] as number);
          const ms = (tMs[i] as number) - movedMs;
          if (kwh > 0) movedMs = tMs[i] as number;
          expect(kwh).toBeGreaterThanOrEqual(0);
          expect(kwh).toBeLessThanOrEqual((43 * (ms + 60_000)) / 3.6e6 + 2 * DIGIT);
        }
        for (const event of events) expect(Number.isFinite(event.countedKwh) && event.afterMs >= event.tMs).toBe(true);
      }),
      RUNS,
    );
  });
});

describe("chunks", () => {
  const range = (column: Column): TimeRange => ({ fromMs: BEGIN - QUARTER_MS, toMs: (column.tMs.at(-1) as number) + QUARTER_MS });
  const settings = (digit: number) => ({
    connectionKw: 43,
    resolutionKwh: digit,
    zone: zoneNamed("Europe/Berlin"),
    lengthMs: QUARTER_MS,
    layer: "meter",
  });

  /** Rows of a stretch with enough of them on either side. */
  function rowsAround(column: Column, span: TimeRange): Column {
    const [from, to] = [lowerBound(column.tMs, span.fromMs), lowerBound(column.tMs, span.toMs)];
    for (let margin = COUNTER_MARGIN_ROWS; ; margin *= 4) {
      const rows = part(column, Math.max(0, from - margin), to + margin);
      const { before, after } = hasCounterMargin(rows, span, SETTINGS);
      if ((before || margin >= from) && (after || to + margin >= column.tMs.length)) return rows;
    }
  }

  /** A register that gets stuck, flickers and shows nonsense. */
  const troubled = fc
    .record({ house, seconds: fc.constantFrom(10, 60, 900), start, blips, isLow: fc.func(fc.boolean()), stuck })
    .map((all) => {
      const still = withStuck(honest(all.house, all.seconds, all.start), all.stuck);
      return withBlips({ ...still, value: still.value.map((kwh, i) => (all.isLow(i) ? kwh - DIGIT : kwh)) }, all.blips);
    });

  it("have the events of the whole, each in its own", () => {
    fc.assert(
      fc.property(troubled, fc.integer({ min: 1, max: 12 }), (column, quarters) => {
        const { fromMs, toMs } = range(column);
        const found: unknown[] = [];
        for (let at = fromMs; at < toMs; at += quarters * QUARTER_MS) {
          const span = { fromMs: at, toMs: at + quarters * QUARTER_MS };
          const { events } = counterTruth(rowsAround(column, span), SETTINGS);
          found.push(...events.filter(({ tMs }) => tMs >= span.fromMs && tMs < span.toMs));
        }
        expect(found).toEqual(counterTruth(column, SETTINGS).events);
      }),
      RUNS,
    );
  });

  it("derived one by one with their margins are the whole", () => {
    fc.assert(
      fc.property(troubled, fc.integer({ min: 1, max: 40 }), (column, quarters) => {
        const expected = counterChunk(column, range(column), settings(DIGIT));
        const { fromMs, toMs } = range(column);
        const parts: Intervals[] = [];
        for (let at = fromMs; at < toMs; at += quarters * QUARTER_MS) {
          const span = { fromMs: at, toMs: Math.min(toMs, at + quarters * QUARTER_MS) };
          parts.push(counterChunk(rowsAround(column, span), span, settings(DIGIT)));
        }
        const energy = parts.flatMap(({ energyKwh }) => [...energyKwh]);
        const bits = parts.flatMap(({ quality }) => [...quality]);
        expect(energy).toHaveLength(expected.energyKwh.length);
        expect(bits).toEqual([...expected.quality]);
        for (const [i, kwh] of energy.entries()) {
          if (Number.isNaN(kwh)) expect(expected.energyKwh[i]).toBeNaN();
          else expect(kwh).toBeCloseTo(expected.energyKwh[i] as number, 9);
        }
      }),
      RUNS,
    );
  });
});
