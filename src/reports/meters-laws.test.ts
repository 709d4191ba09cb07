import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { CONSUMED } from "#analytics/meter-consumption.ts";
import type { MeterReports } from "#reports/meters.ts";
import { MeterWorld, type SaidReading } from "#test/meter-world.ts";

let world: MeterWorld;
afterEach(() => world.close());

const DAY_MS = 86_400_000;
const QUARTER_MS = 900_000;

/** Everything that could differ, as far as it is numbers and words. */
async function everything(meters: MeterReports, ids: readonly string[], range: { fromMs: number; toMs: number }): Promise<unknown> {
  const asked = ids.map(async (id) => {
    const days = await meters.consumption(id, { ...range, by: "day" });
    const months = await meters.consumption(id, { ...range, by: "month" });
    const detail = await meters.meter(id);
    // What a meter is believed to use at most depends on a last digit that is told from some readings.
    const events = detail?.events.map(({ sentence: _, ...event }) => event);
    const about = detail && [detail.standing, detail.readings, detail.lastMs, detail.lastValue, events, detail.coverage, detail.everyMs];
    return [id, rounded(days), rounded(months), about];
  });
  const anomalies = (await meters.anomalies(range)).map(({ id, amount, sentence }) => [id, amount.toFixed(6), sentence]);
  return [await Promise.all(asked), anomalies];
}

function rounded(answer: Awaited<ReturnType<MeterReports["consumption"]>>): unknown {
  const texts = (column: Iterable<number> | undefined) => Array.from(column ?? [], (one) => one.toFixed(5));
  return [
    texts(answer?.rows.amount),
    texts(answer?.rows.measured),
    texts(answer?.rows.flags),
    texts(answer?.register),
    answer?.total.flags,
  ];
}

describe("a meter that is read every quarter of an hour", () => {
  it("is after every change what one who asks for the first time is told", async () => {
    world = await MeterWorld.open("2024-08-20", {
      meters: [
        { meter: "water", unit: "m³" },
        { meter: "twice", unit: "m³", formula: "2 * water" },
      ],
    });
    const startMs = world.at("2024-01-01");
    const n = Math.floor((world.clockMs - startMs) / QUARTER_MS);
    const id = await world.say("water", [], { quantity: "water-volume", unit: "m³", source: "import" });
    const tMs = Float64Array.from({ length: n }, (_, i) => startMs + i * QUARTER_MS);
    let shown = 100;
    const value = tMs.map((at, i) => {
      const isLeaking = at > world.at("2024-07-30") && at < world.at("2024-08-03 05:00");
      shown += isLeaking || (i % 96 > 30 && i % 7 === 0) ? 0.01 : 0;
      return Math.round(shown * 1000) / 1000;
    });
    await world.store.importColumn(id, { tMs, value, quality: new Uint16Array(n) }, { receivedMs: world.clockMs });
    const range = { fromMs: startMs, toMs: world.at("2024-08-25") };
    const meters = await world.meters();
    const ids = ["house.water", "house.twice"];
    const same = async (): Promise<void> => {
      expect(await everything(meters, ids, range)).toEqual(await everything(await world.fresh(), ids, range));
    };
    await same();
    expect((await meters.anomalies(range)).filter(({ rule }) => rule === "leak").length).toBeGreaterThan(0);
    const change = fc.record({
      what: fc.constantFrom("next", "next", "late", "typo", "correct", "delete"),
      back: fc.integer({ min: 1, max: 40 * 96 }),
      used: fc.double({ min: 0, max: 0.2, noNaN: true }),
    });
    for (const { what, back, used } of fc.sample(change, { numRuns: 12, seed: 4 })) {
      world.clockMs += QUARTER_MS;
      const last = await world.store.latest([id]);
      const top = last.value[0] as number;
      const atMs = (last.tMs[0] as number) - back * QUARTER_MS;
      if (what === "next")
        await world.say("water", [[world.clockMs, top + used]], { quantity: "water-volume", unit: "m³", source: "import" });
      else if (what === "typo")
        await world.say("water", [[world.clockMs, top * 10]], { quantity: "water-volume", unit: "m³", source: "import" });
      else if (what === "late") {
        const { value: near } = await world.store.read(id, { fromMs: atMs, toMs: atMs + 1 });
        const hand = { quantity: "water-volume", unit: "m³", source: "manual" };
        await world.say("water", [[atMs + 60_000, near[0] ?? top]], hand);
      } else {
        const span = { seriesId: id, t0Ms: atMs, t1Ms: atMs + 5 * QUARTER_MS, who: "me", why: "test", madeMs: world.clockMs };
        if (what === "delete") await world.store.correct({ ...span, action: "delete", value: Number.NaN });
        else await world.store.correct({ ...span, t1Ms: atMs, action: "offset", value: -0.001 });
      }
      await same();
    }
  }, 120_000);

  it("has in its days and hours what its months have, and hours that are asked for are the readings themselves", async () => {
    world = await MeterWorld.open("2024-05-20");
    const startMs = world.at("2024-01-01");
    const readings = Array.from({ length: 96 * 130 }, (_, i): SaidReading => [startMs + i * QUARTER_MS + 41_000, Math.floor(i * 0.37)]);
    await world.say("power", readings, { source: "reader" });
    const meters = await world.meters();
    const of = async (from: string, to: string, by: "hour" | "day" | "month") =>
      await meters.consumption("house.power", { ...world.range(from, to), by });
    for (const [from, to] of [
      ["2024-03-20", "2024-04-05"],
      ["2024-02-01", "2024-05-01"],
      ["2024-03-30 13:10", "2024-03-31 18:50"],
    ] as const) {
      const [hours, days, months] = await Promise.all([of(from, to, "hour"), of(from, to, "day"), of(from, to, "month")]);
      const sum = (answer: typeof hours) => (answer?.rows.amount ?? new Float64Array(0)).reduce((all, one) => all + one, 0);
      expect(sum(hours)).toBeCloseTo(months?.total.amount ?? Number.NaN, 6);
      expect(sum(days)).toBeCloseTo(months?.total.amount ?? Number.NaN, 6);
      expect(sum(months)).toBeCloseTo(months?.total.amount ?? Number.NaN, 6);
    }
    const hours = await of("2024-03-20 10:00", "2024-03-20 12:00", "hour");
    const rows = await meters.readings("house.power", { ...world.range("2024-03-20 10:00", "2024-03-20 11:00"), limit: 10 });
    expect(rows).toHaveLength(4);
    const inner = (rows?.[0]?.value ?? 0) - (rows?.at(-1)?.value ?? 0);
    expect(hours?.rows.measured[0]).toBe(inner);
    expect(hours?.rows.amount[0]).toBeGreaterThanOrEqual(inner);
  });
});

describe("a reader that sends every ten seconds", () => {
  it("is judged piece by piece as if it were whole: nothing is lost where pieces meet, and a leak across them is one", async () => {
    world = await MeterWorld.open("2024-03-20");
    const startMs = world.at("2024-01-01");
    const n = Math.floor((world.clockMs - startMs) / 10_000);
    const id = await world.say("water", [], { quantity: "water-volume", unit: "m³", source: "reader" });
    const tMs = Float64Array.from({ length: n }, (_, i) => startMs + i * 10_000);
    const leak = world.range("2024-01-20", "2024-02-16");
    let shown = 7_000;
    const value = tMs.map((at, i) => {
      const hour = Math.floor(i / 360) % 24;
      if ((at > leak.fromMs && at < leak.toMs && i % 60 === 0) || (hour > 6 && hour < 22 && i % 90 === 0)) shown += 1;
      return shown / 1000;
    });
    const typo = 290_000;
    value[typo] = 71_234;
    await world.store.importColumn(id, { tMs, value, quality: new Uint16Array(n) }, { receivedMs: world.clockMs });
    const meters = await world.meters();
    const range = { fromMs: startMs, toMs: tMs.at(-1) ?? 0 };
    const days = await meters.consumption("house.water", { ...range, by: "day" });
    expect(days?.rows.amount.reduce((sum, one) => sum + one, 0)).toBeCloseTo((shown - 7_000) / 1000, 6);
    const detail = await meters.meter("house.water");
    expect(detail?.coverage).toMatchObject({ readings: n - 1, days: 79, daysRead: 79, largestGapMs: 20_000, medianGapMs: 10_000 });
    expect(detail?.events.map(({ kind, tMs: at }) => [kind, at])).toEqual([["typo", tMs[typo]]]);
    const told = (await meters.anomalies(range)).filter(({ rule }) => rule === "leak");
    expect(told).toHaveLength(1);
    expect((told[0]?.toMs ?? 0) - (told[0]?.fromMs ?? 0)).toBeGreaterThan(26 * DAY_MS);
    const hours = await meters.consumption("house.water", { ...world.range("2024-01-10", "2024-03-10"), by: "hour" });
    const whole = await meters.consumption("house.water", { ...world.range("2024-01-10", "2024-03-10"), by: "month" });
    expect(hours?.rows.amount.reduce((sum, one) => sum + one, 0)).toBeCloseTo(whole?.total.amount ?? Number.NaN, 6);
  }, 60_000);
});

describe("readings that come as they like", () => {
  const reading = fc.tuple(fc.integer({ min: 0, max: 700 * 24 }), fc.integer({ min: 0, max: 500 }));

  it("are never moved or lost: the rows of any grid add up to what lies between them, none is below zero, and a master of one is that meter", async () => {
    world = await MeterWorld.open("2024-01-01");
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(reading, { selector: ([hour]) => hour, minLength: 2, maxLength: 30 }), async (said) => {
        const point = `meter_${++run}`;
        const startMs = world.at("2022-01-01");
        const inOrder = said.toSorted(([a], [b]) => a - b);
        const shown = (row: number) => inOrder.slice(0, row + 1).reduce((sum, [, used]) => sum + used * 0.1, 50);
        const readings = inOrder.map(([hour], row): SaidReading => [startMs + hour * 3_600_000, shown(row)]);
        await world.say(point, readings);
        await world.fact(`${point}_alone`, "meter", {
          name: "Alone",
          kind: "master",
          unit: "kWh",
          periods: [{ fromDate: "2000-01-01", toDate: "9999-12-31", sources: [point] }],
        });
        const meters = await world.meters();
        const [first, last] = [readings[0], readings.at(-1)] as [SaidReading, SaidReading];
        const range = { fromMs: first[0] as number, toMs: last[0] as number };
        const [days, months, alone] = await Promise.all([
          meters.consumption(`house.${point}`, { ...range, by: "day" }),
          meters.consumption(`house.${point}`, { ...range, by: "month" }),
          meters.consumption(`house.${point}_alone`, { ...range, by: "day" }),
        ]);
        if (days === undefined || months === undefined || alone === undefined) throw new Error("no answer");
        expect(alone.rows).toEqual(days.rows);
        const hasDoubt = ((await meters.meter(`house.${point}`))?.events ?? []).length > 0;
        if (hasDoubt) return;
        for (const { rows, total } of [days, months]) {
          expect(rows.amount.every((amount) => amount >= 0)).toBe(true);
          expect(rows.amount.reduce((sum, one) => sum + one, 0)).toBeCloseTo(last[1] - first[1], 6);
          expect(total.amount).toBeCloseTo(last[1] - first[1], 9);
        }
        // Every reading is met by the register.
        for (const [at, value] of readings.slice(1, -1)) {
          const until = await meters.consumption(`house.${point}`, { fromMs: range.fromMs, toMs: at as number, by: "year" });
          expect(until?.register.at(-1)).toBeCloseTo(value, 6);
        }
        expect(days.total.flags & CONSUMED.belowZero).toBe(0);
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  it("known on a day are what a store that holds no more says", async () => {
    world = await MeterWorld.open("2023-01-01");
    const said: { readonly atMs: number; readonly value: number; readonly knownMs: number }[] = [];
    for (const { days, used, later } of fc.sample(
      fc.record({ days: fc.integer({ min: 1, max: 40 }), used: fc.integer({ min: 0, max: 90 }), later: fc.integer({ min: 0, max: 50 }) }),
      { numRuns: 20, seed: 7 },
    )) {
      const atMs = (said.at(-1)?.atMs ?? world.at("2023-01-01")) + days * DAY_MS;
      said.push({ atMs, value: (said.at(-1)?.value ?? 10) + used, knownMs: atMs + later * DAY_MS });
    }
    for (const { atMs, value, knownMs } of said.toSorted((a, b) => a.knownMs - b.knownMs)) {
      world.clockMs = knownMs;
      await world.say("meter", [[atMs, value]]);
    }
    const range = { fromMs: world.at("2023-01-01"), toMs: world.clockMs };
    const meters = await world.meters();
    for (const asOfMs of [said[6]?.knownMs, said[13]?.knownMs, world.clockMs] as number[]) {
      const then = await meters.consumption("house.meter", { ...range, by: "month", asOfMs });
      const known = said.filter(({ knownMs }) => knownMs <= asOfMs);
      const rows = await meters.readings("house.meter", { ...range, toMs: range.toMs + 1, limit: 100, asOfMs });
      expect(rows?.map(({ value }) => value).sort((a, b) => a - b)).toEqual(known.map(({ value }) => value));
      const first = known[0]?.value ?? 0;
      const inside = await meters.consumption("house.meter", {
        fromMs: known[0]?.atMs ?? 0,
        toMs: known.at(-1)?.atMs ?? 0,
        by: "year",
        asOfMs,
      });
      expect(inside?.total.amount).toBeCloseTo((known.at(-1)?.value ?? 0) - first, 6);
      expect((then?.rows.edgesMs.at(-1) ?? 0) <= asOfMs).toBe(true);
    }
  });
});
