import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Observation } from "#alerts/alert.ts";
import type { Rule } from "#alerts/rule.ts";
import { QUALITY } from "#series/quality.ts";
import { type Series, seriesKey } from "#sites/registry.ts";
import { PlantWorld, QUARTER_MS, START_MS } from "#test/plant-world.ts";
import { openObserver } from "./observe.ts";
import type { Views, WatchedJob } from "./views.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const ANY = { id: "rule", name: "Rule", severity: "warning", channels: [], enabled: true } as const;

let world: PlantWorld;
let views: Views;
let heard: Map<string, number>;
let jobs: WatchedJob[];
beforeEach(async () => {
  world = await PlantWorld.open();
  heard = new Map();
  jobs = [];
  await world.store.register({
    sites: [{ id: "home", name: "Home", zone: "Europe/Berlin", currency: "EUR" }],
    points: [{ site: "home", id: "meter", name: "Electricity meter" }],
    series: [
      series(100, "power", "gauge", "W"),
      series(101, "price", "price", "EUR/kWh"),
      series(102, "price-ahead", "interval", "EUR/kWh", HOUR_MS),
    ],
  });
  views = viewsOf();
});
afterEach(() => world.close());

function viewsOf(more: Partial<Views> = {}): Views {
  return {
    store: world.store,
    sources: () => [
      { name: "reader", title: "Reader", isFolder: false },
      { name: "plc", title: "PLC files", isFolder: true },
    ],
    heardMs: (source) => heard.get(source),
    homes: () => [{ key: "home/meter", title: "My home" }],
    plants: () => [],
    jobs: async () => jobs,
    nowMs: world.nowMs,
    startedMs: START_MS - DAY_MS,
    ...more,
  };
}

function series(id: number, quantity: string, kind: Series["kind"], unit: string, intervalMs?: number): Series {
  const parts = { site: "home", point: "meter", quantity, source: "reader" };
  return { id, key: seriesKey(parts), ...parts, kind, unit, equalInstant: "last", ...(intervalMs === undefined ? {} : { intervalMs }) };
}

async function append(seriesId: number, rows: readonly (readonly [tMs: number, value: number, quality?: number])[]): Promise<void> {
  const samples = {
    seriesId: new Int32Array(rows.length).fill(seriesId),
    tMs: Float64Array.from(rows, ([tMs]) => tMs),
    value: Float64Array.from(rows, ([, value]) => value),
    quality: Uint16Array.from(rows, ([, , quality = 0]) => quality),
    code: new Uint16Array(rows.length),
  };
  await world.store.append({ receivedMs: world.clockMs, samples, rejects: [], messages: [] });
}

/** Readings of power every so often in [fromMs, toMs). */
const readings = (fromMs: number, toMs: number, everyMs: number) =>
  append(
    100,
    Array.from({ length: Math.floor((toMs - fromMs) / everyMs) }, (_, i) => [fromMs + i * everyMs, 400] as const),
  );

async function see(rule: Rule): Promise<readonly Observation[]> {
  return openObserver(views).observe(rule);
}

describe("sources", () => {
  const rule: Rule = { ...ANY, kind: "stale", source: "reader" };

  test("are as old as their newest reading, and have the spacing they usually have", async () => {
    await readings(START_MS - HOUR_MS, START_MS - 20 * MINUTE_MS, 10_000);
    expect(await see(rule)).toMatchObject([
      { subject: "reader", title: "Reader", value: 20, unit: "min", spacingMs: 10_000, tMs: START_MS - 20 * MINUTE_MS - 10_000 },
    ]);
  });

  test("that never spoke have no instant, and what is dated later than now is none", async () => {
    expect(await see(rule)).toMatchObject([{ tMs: Number.NaN }]);
    await append(100, [[START_MS + DAY_MS, 1]]);
    expect(await see(rule)).toMatchObject([{ tMs: Number.NaN }]);
  });

  test("are heard when a message comes, whatever instant it bears", async () => {
    await readings(START_MS - DAY_MS, START_MS - 23 * HOUR_MS, 10_000);
    heard.set("reader", START_MS - 5_000);
    expect(await see(rule)).toMatchObject([{ tMs: START_MS - 5_000 }]);
  });

  test("are not missed for the time in which the program itself was away", async () => {
    await readings(START_MS - DAY_MS, START_MS - 3 * HOUR_MS, 10_000);
    views = viewsOf({ startedMs: START_MS - 9 * MINUTE_MS });
    expect(await see(rule)).toMatchObject([{ tMs: Number.NaN }]);
    views = viewsOf({ startedMs: START_MS - 10 * MINUTE_MS });
    expect(await see(rule)).toMatchObject([{ tMs: START_MS - 3 * HOUR_MS - 10_000 }]);
  });

  test("are not missed for the time in which the computer slept or by which its clock was set, and are afterwards", async () => {
    await readings(START_MS - HOUR_MS, START_MS, 10_000);
    for (const jumpMs of [8 * HOUR_MS, -8 * HOUR_MS]) {
      let nowMs = START_MS;
      heard.set("reader", START_MS);
      const observer = openObserver(viewsOf({ nowMs: () => nowMs, lookEveryMs: 15_000 }));
      const silent = async (): Promise<number> => nowMs - ((await observer.observe(rule))[0]?.tMs ?? Number.NaN);
      expect(await silent()).toBe(0);
      nowMs += jumpMs;
      expect((await silent()) >= 10 * MINUTE_MS).toBe(false);
      for (let looks = 0; looks < 39; looks += 1) {
        nowMs += 15_000;
        expect((await silent()) >= 10 * MINUTE_MS).toBe(false);
      }
      nowMs += 15_000;
      expect((await silent()) >= 10 * MINUTE_MS).toBe(true);
    }
  });

  test("of files speak when a file is taken", async () => {
    const none = { stored: 1, replaced: 0, duplicate: 0, refused: 0 };
    for (const day of [3, 2, 1]) {
      const startedMs = START_MS - day * DAY_MS;
      await world.store.beginImport({
        source: "plc",
        what: `${day}.csv`,
        sha256: "",
        bytes: 1,
        startedMs,
        endedMs: startedMs + 5,
        status: "done",
        ...none,
      });
    }
    await world.store.beginImport({ source: "plc", what: "bad.csv", sha256: "", bytes: 1, startedMs: START_MS, status: "failed", ...none });
    views = viewsOf({ startedMs: START_MS - 30 * DAY_MS });
    expect(await see({ ...rule, source: "*" })).toMatchObject([
      { subject: "reader" },
      { subject: "plc", tMs: START_MS - DAY_MS + 5, spacingMs: DAY_MS },
    ]);
  });
});

describe("readings of a home", () => {
  const every: Rule = { ...ANY, kind: "thinning", of: "*", overMs: HOUR_MS, fewerThan: 300 };

  test("are counted for the last hour, with what is usual in an hour of the week before", async () => {
    await readings(START_MS - 2 * DAY_MS, START_MS - HOUR_MS, 10_000);
    await readings(START_MS - HOUR_MS, START_MS, 15_000);
    expect(await see(every)).toMatchObject([{ subject: "home/meter", title: "My home", value: 239, usual: 360 }]);
  });

  test("of a reader that sends every minute are held against sixty", async () => {
    await readings(START_MS - DAY_MS, START_MS, MINUTE_MS);
    expect(await see(every)).toMatchObject([{ value: 59, usual: 60 }]);
  });

  test("decide nothing before they are an hour old, and none ever is nothing", async () => {
    expect(await see(every)).toMatchObject([{ value: Number.NaN }]);
    await readings(START_MS - 30 * MINUTE_MS, START_MS, 10_000);
    expect(await see(every)).toMatchObject([{ value: Number.NaN }]);
  });

  test("with a silence among them are left to the rule for silent sources", async () => {
    await readings(START_MS - DAY_MS, START_MS - 30 * MINUTE_MS, 10_000);
    await readings(START_MS - 15 * MINUTE_MS, START_MS, 10_000);
    expect(await see(every)).toMatchObject([{ value: Number.NaN }]);
    // A rule that names its home means its number.
    expect(await see({ ...every, of: "home/meter" })).toMatchObject([{ value: 269 }]);
    expect((await see({ ...every, of: "home/meter/power@reader" }))[0]).not.toHaveProperty("usual");
  });

  test("are told to the page of jobs", async () => {
    await readings(START_MS - DAY_MS, START_MS, 10_000);
    expect(await openObserver(views).readings()).toEqual([{ title: "My home", count: 359 }]);
  });
});

describe("series", () => {
  const value = async (quantity: string) =>
    (await see({ ...ANY, kind: "price", series: `home/meter/${quantity}@reader`, hysteresis: 0 }))[0]?.value;

  test("a price that was said for tomorrow does not count today", async () => {
    const hours = Array.from({ length: 48 }, (_, i) => [START_MS - 12 * HOUR_MS + i * HOUR_MS, i / 100] as const);
    await append(101, hours);
    expect(await value("price")).toBe(0.12);
    world.clockMs = START_MS + HOUR_MS - 1;
    expect(await value("price")).toBe(0.12);
    world.clockMs = START_MS + HOUR_MS;
    expect(await value("price")).toBe(0.13);
  });

  test("of an interval, the one that runs counts, though it is stored at its end", async () => {
    await append(102, [
      [START_MS, 1],
      [START_MS + HOUR_MS, 2],
      [START_MS + 2 * HOUR_MS, 3],
    ]);
    expect(await value("price-ahead")).toBe(2);
    world.clockMs = START_MS + HOUR_MS - 1;
    expect(await value("price-ahead")).toBe(2);
  });

  test("what is too old or bad is not known", async () => {
    await readings(START_MS - HOUR_MS, START_MS, 10_000);
    expect(await value("power")).toBe(400);
    world.clockMs = START_MS + 11 * MINUTE_MS;
    expect(await value("power")).toBeNaN();
    await append(100, [[world.clockMs, 7, QUALITY.badStatus]]);
    expect(await value("power")).toBeNaN();
  });

  test("have the name of their point and quantity; one that is not there is not watched", async () => {
    await readings(START_MS - HOUR_MS, START_MS, 10_000);
    const [seen] = await see({ ...ANY, kind: "threshold", series: "home/meter/power@reader", hysteresis: 0, forMs: 0 });
    expect(seen).toMatchObject({ title: "Electricity meter: Power", unit: "W" });
    expect(await see({ ...ANY, kind: "threshold", series: "home/meter/nothing@reader", hysteresis: 0, forMs: 0 })).toEqual([]);
  });
});

test("a plant heads for what its projection says, against the level that raises the bill", async () => {
  await world.pulses(START_MS, START_MS + 4 * QUARTER_MS + 6 * MINUTE_MS, () => 500);
  views = viewsOf({ plants: () => [world.plant()] });
  const [seen] = await see({ ...ANY, kind: "demand", plant: "plant.main", notBeforeMs: 0, leadMs: 0, hysteresisKw: 0 });
  const running = await world.plant().running();
  expect(seen).toMatchObject({ subject: "plant.main", title: "Main meter", unit: "kW", value: running.projectedKw });
  expect(seen?.value).toBeGreaterThan(450);
  expect(seen?.interval).toEqual({
    startMs: running.startMs,
    endMs: running.endMs,
    levelKw: running.levels.find(({ kind }) => kind === "billing")?.kw,
  });
  expect(seen?.interval?.levelKw).toBeGreaterThan(0);
});

test("a job is as its newest run that ended", async () => {
  jobs = [
    { name: "backup", title: "Back up", last: { failed: true, sentence: "The disk is full.", endedMs: START_MS } },
    { name: "sweep", title: "Sweep" },
  ];
  expect(await see({ ...ANY, kind: "job", job: "*" })).toMatchObject([
    { subject: "backup", value: 1, sentence: "The disk is full.", tMs: START_MS },
    { subject: "sweep", value: Number.NaN },
  ]);
  expect(await see({ ...ANY, kind: "job", job: "sweep" })).toHaveLength(1);
});
