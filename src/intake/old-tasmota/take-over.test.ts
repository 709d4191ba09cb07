import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DIALECTS } from "#dialects/catalogue.ts";
import { type IntakeLine, openLine } from "#intake/line.ts";
import type { Source } from "#intake/source.ts";
import { QUALITY } from "#series/quality.ts";
import { seriesKey } from "#sites/registry.ts";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import type { Store } from "#store/store.ts";
import { takeOverOldTasmota } from "./take-over.ts";
import type { OldTasmotaWish } from "./wish.ts";

const SITE = { id: "home", name: "Home", zone: "Europe/Berlin", currency: "EUR" };
const SILENT = { info() {}, warn() {}, error() {} };
const NOW_MS = Date.UTC(2025, 10, 20);
const NUMBER = "0a01454d480000a1b2c3";

let folder: string;
let store: Store;
let line: IntakeLine;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "wattkeep-old-tasmota-"));
  store = await openStore({ folder: join(folder, "data"), inProcess: true, nowMs: () => NOW_MS });
  const reader: Source = {
    name: "tasmota",
    site: "home",
    topics: ["tele/#"],
    dialect: "tasmota-sml",
    options: undefined,
    points: new Map(),
    keepRawMs: 0,
  };
  line = await openLine({ store, sources: [reader], dialects: DIALECTS, sites: [SITE], nowMs: () => NOW_MS, logger: SILENT });
});
afterEach(async () => {
  await line.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

type Row = readonly [
  timestamp: string,
  meter: string | null,
  power: number | string | null,
  bought: number | string | null,
  ...more: (number | null)[],
];

/** A table as the old monitor made it; the write-ahead log stays beside it where asked. */
function oldFile(rows: readonly Row[], { keepLog = false, sorted = false } = {}): string {
  const file = join(folder, "energy.db");
  const db = new DatabaseSync(file);
  db.exec("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;");
  db.exec(
    "CREATE TABLE energy_readings (timestamp DATETIME NOT NULL PRIMARY KEY, meter_id VARCHAR(255), power_watts FLOAT, energy_in_kwh FLOAT, " +
      "energy_out_kwh FLOAT, power_phase_1_watts FLOAT, power_phase_2_watts FLOAT, power_phase_3_watts FLOAT, raw_payload TEXT NOT NULL)",
  );
  const insert = db.prepare("INSERT INTO energy_readings VALUES (?, ?, ?, ?, ?, ?, ?, ?, '{}')");
  const order = sorted ? rows.toSorted((a, b) => (a[0] < b[0] ? -1 : 1)) : rows;
  for (const [timestamp, meter, power, bought, sold = null, l1 = null, l2 = null, l3 = null] of order)
    insert.run(timestamp, meter, power, bought, sold, l1, l2, l3);
  if (!keepLog) {
    db.close();
    return file;
  }
  const copy = join(folder, "copy.db");
  for (const end of ["", "-wal"]) copyFileSync(`${file}${end}`, `${copy}${end}`);
  db.close();
  return copy;
}

const wish = (file: string, more: Partial<OldTasmotaWish> = {}): OldTasmotaWish => ({
  file,
  site: "home",
  zone: SITE.zone,
  readers: ["tasmota"],
  dryRun: false,
  ...more,
});
const take = (file: string, more: Partial<OldTasmotaWish> = {}) =>
  takeOverOldTasmota(wish(file, more), { store, line, nowMs: () => NOW_MS, progress: () => true });

async function rowsOf(key: string): Promise<[time: string, value: number][]> {
  const series = (await store.registry()).series.find((one) => one.key === key);
  if (series === undefined) return [];
  const { tMs, value } = await store.read(series.id, { fromMs: 0, toMs: NOW_MS });
  return Array.from(tMs, (at, i) => [new Date(at).toISOString(), value[i] as number]);
}

/** Readings of a live reader, as messages bring them. */
async function live(rows: readonly (readonly [tMs: number, kwh: number])[], point = "mt681", serial?: string): Promise<void> {
  const parts = { site: "home", point, quantity: "energy-import", source: "tasmota" };
  const series = await line.ensureSeries({ key: seriesKey(parts), ...parts, kind: "counter", unit: "kWh", equalInstant: "last" });
  await store.importColumn(
    series.id,
    { tMs: Float64Array.from(rows, ([t]) => t), value: Float64Array.from(rows, ([, v]) => v), quality: new Uint16Array(rows.length) },
    { receivedMs: NOW_MS },
  );
  if (serial === undefined) return;
  await line.within(({ change }) => {
    change.addDevice({ source: "tasmota", id: "reader", serial, firstSeenMs: 0 });
    change.addAssignment({ source: "tasmota", device: "reader", site: "home", point, fromMs: 0 });
  });
}

describe("a file of the old monitor", () => {
  const rows: Row[] = [
    ["2025-06-01 10:00:00.123456", NUMBER, 400, 100, 0, 100, 200, 100],
    ["2025-06-01 10:00:10.123456", NUMBER, "412.5", "100.001", 0, 100, 200, 112.5],
    ["2025-06-01 10:00:20.123456", NUMBER, null, 100.002, 0],
  ];

  test("is counted by a dry run that keeps nothing, and taken over with the same numbers", async () => {
    const file = oldFile(rows);
    const dry = await take(file, { dryRun: true });
    expect(dry).toMatchObject({
      rows: 3,
      unreadable: 0,
      samples: { fresh: 14, known: 0, different: 0, covered: 0 },
      meters: [
        {
          meter: NUMBER,
          point: `home/${NUMBER}`,
          source: "old-tasmota",
          joins: false,
          rows: 3,
          first: "2025-06-01 10:00:00.123456",
          last: "2025-06-01 10:00:20.123456",
          bought: { firstKwh: 100, lastKwh: 100.002, falls: 0 },
          withPower: 2,
        },
      ],
    });
    expect((await store.registry()).series).toEqual([]);
    const real = await take(file);
    expect(real).toEqual({ ...dry, dryRun: false });
    expect(await rowsOf(`home/${NUMBER}/power@old-tasmota`)).toEqual([
      ["2025-06-01T08:00:00.123Z", 400],
      ["2025-06-01T08:00:10.123Z", 412.5],
    ]);
    expect((await rowsOf(`home/${NUMBER}/energy-import@old-tasmota`)).map(([, kwh]) => kwh)).toEqual([100, 100.001, 100.002]);
    const { points, devices } = await store.registry();
    expect(points).toMatchObject([{ site: "home", id: NUMBER }]);
    expect(devices).toMatchObject([{ source: "old-tasmota", serial: NUMBER }]);
    expect(await store.imports()).toMatchObject([{ source: "old-tasmota", what: file, status: "done", stored: 14, rows: 3 }]);
  });

  test("adds nothing the second time", async () => {
    const file = oldFile(rows);
    await take(file);
    expect((await take(file)).samples).toEqual({ fresh: 0, known: 14, different: 0, covered: 0 });
    expect((await take(file, { dryRun: true })).samples).toEqual({ fresh: 0, known: 14, different: 0, covered: 0 });
    expect((await store.ledger()).every((row) => row.items === row.stored + row.replaced + row.duplicate + row.refused)).toBe(true);
  });

  test("that is still written is read with its write-ahead log, and neither is changed", async () => {
    const file = oldFile(rows, { keepLog: true });
    const before = [file, `${file}-wal`].map((path) => createHash("sha256").update(readFileSync(path)).digest("hex"));
    expect((await take(file)).rows).toBe(3);
    expect([file, `${file}-wal`].map((path) => createHash("sha256").update(readFileSync(path)).digest("hex"))).toEqual(before);
    expect(existsSync(`${file}-journal`)).toBe(false);
  });

  test("of several meters fills a point for each, and one that is named only where it is chosen", async () => {
    const file = oldFile([...rows, ["2025-06-01 10:00:05.000000", "second", 1, 5], ["2025-06-01 10:00:15.000000", null, 2, 6]]);
    const found = await take(file, { dryRun: true });
    expect(found.meters.map(({ meter, point, rows: n }) => [meter, point, n])).toEqual([
      [NUMBER, `home/${NUMBER}`, 3],
      ["second", "home/second", 1],
      ["", "home/meter", 1],
    ]);
    await expect(take(file, { point: "mt681" })).rejects.toMatchObject({ code: "several-meters" });
    expect((await take(file, { point: "mt681", meter: "second" })).meters).toMatchObject([{ point: "home/mt681", rows: 1 }]);
  });

  test("is refused with a sentence where it is none", async () => {
    await expect(take(join(folder, "none.db"))).rejects.toMatchObject({ code: "no-file" });
    const other = join(folder, "other.db");
    const db = new DatabaseSync(other);
    db.exec("CREATE TABLE readings (t)");
    db.close();
    await expect(take(other)).rejects.toMatchObject({ code: "no-table", message: expect.stringContaining("it holds readings") });
    await expect(take(join(folder, "data", "wattkeep.lock")).catch((error: { code: string }) => error.code)).resolves.toMatch(/^no/);
  });

  test("leaves out what cannot be read, and says which rows", async () => {
    const file = oldFile([
      ...rows,
      ["rubbish", NUMBER, 1, 100.1],
      ["2025-06-01 11:00:00", NUMBER, "much", 100.2],
      ["2025-03-30 02:30:00", NUMBER, 1, 90],
    ]);
    const found = await take(file);
    expect(found).toMatchObject({ rows: 6, unreadable: 2, neverShown: 1, meters: [{ rows: 3 }] });
    expect(found.left.map(({ sentence }) => sentence)).toEqual([
      "2025-03-30 02:30:00: no clock in Europe/Berlin ever shows this",
      expect.stringContaining("much"),
      '"rubbish" is no time',
    ]);
  });

  test("of a clock in UTC keeps its times when that is said", async () => {
    await take(oldFile([["2025-03-30 02:30:00", NUMBER, 1, 90]]), { zone: "UTC" });
    expect(await rowsOf(`home/${NUMBER}/power@old-tasmota`)).toEqual([["2025-03-30T02:30:00.000Z", 1]]);
  });
});

describe("the hour the clock shows twice", () => {
  /** One reading a minute from 01:00 to 04:00 on 26 October 2025, 0.01 kWh each. */
  const night = Array.from({ length: 240 }, (_, minute) => {
    const tMs = Date.UTC(2025, 9, 25, 23) + minute * 60_000;
    const offsetMs = tMs < Date.UTC(2025, 9, 26, 1) ? 7_200_000 : 3_600_000;
    // The passes never meet at the same millisecond: the clock reading is the key of the old table.
    const localMs = tMs + offsetMs + (offsetMs === 3_600_000 ? 400 : 0);
    return {
      tMs: tMs + (offsetMs === 3_600_000 ? 400 : 0),
      kwh: Number((100 + minute / 100).toFixed(2)),
      written: new Date(localMs).toISOString().slice(0, 23).replace("T", " "),
    };
  });
  const rows = night.map(({ written, kwh }): Row => [written, NUMBER, 600, kwh]);
  const expected = night.map(({ tMs, kwh }) => [new Date(tMs).toISOString(), kwh]);

  test.each([
    ["in the order they were written", false],
    ["interleaved by a copy of the table, by the register", true],
  ])("comes out as it was: %s", async (_how, sorted) => {
    const found = await take(oldFile(rows, { sorted }));
    expect(found).toMatchObject({ repeated: 120, uncertain: 0, neverShown: 0 });
    expect(await rowsOf(`home/${NUMBER}/energy-import@old-tasmota`)).toEqual(expected);
  });

  test("keeps what nothing tells apart in the first pass, marked", async () => {
    const still = rows.map(([written, meter, power]): Row => [written, meter, power, 100]);
    const found = await take(oldFile(still, { sorted: true }));
    expect(found).toMatchObject({ repeated: 120, uncertain: 120 });
    const [series] = (await store.registry()).series.filter(({ quantity }) => quantity === "energy-import");
    const { quality } = await store.read(series?.id ?? 0, { fromMs: Date.UTC(2025, 9, 26, 0), toMs: Date.UTC(2025, 9, 26, 1) });
    expect(quality.every((bits) => (bits & QUALITY.clockUncertain) !== 0)).toBe(true);
  });
});

describe("history and what a reader counts now", () => {
  const from = Date.UTC(2025, 5, 1, 8);
  const written = (tMs: number): string => new Date(tMs + 7_200_000).toISOString().slice(0, 23).replace("T", " ");
  /** A reading every ten seconds. */
  const history = (count: number): Row[] =>
    Array.from({ length: count }, (_, i) => [written(from + i * 10_000), NUMBER, 360, Number((100 + i / 1_000).toFixed(3))]);

  test("are one series where the reader has told the meter's number: no step, nothing twice", async () => {
    // The reader began while the old monitor still ran: it heard the same messages a few milliseconds apart.
    const began = from + 50 * 10_000;
    await live(
      Array.from({ length: 40 }, (_, i) => [began + i * 10_000 + 7, Number((100.05 + i / 1_000).toFixed(3))]),
      "mt681",
      NUMBER,
    );
    const file = oldFile(history(80));
    const found = await take(file);
    expect(found.meters).toMatchObject([{ point: "home/mt681", source: "tasmota", joins: true }]);
    // The row right before the reader's first one is still new; power of the overlap is, too: the reader here told none.
    expect(found.samples).toEqual({ fresh: 51 + 80, known: 0, different: 0, covered: 29 });
    const all = await rowsOf("home/mt681/energy-import@tasmota");
    expect(all.length).toBe(51 + 40);
    expect(all.every(([, kwh], i) => i === 0 || kwh >= (all[i - 1] as [string, number])[1])).toBe(true);
    expect((await take(file)).samples).toMatchObject({ fresh: 0, covered: 29 });
    expect((await store.registry()).series.map(({ source }) => source)).not.toContain("old-tasmota");
  });

  test("fill a gap of the reader from the old file, and only the gap", async () => {
    await live([
      ...Array.from({ length: 20 }, (_, i) => [from + i * 10_000, Number((100 + i / 1_000).toFixed(3))] as const),
      ...Array.from({ length: 20 }, (_, i) => [from + (60 + i) * 10_000, Number((100.06 + i / 1_000).toFixed(3))] as const),
    ]);
    const file = oldFile(history(80).map(([t, meter, , kwh]): Row => [t, meter, null, kwh]));
    expect((await take(file, { point: "mt681", dryRun: true })).samples).toEqual({ fresh: 40, known: 40, different: 0, covered: 0 });
    expect((await take(file, { point: "mt681" })).samples).toEqual({ fresh: 40, known: 40, different: 0, covered: 0 });
    expect((await rowsOf("home/mt681/energy-import@tasmota")).length).toBe(80);
  });

  test("keep the reader's own value where the file has another at the very instant", async () => {
    await live([[from, 99.5]]);
    const found = await take(oldFile(history(1)), { point: "mt681" });
    expect(found.samples).toMatchObject({ different: 1 });
    expect(await rowsOf("home/mt681/energy-import@tasmota")).toEqual([["2025-06-01T08:00:00.000Z", 99.5]]);
  });

  test("go to the only configured reader's series before it has said a word", async () => {
    expect((await take(oldFile(history(2)), { point: "mt681" })).meters).toMatchObject([
      { point: "home/mt681", source: "tasmota", joins: true },
    ]);
    expect(await rowsOf("home/mt681/energy-import@tasmota")).toHaveLength(2);
  });

  test("ends when it is asked to, and goes on another time", async () => {
    const file = oldFile(history(40_000));
    const stopped = takeOverOldTasmota(wish(file), { store, line, nowMs: () => NOW_MS, progress: () => false });
    await expect(stopped).rejects.toMatchObject({ code: "cancelled" });
    expect((await store.imports())[0]?.status).toBe("failed");
    const rest = await take(file);
    expect(rest.samples).toEqual({ fresh: 2 * (40_000 - 32_768), known: 2 * 32_768, different: 0, covered: 0 });
  });
});
