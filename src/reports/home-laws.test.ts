import fc from "fast-check";
import { expect, it } from "vitest";
import { HomeWorld, type Reading } from "#test/home-world.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Around a change of the clock, by an hour or half of one. */
const PLACES = [
  { zone: "Europe/Berlin", fromMs: Date.UTC(2026, 2, 27, 9) },
  { zone: "Europe/Berlin", fromMs: Date.UTC(2025, 9, 23, 9) },
  { zone: "America/New_York", fromMs: Date.UTC(2026, 2, 6, 14) },
  { zone: "America/New_York", fromMs: Date.UTC(2025, 9, 31, 14) },
  { zone: "Australia/Lord_Howe", fromMs: Date.UTC(2026, 3, 2, 4) },
];

/** What a meter did: a reading every so often, what an hour takes, nonsense for a moment, silences. */
const meterArb = fc.record({
  place: fc.constantFrom(...PLACES),
  hours: fc.integer({ min: 30, max: 110 }),
  everyS: fc.integer({ min: 67, max: 290 }),
  digit: fc.constantFrom(1e-4, 1e-2, 1),
  kws: fc.array(fc.double({ min: 0, max: 6, noNaN: true }), { minLength: 5, maxLength: 24 }),
  startKwh: fc.integer({ min: 5, max: 60_000 }),
  blips: fc.array(
    fc.record({ at: fc.double({ min: 0.1, max: 0.9, noNaN: true }), rows: fc.integer({ min: 1, max: 3 }), up: fc.boolean() }),
    {
      maxLength: 3,
    },
  ),
  gaps: fc.array(fc.record({ at: fc.double({ min: 0, max: 0.9, noNaN: true }), hours: fc.double({ min: 0.3, max: 9, noNaN: true }) }), {
    maxLength: 2,
  }),
  changeDay: fc.integer({ min: 0, max: 4 }),
  stretches: fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })), {
    minLength: 2,
    maxLength: 4,
  }),
});
type Meter = typeof meterArb extends fc.Arbitrary<infer T> ? T : never;

interface Said {
  /** As they came. */
  readonly sent: Reading[];
  /** Those that are not nonsense. */
  readonly good: Reading[];
}

function readingsOf({ place, hours, everyS, digit, kws, startKwh, blips, gaps }: Meter): Said {
  const sent: Reading[] = [];
  const good: Reading[] = [];
  const n = Math.floor((hours * HOUR_MS) / (everyS * 1000));
  const nonsense = new Map<number, boolean>();
  for (const { at, rows, up } of blips) for (let i = 0; i < rows; i++) nonsense.set(Math.floor(at * n) + i, up);
  const silent = gaps.map(({ at, hours: long }) => [at * hours * HOUR_MS, (at * hours + long) * HOUR_MS] as const);
  let kwh = startKwh + 0.3;
  for (let i = 0; i < n; i++) {
    const sinceMs = i * everyS * 1000;
    const tMs = place.fromMs + sinceMs;
    const shown = Math.round(Math.floor(kwh / digit + 1e-9) * digit * 1e4) / 1e4;
    kwh += ((kws[Math.floor(sinceMs / HOUR_MS) % kws.length] as number) * everyS) / 3600;
    // A silence in which nonsense was shown is just a silence; the last hours are quiet, so that all of it is judged.
    if (silent.some(([from, to]) => sinceMs > from && sinceMs < to)) continue;
    const isNonsense = nonsense.has(i) && i < n - 100;
    sent.push([tMs, isNonsense ? (nonsense.get(i) ? shown + 40_000 : 0) : shown]);
    if (!isNonsense) good.push([tMs, shown]);
  }
  return { sent, good };
}

/** Where the register stood at an instant: on the line between the readings around it. */
function standsAt(good: readonly Reading[], atMs: number): number {
  const [first, last] = [good[0] as Reading, good.at(-1) as Reading];
  if (atMs <= first[0]) return first[1];
  if (atMs >= last[0]) return last[1];
  const after = good.findIndex(([tMs]) => tMs >= atMs);
  const [a, b] = [good[after - 1] as Reading, good[after] as Reading];
  return a[1] + ((b[1] - a[1]) * (atMs - a[0])) / (b[0] - a[0]);
}

const dates = new Map<string, Intl.DateTimeFormat>();
/** `2026-03-29`, by another clock than ours. */
function dateAt(tMs: number, timeZone: string): string {
  const format = dates.get(timeZone) ?? new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  dates.set(timeZone, format);
  return format.format(tMs);
}

interface Plain {
  readonly date: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Local days, found by asking every quarter of an hour what day it is. */
function daysOf(fromMs: number, toMs: number, zone: string): Plain[] {
  const days: { date: string; fromMs: number; toMs: number }[] = [];
  const startMs = Math.floor((fromMs - 26 * HOUR_MS) / HOUR_MS) * HOUR_MS;
  for (let tMs = startMs; tMs < toMs + 26 * HOUR_MS; tMs += 15 * MINUTE_MS) {
    const date = dateAt(tMs, zone);
    const day = days.at(-1);
    if (day?.date === date) day.toMs = tMs + 15 * MINUTE_MS;
    else days.push({ date, fromMs: tMs, toMs: tMs + 15 * MINUTE_MS });
  }
  return days.filter((day) => day.toMs > fromMs && day.fromMs <= toMs);
}

it("every figure of a home is what plain arithmetic over its readings gives, whatever the meter and the clock do", async () => {
  await fc.assert(
    fc.asyncProperty(meterArb, async (meter) => {
      const { zone } = meter.place;
      const { sent, good } = readingsOf(meter);
      const nowMs = (sent.at(-1) as Reading)[0] + 1_000;
      const world = await HomeWorld.open(nowMs, zone);
      try {
        await world.say("energy-import", sent);
        const days = daysOf((good[0] as Reading)[0], nowMs, zone);
        const changed = days[Math.min(meter.changeDay, days.length - 1)]?.date as string;
        const prices = [
          { fromDate: "2020-01-01", perKwh: "0.31", baseFeePerMonth: "9.30" },
          { fromDate: changed, perKwh: "0.47", baseFeePerMonth: "15.50" },
        ];
        const home = world.home({ prices });
        const kwhOf = (fromMs: number, toMs: number): number => standsAt(good, toMs) - standsAt(good, fromMs);
        const costOf = (day: Plain): number => {
          const [year, month] = day.date.split("-").map(Number) as [number, number];
          const late = day.date >= changed;
          const monthDays = new Date(Date.UTC(year, month, 0)).getUTCDate();
          return kwhOf(day.fromMs, day.toMs) * (late ? 0.47 : 0.31) + (late ? 15.5 : 9.3) / monthDays;
        };

        const told = await home.days(days[0]?.date as string, days.at(-1)?.date as string);
        expect(told.map(({ date }) => date)).toEqual(days.map(({ date }) => date));
        for (const [i, day] of days.entries()) {
          expect(told[i]?.fromMs).toBe(day.fromMs);
          expect(told[i]?.boughtKwh).toBeCloseTo(kwhOf(day.fromMs, day.toMs), 5);
          expect(told[i]?.cost?.toNumber()).toBeCloseTo(costOf(day), 4);
        }
        const { today, total } = await home.summary({ weekStart: 0 });
        expect(today.boughtKwh).toBeCloseTo(kwhOf(days.at(-1)?.fromMs as number, nowMs), 5);
        expect(total.boughtKwh).toBeCloseTo((good.at(-1) as Reading)[1] - (good[0] as Reading)[1], 5);
        expect(total.cost?.toNumber()).toBeCloseTo(
          days.reduce((sum, day) => sum + costOf(day), 0),
          3,
        );
        if (meter.digit < 0.1) await stretches(meter, { home, kwhOf, nowMs });
      } finally {
        await world.close();
      }
    }),
    { numRuns: 25 },
  );
}, 120_000);

interface Compared {
  readonly home: ReturnType<HomeWorld["home"]>;
  readonly kwhOf: (fromMs: number, toMs: number) => number;
  readonly nowMs: number;
}

/** Energy of any stretch, and the end of a chart's energy, agree with the readings at both ends. */
async function stretches({ place, stretches: all }: Meter, { home, kwhOf, nowMs }: Compared): Promise<void> {
  for (const [a, b] of all) {
    const [fromMs, toMs] = [a, b].sort((x, y) => x - y).map((share) => Math.round(place.fromMs + share * (nowMs - place.fromMs))) as [
      number,
      number,
    ];
    if (toMs - fromMs < 2 * HOUR_MS) continue;
    const { boughtKwh, cost, baseFee } = await home.selection({ fromMs, toMs });
    expect(boughtKwh).toBeCloseTo(kwhOf(fromMs, toMs), 5);
    expect(cost?.minus(baseFee ?? 0).toNumber()).toBeGreaterThanOrEqual(kwhOf(fromMs, toMs) * 0.31 - 1e-3);
    expect(cost?.minus(baseFee ?? 0).toNumber()).toBeLessThanOrEqual(kwhOf(fromMs, toMs) * 0.47 + 1e-3);
  }
}

it("what a home keeps is what it would derive anew, however late readings come", async () => {
  const startMs = Date.UTC(2026, 2, 27, 9);
  const late = fc.array(fc.record({ hour: fc.integer({ min: 0, max: 60 }), minutes: fc.integer({ min: 5, max: 180 }) }), {
    minLength: 2,
    maxLength: 5,
  });
  await fc.assert(
    fc.asyncProperty(late, async (pieces) => {
      const world = await HomeWorld.open(startMs + 64 * HOUR_MS);
      try {
        const kept = world.home();
        for (const { hour, minutes } of pieces) {
          const fromMs = startMs + hour * HOUR_MS;
          const readings = Array.from({ length: minutes }, (_, i) => {
            const tMs = fromMs + i * MINUTE_MS;
            return [tMs, Math.round((50 + (tMs - startMs) / HOUR_MS) * 1e4) / 1e4] as const;
          });
          await world.say("energy-import", readings);
          const asked = { fromMs: startMs, toMs: startMs + 2 * DAY_MS };
          expect(await kept.selection(asked)).toEqual(await world.home().selection(asked));
          expect(await kept.days("2026-03-27", "2026-03-30")).toEqual(await world.home().days("2026-03-27", "2026-03-30"));
        }
      } finally {
        await world.close();
      }
    }),
    { numRuns: 10 },
  );
}, 60_000);
