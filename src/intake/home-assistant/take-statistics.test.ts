import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type IntakeLine, openLine } from "#intake/line.ts";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import type { Store } from "#store/store.ts";
import { type MadeStatistic, madeStatistics } from "./statistics-world.ts";
import { takeStatistics } from "./take-statistics.ts";
import type { StatisticsWish } from "./wish.ts";

const SITE = { id: "home", name: "Home", zone: "Europe/Berlin", currency: "EUR" };
const SILENT = { info() {}, warn() {}, error() {} };
const HOUR_MS = 3_600_000;
const START = Date.UTC(2025, 2, 30, 0);
const NOW_MS = Date.UTC(2025, 10, 20, 12, 30);

let folder: string;
let store: Store;
let line: IntakeLine;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "wattkeep-statistics-"));
  store = await openStore({ folder: join(folder, "data"), inProcess: true, nowMs: () => NOW_MS });
  line = await openLine({ store, sources: [], dialects: [], sites: [SITE], nowMs: () => NOW_MS, logger: SILENT });
});
afterEach(async () => {
  await line.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const take = (file: string, more: Partial<StatisticsWish> = {}, progress: () => boolean = () => true) =>
  takeStatistics({ file, site: "home", mappings: [], sums: [], dryRun: false, ...more }, { store, line, nowMs: () => NOW_MS, progress });

async function read(key: string): Promise<[hours: number, value: number][]> {
  const series = (await store.registry()).series.find((one) => one.key === key);
  if (series === undefined) return [];
  const { tMs, value } = await store.read(series.id, { fromMs: 0, toMs: NOW_MS });
  return Array.from(tMs, (at, i) => [(at - START) / HOUR_MS, value[i] as number]);
}

const at = (hour: number): number => START + hour * HOUR_MS;
const register = (values: readonly number[], first = 0): MadeStatistic["rows"] =>
  values.map((state, i) => ({ at: at(first + i), state, sum: state - (values[0] ?? 0) }));
const bytes = (file: string): string => createHash("sha256").update(readFileSync(file)).digest("hex");

const GRID: MadeStatistic = { id: "sensor.grid_import", sum: true, rows: register([100, 100.5, 101.25]) };
const POWER: MadeStatistic = {
  id: "sensor.house_power",
  unit: "W",
  mean: true,
  rows: [400, 500, 612.5].map((mean, i) => ({ at: at(i), mean })),
};

describe.each(["old", "new"] as const)("statistics of the %s schema", (schema) => {
  test("are registers at the end of each hour, and means of it", async () => {
    const { file } = madeStatistics(folder, [GRID, POWER], { schema });
    const before = bytes(file);
    const report = await take(file);
    expect(await read("home/grid-import/energy@home-assistant")).toEqual([
      [1, 100],
      [2, 100.5],
      [3, 101.25],
    ]);
    expect(await read("home/house-power/power@home-assistant")).toEqual([
      [1, 400],
      [2, 500],
      [3, 612.5],
    ]);
    const { series } = await store.registry();
    expect(series.map(({ kind, unit, intervalMs }) => [kind, unit, intervalMs])).toEqual([
      ["counter", "kWh", undefined],
      ["interval", "W", HOUR_MS],
    ]);
    expect(report).toMatchObject({ rows: 6, samples: { fresh: 6, known: 0, different: 0 } });
    expect(report.statistics[0]).toMatchObject({
      ...{ statistic: "sensor.grid_import", kind: "counter", told: "state", hours: 3, first: 100, last: 101.25, falls: 0 },
      ...{ firstMs: at(1), lastMs: at(3), empty: 0, timeless: 0 },
    });
    expect(bytes(file)).toBe(before);
  });

  test("are counted by a dry run that keeps nothing, and known the second time", async () => {
    const { file } = madeStatistics(folder, [GRID, POWER], { schema });
    expect((await take(file, { dryRun: true })).samples).toEqual({ fresh: 6, known: 0, different: 0, covered: 0 });
    expect((await store.registry()).series).toEqual([]);
    expect(await store.imports()).toEqual([]);
    await take(file);
    expect((await take(file, { dryRun: true })).samples).toEqual({ fresh: 0, known: 6, different: 0, covered: 0 });
    expect((await take(file)).samples).toEqual({ fresh: 0, known: 6, different: 0, covered: 0 });
    const [second, first] = await store.imports();
    expect(first).toMatchObject({ source: "home-assistant", status: "done", stored: 6, rows: 6, fromMs: at(1), toMs: at(3) });
    expect(second).toMatchObject({ status: "done", stored: 0 });
  });

  test("that came since go on behind those that are known, and another value leaves the known one", async () => {
    await take(madeStatistics(folder, [GRID], { schema }).file);
    const later = { ...GRID, rows: [...register([100, 100.75, 101.25]), { at: at(3), state: 102, sum: 2 }] };
    const report = await take(madeStatistics(folder, [later], { schema, name: "later.db" }).file);
    expect(report.samples).toEqual({ fresh: 1, known: 2, different: 1, covered: 0 });
    expect((await read("home/grid-import/energy@home-assistant")).map(([, value]) => value)).toEqual([100, 100.5, 101.25, 102]);
  });

  test("come in order of time and once an hour, whatever order the rows have; the row written last counts", async () => {
    const rows = [2, 0, 1, 1].map((hour, i) => ({ at: at(hour), state: 10 * hour + i, sum: 0 }));
    const report = await take(madeStatistics(folder, [{ ...GRID, rows }], { schema }).file);
    expect(await read("home/grid-import/energy@home-assistant")).toEqual([
      [1, 1],
      [2, 13],
      [3, 20],
    ]);
    expect(report.statistics[0]).toMatchObject({ hours: 3, doubled: 1, falls: 0 });
  });
});

test("what was imported reads back as what the rows said", { timeout: 120_000 }, async () => {
  const figure = fc.integer({ min: -1e9, max: 1e9 }).map((thousandths) => thousandths / 1_000);
  const rows = fc.array(
    fc.record({
      hour: fc.integer({ min: 0, max: 40 }),
      state: fc.option(figure),
      sum: fc.option(figure),
    }),
    { maxLength: 60 },
  );
  let run = 0;
  await fc.assert(
    fc.asyncProperty(rows, fc.constantFrom("old", "new"), async (said, schema) => {
      run += 1;
      const id = `sensor.n${run}`;
      const made = said.map(({ hour, state, sum }) => ({ at: at(hour), state, sum }));
      const { file } = madeStatistics(folder, [{ id, sum: true, rows: made }], { schema, name: `${run}.db` });
      const report = await take(file);
      const told = report.statistics[0]?.told as "state" | "sum";
      const states = said.filter(({ state }) => state !== null).length;
      const sums = said.filter(({ sum }) => sum !== null).length;
      expect(told).toBe(sums > states ? "sum" : "state");
      const want = new Map(said.flatMap((row) => (row[told] === null ? [] : [[row.hour + 1, row[told] + 0] as const])));
      expect(await read(`home/n${run}/energy@home-assistant`)).toEqual([...want].sort(([a], [b]) => a - b));
      expect((await take(file)).samples.fresh).toBe(0);
    }),
    { numRuns: 25 },
  );
});

describe("a register", () => {
  test("is Home Assistant's sum where another program counted, or where a person says so", async () => {
    const external = {
      id: "tibber:energy_consumption_home",
      sum: true,
      rows: [0.5, 0.25].map((state, i) => ({ at: at(i), state, sum: 7 + i })),
    };
    const daily = { id: "sensor.energy_today", sum: true, rows: [3, 0.5].map((state, i) => ({ at: at(i), state, sum: 50 + i })) };
    const { file } = madeStatistics(folder, [external, daily]);
    const first = await take(file, { dryRun: true });
    expect(first.statistics.map(({ statistic, told, falls }) => [statistic, told, falls])).toEqual([
      ["sensor.energy_today", "state", 1],
      ["tibber:energy_consumption_home", "sum", 0],
    ]);
    await take(file, { sums: ["sensor.energy_today"] });
    expect(await read("home/tibber-energy-consumption-home/energy@home-assistant")).toEqual([
      [1, 7],
      [2, 8],
    ]);
    expect(await read("home/energy-today/energy@home-assistant")).toEqual([
      [1, 50],
      [2, 51],
    ]);
  });

  test("that is negative, or falls, is kept as it stands", async () => {
    const rows = [-3, -2.5, 0.5, 0.25].map((sum, i) => ({ at: at(i), state: null, sum }));
    const report = await take(madeStatistics(folder, [{ ...GRID, rows }]).file);
    expect(report.statistics[0]).toMatchObject({ told: "sum", first: -3, last: 0.25, falls: 1 });
    expect((await read("home/grid-import/energy@home-assistant")).map(([, value]) => value)).toEqual([-3, -2.5, 0.5, 0.25]);
  });
});

describe("rows that say nothing", () => {
  test("are left out and counted: no time, no number, an hour that has not ended", async () => {
    const rows = [
      { at: null, state: 1, sum: 1 },
      { at: "yesterday", state: 1, sum: 1 },
      { at: at(0), state: 1, sum: 1 },
      { at: at(1), state: null, sum: 1 },
      { at: at(2), state: "much", sum: 1 },
      { at: at(3), state: Number.POSITIVE_INFINITY, sum: 1 },
      { at: Date.UTC(2025, 10, 20, 12), state: 2, sum: 2 },
    ];
    const report = await take(madeStatistics(folder, [{ ...GRID, rows }]).file, { sums: [] });
    const state = report.statistics[0];
    expect(state).toMatchObject({ told: "sum", hours: 4, timeless: 2, unended: 1 });
    const means = rows.map(({ at: when, state: mean }) => ({ at: when, mean }));
    const other = await take(madeStatistics(folder, [{ ...POWER, rows: means }], { name: "means.db" }).file);
    expect(other.statistics[0]).toMatchObject({ told: "mean", hours: 1, timeless: 2, empty: 3, unended: 1 });
  });

  test("make a statistic that is left out when there are no others", async () => {
    const report = await take(madeStatistics(folder, [{ ...GRID, rows: [] }, POWER]).file);
    expect(report.statistics[0]).toMatchObject({ left: "it has no numbers", hours: 0 });
    expect((await store.registry()).series).toHaveLength(1);
  });
});

describe("a unit", () => {
  test("nobody here knows stays as it is written", async () => {
    const odd = { id: "sensor.odd", unit: "smoots", mean: true, rows: [{ at: at(0), mean: 7 }] };
    const none = { id: "sensor.none", unit: null, mean: true, rows: [{ at: at(0), mean: 8 }] };
    const report = await take(madeStatistics(folder, [odd, none]).file);
    expect(report.statistics.map(({ unit, unitUnknown }) => [unit, unitUnknown])).toEqual([
      ["", undefined],
      ["smoots", true],
    ]);
    expect(await read("home/odd/value@home-assistant")).toEqual([[1, 7]]);
  });

  test("that changed since is converted to that of the series", async () => {
    await take(madeStatistics(folder, [GRID]).file);
    const inWh = { ...GRID, unit: "Wh", rows: register([102_000], 3) };
    await take(madeStatistics(folder, [inWh], { name: "wh.db" }).file);
    expect((await read("home/grid-import/energy@home-assistant")).at(-1)).toEqual([4, 102]);
    const inWatts = await take(madeStatistics(folder, [{ ...GRID, unit: "W" }], { name: "w.db" }).file, {
      mappings: [{ statistic: GRID.id, point: "grid-import", quantity: "energy-total" }],
    }).catch((error: Error) => error);
    expect(inWatts).toMatchObject({ code: "map-unlike" });
  });
});

describe("a place", () => {
  const GAS = { id: "sensor.gas_meter", unit: "m³", sum: true, rows: register([5, 6]) };

  test("is the one a person says", async () => {
    await take(madeStatistics(folder, [GRID, GAS]).file, {
      only: [GRID.id],
      mappings: [{ statistic: GRID.id, point: "meter", quantity: "energy-import" }],
    });
    const { series, points } = await store.registry();
    expect(series.map(({ key }) => key)).toEqual(["home/meter/energy-import@home-assistant"]);
    expect(points.map(({ id, name }) => [id, name])).toEqual([["meter", "sensor.grid_import"]]);
  });

  test("is found by unit and name, and energy has no direction by itself", async () => {
    const twin = { ...GRID, id: "number.grid_import" };
    const report = await take(madeStatistics(folder, [GRID, GAS, twin]).file, { dryRun: true });
    expect(report.statistics.map(({ series }) => series)).toEqual([
      "home/grid-import/energy@home-assistant",
      "home/gas-meter/gas-volume@home-assistant",
      "home/sensor-grid-import/energy@home-assistant",
    ]);
  });

  test.each([
    ["no-statistic", { only: ["sensor.grid_inport"] }, "It has sensor.grid_import"],
    ["map-unlike", { mappings: [{ statistic: "sensor.house_power", point: "meter", quantity: "energy" }] }, "means of hours are no energy"],
    [
      "same-place",
      {
        mappings: ["sensor.grid_import", "sensor.gas_meter"].map((statistic) => ({ statistic, point: "meter", quantity: "value" })),
      },
      "two registers are not one",
    ],
  ] as const)("that cannot be is refused: %s", async (code, more, sentence) => {
    const { file } = madeStatistics(folder, [GRID, GAS, POWER]);
    const problem = await take(file, more).catch((error: Error) => error);
    expect(problem).toMatchObject({ code });
    expect((problem as Error).message).toContain(sentence);
    expect((await store.registry()).series).toEqual([]);
  });
});

describe("a file", () => {
  test("that Home Assistant still writes is read with what waits in its log, and not changed", async () => {
    const open = madeStatistics(folder, [GRID], { keepOpen: true });
    const before = bytes(open.file);
    expect((await take(open.file)).samples.fresh).toBe(3);
    expect(bytes(open.file)).toBe(before);
    open.close();
  });

  test.each([
    ["not-sqlite", "-- MariaDB dump 10.19\nCREATE TABLE statistics", "a dump of MariaDB"],
    ["not-sqlite", "hello", "is no SQLite database"],
    ["not-sqlite", "", "is empty"],
  ])("that is none is refused in words: %s %j", async (code, text, sentence) => {
    const file = join(folder, "dump.sql");
    writeFileSync(file, text);
    const problem = await take(file).catch((error: Error) => error);
    expect(problem).toMatchObject({ code });
    expect((problem as Error).message).toContain(sentence);
  });

  test("without statistics, without its tables or damaged is refused in words", async () => {
    const none = madeStatistics(folder, [], { name: "none.db" }).file;
    await expect(take(none)).rejects.toMatchObject({ code: "no-statistics" });
    const other = join(folder, "other.db");
    const db = new DatabaseSync(other);
    db.exec("CREATE TABLE states (id INTEGER)");
    db.close();
    await expect(take(other)).rejects.toThrow("no table statistics_meta and no table statistics; it holds states");
    await expect(take(join(folder, "nowhere.db"))).rejects.toMatchObject({ code: "no-file" });
    const torn = join(folder, "torn.db");
    writeFileSync(
      torn,
      Buffer.concat([readFileSync(madeStatistics(folder, [GRID], { name: "whole.db" }).file).subarray(0, 100), Buffer.alloc(9_000, 7)]),
    );
    await expect(take(torn)).rejects.toMatchObject({ code: "not-readable" });
  });

  test("goes on another time where it was ended", async () => {
    const rows = register(
      Array.from({ length: 40_000 }, (_, i) => i / 100),
      -40_000,
    );
    const { file } = madeStatistics(folder, [{ ...GRID, rows }]);
    let asked = 0;
    await expect(take(file, {}, () => ++asked < 10)).rejects.toMatchObject({ code: "cancelled" });
    const { samples } = await take(file);
    expect(samples.known).toBeGreaterThan(30_000);
    expect(samples.known + samples.fresh).toBe(40_000);
    expect((await read("home/grid-import/energy@home-assistant")).length).toBe(40_000);
    expect((await store.imports()).map(({ status }) => status)).toEqual(["done", "failed"]);
  });
});
