import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { convert, convertDifference } from "#units/unit.ts";
import { type Comfort, type ComfortOptions, type ComfortRows, comfortOf } from "./comfort.ts";
import type { TimeRange } from "./interval-grid.ts";
import { common, joined, lengthMs } from "./time-spans.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const { NaN: UNKNOWN } = Number;

/** Temperatures every ten minutes from 0:00. */
const rowsOf = (temperature: readonly number[], more: Partial<Record<"heating" | "cooling" | "setpoint", number>> = {}): ComfortRows => ({
  tMs: Float64Array.from(temperature, (_, i) => i * 10 * MINUTE),
  temperature: Float64Array.from(temperature),
  ...Object.fromEntries(Object.entries(more).map(([name, value]) => [name, new Float64Array(temperature.length).fill(value)])),
});
const hours = (...list: (readonly [number, number])[]): TimeRange[] => list.map(([from, to]) => ({ fromMs: from * HOUR, toMs: to * HOUR }));
const options = (more: Partial<ComfortOptions> = {}): ComfortOptions => ({
  occupied: hours([0, 1]),
  band: 2,
  standsMs: 20 * MINUTE,
  unit: "°F",
  ...more,
});
const notJudged = (comfort: Comfort) => Object.fromEntries(comfort.notJudged.map(({ why, ms }) => [why, ms / MINUTE]));

describe("comfort", () => {
  it("is a temperature between the two setpoints and a band beyond each", () => {
    const comfort = comfortOf(rowsOf([69.5, 69.4, 73.5, 77.5, 77.6, 71], { heating: 71.5, cooling: 75.5 }), options());
    expect(comfort).toMatchObject({ samples: 6, by: "two-setpoints", unit: "°F", judgedMs: HOUR });
    expect(comfort.withinPct).toBeCloseTo((100 * 4) / 6);
    expect(comfort.tooColdMs).toBe(10 * MINUTE);
    expect(comfort.tooWarmMs).toBe(10 * MINUTE);
    expect(comfort.meanError).toBeCloseTo((69.5 + 69.4 + 73.5 + 77.5 + 77.6 + 71) / 6 - 73.5);
    expect(comfort.discomfortDegreeHours).toBeCloseTo(0.2 / 6);
  });

  it("is a band around the one setpoint where there is one, edges included", () => {
    const comfort = comfortOf(rowsOf([70, 72, 74, 74.1, 69.9, 73], { setpoint: 72 }), options());
    expect(comfort.withinPct).toBeCloseTo((100 * 4) / 6);
    expect(comfort.by).toBe("one-setpoint");
  });

  it("goes by the one setpoint where one of the two is missing, and by none where that is too", () => {
    const rows = { ...rowsOf([72, 72], { heating: 70, setpoint: 72 }), cooling: Float64Array.of(UNKNOWN, 74) };
    expect(comfortOf(rows, options()).samples).toBe(2);
    const without = comfortOf({ ...rowsOf([72, 72], { heating: 70 }) }, options());
    expect(without).toMatchObject({ samples: 0, by: "none", judgedMs: 0 });
    expect(without.withinPct).toBeNaN();
    expect(without.discomfortDegreeHours).toBeNaN();
    expect(notJudged(without)).toEqual({ "no-setpoint": 30, "no-value": 30 });
  });

  it("weighs a sample by the time it stands for, and no sample for longer than it may", () => {
    const tMs = Float64Array.of(0, 10 * MINUTE, 50 * MINUTE);
    const rows = { tMs, temperature: Float64Array.of(72, 80, 72), setpoint: new Float64Array(3).fill(72) };
    const onChange = comfortOf(rows, options({ standsMs: Infinity }));
    expect(onChange.withinPct).toBeCloseTo((100 * 2) / 3);
    expect(onChange.withinTimePct).toBeCloseTo((100 * 20) / 60);
    expect(onChange.discomfortDegreeHours).toBeCloseTo((6 * 40) / 60);
    const polled = comfortOf(rows, options());
    expect(polled.withinTimePct).toBeCloseTo(50);
    expect(notJudged(polled)).toEqual({ "no-value": 20 });
    const silences = [{ fromMs: 10 * MINUTE, toMs: 50 * MINUTE }];
    expect(notJudged(comfortOf(rows, options({ silences })))).toEqual({ "no-value": 40 });
  });

  it("is judged while the air handler runs; warm-up, rest, and what is not known are told apart", () => {
    const rows = rowsOf([72, 72, 72, UNKNOWN, 60, 60], { setpoint: 72 });
    const comfort = comfortOf(rows, options({ warmUp: hours([-1, 0]), running: hours([0, 2 / 3]) }));
    expect(comfort).toMatchObject({ samples: 3, withinPct: 100, withinTimePct: 100, judgedMs: 30 * MINUTE });
    expect(notJudged(comfort)).toEqual({ "warm-up": 60, "air-handler-off": 20, "no-value": 10 });
  });

  it("counts what a sample before the range still stands for, as time and not as a sample", () => {
    const tMs = Float64Array.of(-10 * MINUTE);
    const held = comfortOf({ tMs, temperature: Float64Array.of(72), setpoint: Float64Array.of(72) }, options({ standsMs: Infinity }));
    expect(held).toMatchObject({ samples: 0, withinTimePct: 100, judgedMs: HOUR, by: "one-setpoint" });
    expect(held.withinPct).toBeNaN();
  });

  it("of nothing is nothing", () => {
    const comfort = comfortOf(rowsOf([]), options());
    expect(comfort).toMatchObject({ samples: 0, judgedMs: 0, tooWarmMs: 0 });
    expect(comfort.withinTimePct).toBeNaN();
    expect(notJudged(comfort)).toEqual({ "no-value": 60 });
  });
});

/** Degrees as sensors say them: tenths and hundredths. */
const degrees = fc.integer({ min: 6_000, max: 8_500 }).map((hundredths) => hundredths / 100);
const maybe = fc.option(degrees, { nil: UNKNOWN, freq: 6 });
const world = fc
  .array(fc.record({ gap: fc.integer({ min: 1, max: 40 }), temperature: maybe, heating: maybe, cooling: maybe, setpoint: maybe }), {
    maxLength: 40,
  })
  .chain((list) =>
    fc.record({
      list: fc.constant(list),
      occupied: spansWithin(900),
      running: fc.option(spansWithin(900), { nil: undefined }),
      silences: spansWithin(900),
      band: fc.constantFrom(0, 0.5, 1, 2, 2.5),
      stands: fc.constantFrom(5, 20, Infinity),
    }),
  );

function spansWithin(minutes: number) {
  const edge = fc.integer({ min: 0, max: minutes });
  return fc
    .array(fc.tuple(edge, edge), { maxLength: 4 })
    .map((list) => joined(list.map(([a, b]) => ({ fromMs: Math.min(a, b) * MINUTE, toMs: Math.max(a, b) * MINUTE }))));
}

type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

function rowsIn({ list }: World): ComfortRows {
  let at = -30;
  const tMs = Float64Array.from(list, ({ gap }) => {
    at += gap;
    return at * MINUTE;
  });
  const of = (name: "temperature" | "heating" | "cooling" | "setpoint") => Float64Array.from(list, (row) => row[name]);
  return { tMs, temperature: of("temperature"), heating: of("heating"), cooling: of("cooling"), setpoint: of("setpoint") };
}

function optionsIn({ occupied, running, silences, band, stands }: World): ComfortOptions {
  return { occupied, ...(running ? { running } : {}), silences, band, standsMs: stands * MINUTE, unit: "°F" };
}

describe("laws of comfort", () => {
  it("all occupied time is judged, or told why not", () => {
    fc.assert(
      fc.property(world, (given) => {
        const comfort = comfortOf(rowsIn(given), optionsIn(given));
        const rest = comfort.notJudged.reduce((sum, { ms }) => sum + ms, 0);
        expect(comfort.judgedMs + rest).toBe(lengthMs(given.occupied));
        expect(comfort.tooWarmMs + comfort.tooColdMs).toBeLessThanOrEqual(comfort.judgedMs);
      }),
    );
  });

  it("each minute is judged by the sample that stands at it", () => {
    fc.assert(
      fc.property(world, (given) => {
        const [rows, how] = [rowsIn(given), optionsIn(given)];
        const comfort = comfortOf(rows, how);
        const counts = { inside: 0, warm: 0, cold: 0 };
        for (let minute = 0; minute < 900; minute += 1) {
          const verdict = judgedAt(minute * MINUTE, rows, how);
          if (verdict) counts[verdict] += 1;
        }
        expect([comfort.tooWarmMs, comfort.tooColdMs]).toEqual([counts.warm * MINUTE, counts.cold * MINUTE]);
        expect(comfort.judgedMs).toBe((counts.inside + counts.warm + counts.cold) * MINUTE);
      }),
    );
  });

  it("the whole is the sum of its parts, wherever it is cut", () => {
    fc.assert(
      fc.property(world, fc.integer({ min: 0, max: 900 }), (given, cut) => {
        const [rows, how] = [rowsIn(given), optionsIn(given)];
        const part = (fromMinute: number, toMinute: number) =>
          comfortOf(rows, { ...how, occupied: common(how.occupied, [{ fromMs: fromMinute * MINUTE, toMs: toMinute * MINUTE }]) });
        const [whole, a, b] = [comfortOf(rows, how), part(0, cut), part(cut, 900)];
        for (const name of ["samples", "judgedMs", "tooWarmMs", "tooColdMs"] as const) expect(a[name] + b[name]).toBe(whole[name]);
        const within = (one: Comfort): number => (one.samples === 0 ? 0 : (one.withinPct * one.samples) / 100);
        expect(within(a) + within(b)).toBeCloseTo(within(whole));
      }),
    );
  });

  it("does not hang on the unit: the same in °C with the band converted gives the same answer", () => {
    fc.assert(
      fc.property(world, (given) => {
        const [rows, how] = [rowsIn(given), optionsIn(given)];
        const celsius = (values?: Float64Array) => (values ?? new Float64Array()).map((value) => convert(value, "°F", "°C"));
        const { tMs } = rows;
        const converted = {
          tMs,
          temperature: celsius(rows.temperature),
          heating: celsius(rows.heating),
          cooling: celsius(rows.cooling),
          setpoint: celsius(rows.setpoint),
        };
        const [f, c] = [comfortOf(rows, how), comfortOf(converted, { ...how, band: convertDifference(how.band, "°F", "°C"), unit: "°C" })];
        for (const name of ["samples", "withinPct", "withinTimePct", "judgedMs", "tooWarmMs", "tooColdMs", "by", "notJudged"] as const) {
          expect(c[name]).toEqual(f[name]);
        }
        if (f.samples > 0) expect(convertDifference(c.meanError, "°C", "°F")).toBeCloseTo(f.meanError, 8);
        if (f.judgedMs > 0) expect(convertDifference(c.discomfortDegreeHours, "°C", "°F")).toBeCloseTo(f.discomfortDegreeHours, 8);
      }),
    );
  });

  it("a wider band is never less comfortable", () => {
    fc.assert(
      fc.property(world, (given) => {
        const [rows, how] = [rowsIn(given), optionsIn(given)];
        const [narrow, wide] = [comfortOf(rows, how), comfortOf(rows, { ...how, band: how.band + 1 })];
        if (narrow.samples > 0) expect(wide.withinPct).toBeGreaterThanOrEqual(narrow.withinPct);
        if (narrow.judgedMs > 0) expect(wide.withinTimePct).toBeGreaterThanOrEqual(narrow.withinTimePct);
      }),
    );
  });
});

/** The definition itself, at one instant. Hundredths of a degree are whole numbers, so that nothing is rounded. */
function judgedAt(tMs: number, rows: ComfortRows, { occupied, running, silences, band, standsMs }: ComfortOptions) {
  const lies = (spans: readonly TimeRange[] | undefined): boolean =>
    spans === undefined || spans.some(({ fromMs, toMs }) => fromMs <= tMs && tMs < toMs);
  if (!lies(occupied) || !lies(running)) return undefined;
  const row = rows.tMs.findLastIndex((at) => at <= tMs);
  if (row < 0) return undefined;
  const saidMs = rows.tMs[row] as number;
  if (tMs >= saidMs + standsMs || (silences ?? []).some(({ fromMs }) => fromMs >= saidMs && fromMs <= tMs)) return undefined;
  const hundredths = (values: Float64Array | undefined) => Math.round(100 * (values?.[row] ?? UNKNOWN));
  const [temperature, heating, cooling, setpoint] = [rows.temperature, rows.heating, rows.cooling, rows.setpoint].map(hundredths) as [
    number,
    number,
    number,
    number,
  ];
  const two = !Number.isNaN(heating) && !Number.isNaN(cooling);
  const [low, high] = two ? [heating, cooling] : [setpoint, setpoint];
  if (Number.isNaN(temperature) || Number.isNaN(low)) return undefined;
  if (temperature > high + 100 * band) return "warm";
  return temperature < low - 100 * band ? "cold" : "inside";
}
