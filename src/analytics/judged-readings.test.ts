import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOUR_MS } from "#calendar/civil.ts";
import type { Column } from "#series/column.ts";
import { QUALITY } from "#series/quality.ts";
import { judgeReadings } from "./judged-readings.ts";
import { type RegisterRules, STEP } from "./meter-index.ts";
import { atDay, BEGIN_MS, NO_RULES, readingsAt } from "./register-world.ts";

const MONTH = 30;

const monthly = (...values: number[]): Column => readingsAt(values.map((value, i) => [i * MONTH, value]));
const judged = (readings: Column, rules: Partial<RegisterRules> = {}) => judgeReadings(readings, { ...NO_RULES, ...rules });
const id = (kind: string, day: number) => `${kind}-${atDay(day)}`;

describe("readings of a register", () => {
  it("count as they are where nothing is strange", () => {
    const { index, events } = judged(monthly(100, 200, 310, 400));
    expect(events).toEqual([]);
    expect([...index.total]).toEqual([0, 100, 210, 300]);
    expect([...index.register]).toEqual([100, 200, 310, 400]);
  });

  it("leave out one that is ten times too high, and say so", () => {
    const { index, events } = judged(monthly(1000, 1100, 1200, 13000, 1400, 1500));
    expect([...index.total]).toEqual([0, 100, 200, 400, 500]);
    expect(events.map(({ kind, value, counts, open }) => [kind, value, counts, open])).toEqual([["typo", 13000, false, false]]);
    expect(index.step[3]).toBe(STEP.leftOut);
  });

  it("leave out a digit slip that passed for a while", () => {
    const { index, events } = judged(monthly(1000, 1100, 1200, 1900, 1400, 1500));
    expect([...index.total]).toEqual([0, 100, 200, 400, 500]);
    expect(events.map(({ id }) => id)).toEqual([id("typo", 90)]);
  });

  it("leave out a single low one that its neighbours contradict", () => {
    const { index, events } = judged(monthly(1000, 1100, 120, 1300, 1400));
    expect([...index.total]).toEqual([0, 100, 300, 400]);
    expect(events.map(({ id }) => id)).toEqual([id("typo", 60)]);
  });

  it("wait for a decision where the last one is ten times too high", () => {
    const readings = monthly(1000, 1100, 1200, 13000);
    const { index, events } = judged(readings);
    expect([...index.total]).toEqual([0, 100, 200]);
    expect(events.map(({ id, open, counts }) => [id, open, counts])).toEqual([[id("implausible", 90), true, false]]);
    const real = judged(readings, { decisions: new Map([[id("implausible", 90), "real"]]) });
    expect([...real.index.total]).toEqual([0, 100, 200, 12000]);
    expect(real.events.map(({ open, decision }) => [open, decision])).toEqual([[false, "real"]]);
  });

  it("do not know what was used where the register fell and nobody said why", () => {
    const { index, events } = judged(monthly(1000, 1100, 1200, 20, 120, 220));
    expect([...index.total]).toEqual([0, 100, 200, 200, 300, 400]);
    expect(index.step[3]).toBe(STEP.unknown);
    expect(events.map(({ kind, open }) => [kind, open])).toEqual([["fall", true]]);
    expect(events[0]?.sentence).toMatch(/replaced/);
  });

  it("are no consumption below zero, at one instant twice, of bad quality, or no number", () => {
    const { index, events } = judged({
      tMs: Float64Array.from([0, 1, 2, 2, 3, 4, 5], (day) => atDay(day)),
      value: Float64Array.from([10, Number.NaN, 11, 12, 13, -1, 14]),
      quality: Uint16Array.from([0, 0, 0, 0, QUALITY.badStatus, 0, QUALITY.corrected]),
    });
    expect([...index.tMs]).toEqual([atDay(0), atDay(2), atDay(5)]);
    expect([...index.total]).toEqual([0, 2, 4]);
    expect([...index.step]).toEqual([0, 0, STEP.leftOut | STEP.corrected]);
    expect(events.map(({ kind, value }) => [kind, value])).toEqual([["typo", -1]]);
  });

  it("hold the height where only the last digit went down", () => {
    const { index, events } = judged(
      readingsAt([
        [0, 10.1],
        [1, 10.4],
        [2, 10.3],
        [3, 10.6],
      ]),
    );
    expect(events).toEqual([]);
    expect([...index.total].map((total) => total.toFixed(6))).toEqual(["0.000000", "0.300000", "0.300000", "0.500000"]);
  });

  it("doubt a rise that ends as it began, and believe one that goes on", () => {
    const jump = judged(monthly(1000, 1100, 1200, 9000, 9100, 9200));
    expect(jump.index.step[3]).toBe(STEP.unknown);
    expect([...jump.index.total]).toEqual([0, 100, 200, 200, 300, 400]);
    expect(jump.events.map(({ kind, open, counts }) => [kind, open, counts])).toEqual([["implausible", true, true]]);
    const regime = judged(monthly(1000, 1100, 1200, 9000, 17_000, 25_000));
    expect(regime.events).toEqual([]);
    expect(regime.index.total.at(-1)).toBe(24_000);
  });

  it("are not called implausible in the first winter of a meter that was read in summer first", () => {
    const heat = [0, 0.6, 1.1, 6, 14, 27, 43, 60, 74, 86, 94, 96.5];
    expect(judged(monthly(...heat)).events).toEqual([]);
  });

  it("are held against what is said to be the most of a day", () => {
    const readings = monthly(1000, 1100, 1200, 1500);
    expect(judged(readings).events).toEqual([]);
    expect(judged(readings, { mostPerDay: 5 }).events.map(({ kind }) => kind)).toEqual(["implausible"]);
  });

  it("of a reader that sends nonsense for some hours are left out, all of them", () => {
    const points = Array.from({ length: 24 * 20 }, (_, hour): [number, number] => [hour / 24, 500 + hour * 0.5]);
    const wrong = points.map(([day, value], hour): [number, number] => [
      day,
      hour >= 300 && hour < 306 ? 0 : hour >= 400 && hour < 403 ? 9e6 : value,
    ]);
    const { index, events } = judged(readingsAt(wrong));
    expect(index.total.at(-1)).toBe((points.length - 1) * 0.5);
    expect(events.map(({ kind, counts }) => [kind, counts])).toEqual(new Array(9).fill(["typo", false]));
  });

  it("keep the id of an event when later readings explain it, and the decision with it", () => {
    const last = judged(monthly(1000, 1100, 1200, 13_000)).events[0];
    const decisions = new Map([[last?.id ?? "", "typo" as const]]);
    const later = judged(monthly(1000, 1100, 1200, 13_000, 1400), { decisions });
    expect(later.events.map((event) => [event.id, event.open, event.decision])).toEqual([[last?.id, false, "typo"]]);
    expect([...later.index.total]).toEqual([0, 100, 200, 400]);
  });

  it("follow what was decided about a fall", () => {
    const readings = monthly(1000, 1100, 1200, 20, 120);
    const decidedTo = (decision: "real" | "typo" | "replacement" | "reset" | "rollover") => {
      const { index, events } = judged(readings, { decisions: new Map([[id("fall", 90), decision]]) });
      return { total: index.total.at(-1), step: index.step[3], open: events.filter(({ open }) => open).length };
    };
    expect(decidedTo("real")).toEqual({ total: 300, step: STEP.unknown, open: 0 });
    expect(decidedTo("reset")).toEqual({ total: 320, step: STEP.reset, open: 0 });
    expect(decidedTo("rollover")).toEqual({ total: 200 + 8820 + 100, step: 0, open: 0 });
    expect(decidedTo("replacement")).toEqual({ total: 400, step: STEP.replaced | STEP.estimated, open: 0 });
    // The next one is low as well: now that one is asked about.
    expect(decidedTo("typo")).toEqual({ total: 200, step: STEP.unknown | STEP.leftOut, open: 1 });
  });

  it("roll over by the highest number of the register", () => {
    const { index, events } = judged(monthly(99_700, 99_800, 99_900, 20, 120), { modulus: 100_000 });
    expect([...index.total]).toEqual([0, 100, 200, 320, 420]);
    expect(events.map(({ kind, open }) => [kind, open])).toEqual([["rollover", false]]);
  });
});

describe("a replaced meter", () => {
  const readings = monthly(1000, 1100, 20, 120);
  const replaced = (more: { lastReading?: number; firstReading?: number }) =>
    judged(readings, { replacements: [{ tMs: atDay(45), ...more }] });

  it("loses nothing with both readings", () => {
    const { index, events } = judged(monthly(1000, 1100, 20, 120), {
      replacements: [{ tMs: atDay(45), lastReading: 1150, firstReading: 0 }],
    });
    expect([...index.total]).toEqual([0, 100, 150, 170, 270]);
    expect([...index.step]).toEqual([0, 0, STEP.replaced, 0, 0]);
    expect([...index.register]).toEqual([1000, 1100, 0, 20, 120]);
    expect(events.map(({ kind, open }) => [kind, open])).toEqual([["replacement", false]]);
  });

  it("is estimated, and says so, where a reading is missing", () => {
    const noLast = replaced({ firstReading: 0 });
    expect([...noLast.index.total]).toEqual([0, 100, 150, 170, 270]);
    expect(noLast.index.step[2]).toBe(STEP.replaced | STEP.estimated);
    expect(noLast.events[0]?.sentence).toMatch(/nobody wrote down the last reading/);
    const noFirst = replaced({ lastReading: 1150 });
    expect([...noFirst.index.total]).toEqual([0, 100, 150, 170, 270]);
    expect([...noFirst.index.step]).toEqual([0, 0, STEP.replaced, STEP.estimated, 0]);
  });

  it("is unknown where there is nothing to estimate from", () => {
    const { index } = judged(monthly(1000, 20, 120), { replacements: [{ tMs: atDay(15) }] });
    expect([...index.total]).toEqual([0, 0, 0, 100]);
    expect([...index.step]).toEqual([0, STEP.replaced | STEP.unknown, STEP.unknown, 0]);
  });

  it("takes a reading of the very moment for the one nobody stated", () => {
    const swapAt = { replacements: [{ tMs: atDay(30), firstReading: 0 }] };
    expect(
      judged(
        readingsAt([
          [0, 1000],
          [30, 1100],
          [60, 80],
        ]),
        swapAt,
      ).index.total.at(-1),
    ).toBe(180);
    const other = { replacements: [{ tMs: atDay(30), lastReading: 1100 }] };
    expect(
      judged(
        readingsAt([
          [0, 1000],
          [30, 7],
          [60, 87],
        ]),
        other,
      ).index.total.at(-1),
    ).toBe(180);
  });

  it("does not count what was stated below what was read, and asks", () => {
    const { index, events } = replaced({ lastReading: 1050, firstReading: 0 });
    expect(index.step[2]).toBe(STEP.replaced | STEP.unknown);
    expect(events.map(({ kind, open }) => [kind, open])).toEqual([
      ["replacement", false],
      ["disagreement", true],
    ]);
  });

  it("counts up to the last reading of a device that was taken away", () => {
    const { index } = judged(monthly(1000, 1100), { replacements: [{ tMs: atDay(45), lastReading: 1150, firstReading: 3 }] });
    expect([...index.total]).toEqual([0, 100, 150]);
    expect(index.register.at(-1)).toBe(3);
  });
});

describe("counters as a home server sends them", () => {
  const sent = (values: number[], decisions: RegisterRules["decisions"] = new Map()) =>
    judged(readingsAt(values.map((value, i) => [i / 288, value])), { decisions });

  it("count 60 over small dips from 10 to 70", () => {
    const { index, events } = sent([10, 15, 20, 19, 30, 40, 39, 60, 70]);
    expect(index.total.at(-1)).toBe(60);
    expect(events.every(({ open }) => !open)).toBe(true);
  });

  it("count 80 where a person says that the fall to 10 was a reset, and 60 as a wrong number until then", () => {
    const values = [10, 15, 20, 10, 30, 40, 50, 60, 70];
    const first = sent(values);
    expect([first.index.total.at(-1), first.events.map(({ kind }) => kind)]).toEqual([60, ["typo"]]);
    expect(sent(values, new Map([[first.events[0]?.id ?? "", "reset"]])).index.total.at(-1)).toBe(80);
  });

  it("never count below zero", () => {
    const { index, events } = sent([15, 16, 15, 16, 20, -20, 20, 10]);
    expect(index.total.at(-1)).toBe(5);
    expect(events.map(({ kind, open }) => [kind, open])).toEqual([
      ["typo", false],
      ["fall", true],
    ]);
  });

  it("that fall to 10 and go on from there ask what happened: the original counted 0 for that day", () => {
    const { index, events } = judged(readingsAt([100, 102.5, 10, 12.5].map((value, day) => [day, value])));
    expect([...index.total]).toEqual([0, 2.5, 2.5, 5]);
    expect([index.step[2], events[0]?.kind, events[0]?.open]).toEqual([STEP.unknown, "fall", true]);
  });
});

describe("an allocator", () => {
  it("that is read on its due date begins again at zero without a loss", () => {
    const { index, events } = judged(
      readingsAt([
        [0, 100],
        [30, 400],
        [60, 50],
      ]),
      { resetsMs: [atDay(30)] },
    );
    expect(index.total.at(-1)).toBe(350);
    expect(index.register[1]).toBe(400);
    expect(events.map(({ kind, open }) => [kind, open])).toEqual([["reset", false]]);
  });

  it("that is read before and after it goes on at the pace of both", () => {
    const { index } = judged(
      readingsAt([
        [0, 100],
        [20, 300],
        [60, 200],
      ]),
      { resetsMs: [atDay(30)] },
    );
    expect([...index.total]).toEqual([0, 200, 280, 480]);
    expect([...index.step]).toEqual([0, 0, STEP.reset | STEP.estimated, 0]);
  });
});

/** Honest registers: instants and what was used up to them. */
const honest = fc
  .array(fc.record({ hours: fc.integer({ min: 1, max: 4000 }), used: fc.integer({ min: 0, max: 500 }) }), { minLength: 2, maxLength: 60 })
  .map((steps) => {
    let [tMs, value] = [BEGIN_MS, 1000];
    const points = steps.map(({ hours, used }): [number, number] => {
      tMs += hours * HOUR_MS;
      value += used;
      return [tMs, value];
    });
    return {
      tMs: Float64Array.from([BEGIN_MS, ...points.map(([at]) => at)]),
      value: Float64Array.from([1000, ...points.map(([, shown]) => shown)]),
      quality: new Uint16Array(points.length + 1),
    };
  });
const anything = fc
  .array(
    fc.record({
      minutes: fc.integer({ min: 0, max: 400_000 }),
      value: fc.oneof(fc.integer({ min: -10, max: 200_000 }), fc.constant(Number.NaN)),
    }),
    {
      maxLength: 60,
    },
  )
  .map((points): Column => {
    let tMs = BEGIN_MS;
    const at: number[] = [];
    for (const { minutes } of points) {
      tMs += minutes * 60_000;
      at.push(tMs);
    }
    return { tMs: Float64Array.from(at), value: Float64Array.from(points, ({ value }) => value), quality: new Uint16Array(points.length) };
  });
const rules = fc
  .record({
    swaps: fc.array(
      fc.record({ day: fc.integer({ min: 0, max: 4000 }), lastReading: fc.nat(200_000), firstReading: fc.nat(100), says: fc.nat(3) }),
      { maxLength: 3 },
    ),
    resets: fc.array(fc.integer({ min: 0, max: 4000 }), { maxLength: 3 }),
  })
  .map(
    ({ swaps, resets }): RegisterRules => ({
      ...NO_RULES,
      replacements: swaps
        .sort((a, b) => a.day - b.day)
        .map(({ day, lastReading, firstReading, says }) => ({
          tMs: atDay(day),
          ...(says & 1 ? { lastReading } : {}),
          ...(says & 2 ? { firstReading } : {}),
        })),
      resetsMs: resets.sort((a, b) => a - b).map(atDay),
    }),
  );

describe("judging", () => {
  it("leaves an honest register as it is when it is told how much a day may bring", () => {
    fc.assert(
      fc.property(honest, (readings) => {
        const { index, events } = judgeReadings(readings, { ...NO_RULES, mostPerDay: 1e6 });
        expect(events).toEqual([]);
        expect([...index.register]).toEqual([...readings.value]);
        expect(index.total.at(-1)).toBe((readings.value.at(-1) as number) - 1000);
      }),
    );
  });

  it("never falls, never goes back in time, and knows every event by one id, whatever it reads", () => {
    fc.assert(
      fc.property(anything, rules, (readings, said) => {
        const { index, events } = judgeReadings(readings, said);
        for (let i = 1; i < index.tMs.length; i += 1) {
          expect(index.tMs[i] as number).toBeGreaterThan(index.tMs[i - 1] as number);
          expect(index.total[i] as number).toBeGreaterThanOrEqual(index.total[i - 1] as number);
          if ((index.step[i] as number) & STEP.unknown) expect(index.total[i]).toBe(index.total[i - 1]);
        }
        expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
        expect(events.every(({ sentence }) => sentence.length > 20 && !sentence.includes("NaN"))).toBe(true);
        if (index.total.length > 0) expect(index.total[0]).toBe(0);
      }),
      { numRuns: 500 },
    );
  });

  it("tells every reading that does not count", () => {
    fc.assert(
      fc.property(anything, (readings) => {
        const { index, events } = judgeReadings(readings, NO_RULES);
        const told = new Set(events.filter(({ counts }) => !counts).map(({ tMs }) => tMs));
        const counting = new Set(index.tMs);
        for (const [i, tMs] of readings.tMs.entries()) {
          const isLast = readings.tMs[i + 1] !== tMs;
          if (isLast && !Number.isNaN(readings.value[i] as number)) expect(counting.has(tMs) !== told.has(tMs)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("says the same when a whole year of good readings follows", () => {
    const month = (value: number, i: number): [number, number] => [i * MONTH, value];
    const short = [1000, 1100, 1200, 13_000, 1400, 20, 120, 220].map(month);
    const long = [...short, ...Array.from({ length: 12 }, (_, k): [number, number] => [(8 + k) * MONTH, 320 + 100 * k])];
    const ids = (points: readonly [number, number][]) => judged(readingsAt(points)).events.map((event) => event.id);
    expect(ids(long)).toEqual(ids(short));
  });
});
