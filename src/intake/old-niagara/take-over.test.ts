import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DIALECTS } from "#dialects/catalogue.ts";
import { niagaraHistory } from "#dialects/niagara-history/decode.ts";
import { type IntakeLine, openLine } from "#intake/line.ts";
import type { Source } from "#intake/source.ts";
import { QUALITY } from "#series/quality.ts";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import type { Store } from "#store/store.ts";
import { escapesMended } from "./place.ts";
import { takeOverOldNiagara } from "./take-over.ts";
import type { Listener, OldNiagaraWish } from "./wish.ts";

const SITE = { id: "shop", name: "Shop", zone: "America/Phoenix", currency: "USD" };
const SILENT = { info() {}, warn() {}, error() {} };
const NOW_MS = Date.UTC(2025, 10, 26);
const EVER = { fromMs: 0, toMs: NOW_MS * 2 };
const LISTENER: Listener = { name: "niagara", units: { temperature: "°F" }, points: [] };

let folder: string;
let store: Store;
let line: IntakeLine;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "wattkeep-old-niagara-"));
  store = await openStore({ folder: join(folder, "data"), inProcess: true, nowMs: () => NOW_MS });
  const options = niagaraHistory.options.parse({ units: { temperature: "°F" } });
  const source: Source = {
    name: "niagara",
    site: "shop",
    topics: ["niagara/#"],
    dialect: "niagara-history",
    options,
    points: new Map(),
    keepRawMs: 0,
  };
  line = await openLine({ store, sources: [source], dialects: DIALECTS, sites: [SITE], nowMs: () => NOW_MS, logger: SILENT });
});
afterEach(async () => {
  await line.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

type Row = readonly [
  stationKey: string,
  historyKey: string,
  station: string,
  history: string,
  ts: string,
  status: string | null,
  value: unknown,
];

const SEED = `CREATE TABLE history_samples (station_key TEXT NOT NULL, history_key TEXT NOT NULL, station_name TEXT NOT NULL,
  history_id TEXT NOT NULL, ts TEXT NOT NULL, status TEXT, value REAL, PRIMARY KEY (station_key, history_key, ts));
  CREATE INDEX idx_history_samples_ts ON history_samples (ts)`;
const LATER = `CREATE TABLE history_samples (stationName TEXT, historyId TEXT, station_canonical TEXT, history_canonical TEXT,
  timestamp TEXT, status TEXT, value REAL)`;

/** A table as the old program made it; the write-ahead log stays beside it where asked. */
function oldFile(rows: readonly Row[], { later = false, keepLog = false } = {}): string {
  const file = join(folder, "history.sqlite");
  const db = new DatabaseSync(file);
  db.exec("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;");
  db.exec(later ? LATER : SEED);
  const columns = later
    ? "station_canonical, history_canonical, stationName, historyId, timestamp, status, value"
    : "station_key, history_key, station_name, history_id, ts, status, value";
  const insert = db.prepare(`INSERT OR REPLACE INTO history_samples (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?)`);
  for (const row of rows) insert.run(...(row as [string, string, string, string, string, string | null, number]));
  if (!keepLog) {
    db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    db.close();
    return file;
  }
  const copy = join(folder, "copy.sqlite");
  for (const end of ["", "-wal"]) copyFileSync(`${file}${end}`, `${copy}${end}`);
  db.close();
  return copy;
}

const take = (file: string, more: Partial<OldNiagaraWish> = {}) =>
  takeOverOldNiagara(
    { file, site: "shop", listener: LISTENER, dryRun: false, ...more },
    { store, line, nowMs: () => NOW_MS, progress: () => true },
  );

const temp = (minute: string, value: unknown, status: string | null = "{ok}"): Row => [
  "ams_shop",
  "vav_1_01_space_temp",
  "Ams Shop",
  "Vav 1-01 Space Temp",
  `2025-11-24T07:${minute}+00:00`,
  status,
  value,
];

async function kept(key: string): Promise<[time: string, value: number, quality: number, status: string][]> {
  const { series, codes } = await store.registry();
  const one = series.find((found) => found.key === key);
  if (one === undefined) return [];
  const { tMs, value, quality, code } = await store.read(one.id, EVER);
  const text = (of: number): string => codes.find((row) => row.seriesId === one.id && row.code === of)?.text ?? "";
  return Array.from(tMs, (at, i) => [new Date(at).toISOString(), value[i] as number, quality[i] as number, text(code?.[i] ?? 0)]);
}

const TEMP_KEY = "shop/ams-shop-vav-1-01-space-temp/temperature@niagara";

/** The live way, as a broker brings it. */
async function live(rows: object[], historyId = "/AmsShop/Vav1$2d01$20Space$20Temp"): Promise<void> {
  const body = Buffer.from(JSON.stringify({ messageType: "history", stationName: "AmsShop", historyId, historyData: rows }));
  await line.take([{ message: { source: "niagara", topic: "niagara/histories", body, receivedMs: NOW_MS, qos: 0, retained: false } }]);
}

describe("a file of Niagara Copilot Edge", () => {
  const ROWS = [
    temp("00:01.349000", 71.5),
    temp("05:01", 71.6, null),
    temp("10:00", 0, "{fault,stale}"),
    temp("15:00", 72, "{overridden}"),
  ];

  test("is counted by a dry run that keeps nothing, and taken over with its statuses as they were", async () => {
    const file = oldFile(ROWS);
    const before = createHash("sha256").update(readFileSync(file)).digest("hex");
    const dry = await take(file, { dryRun: true });
    expect(dry).toMatchObject({ rows: 4, unreadable: 0, doubled: 0, samples: { fresh: 4, known: 0, different: 0, covered: 0 } });
    expect((await store.registry()).series).toEqual([]);
    expect(await store.imports()).toEqual([]);
    const report = await take(file);
    expect(report).toEqual({ ...dry, dryRun: false });
    expect(report.histories).toEqual([
      {
        station: "Ams Shop",
        history: "Vav 1-01 Space Temp",
        point: "shop/ams-shop-vav-1-01-space-temp",
        quantity: "temperature",
        unit: "°F",
        rows: 4,
        firstMs: Date.UTC(2025, 10, 24, 7, 0, 1, 349),
        lastMs: Date.UTC(2025, 10, 24, 7, 15),
        sum: 71.5 + 71.6 + 72,
        bad: 1,
        samples: { fresh: 4, known: 0, different: 0, covered: 0 },
      },
    ]);
    expect(await kept(TEMP_KEY)).toEqual([
      ["2025-11-24T07:00:01.349Z", 71.5, 0, "{ok}"],
      ["2025-11-24T07:05:01.000Z", 71.6, 0, ""],
      ["2025-11-24T07:10:00.000Z", 0, QUALITY.badStatus, "{fault,stale}"],
      ["2025-11-24T07:15:00.000Z", 72, QUALITY.overridden, "{overridden}"],
    ]);
    expect(createHash("sha256").update(readFileSync(file)).digest("hex")).toBe(before);
  });

  test("is told once: a second run adds nothing, and the import says which time it brought", async () => {
    const file = oldFile(ROWS);
    await take(file);
    expect((await take(file)).samples).toEqual({ fresh: 0, known: 4, different: 0, covered: 0 });
    const [, first] = await store.imports();
    expect(first).toMatchObject({
      source: "niagara",
      status: "done",
      stored: 4,
      rows: 4,
      fromMs: Date.UTC(2025, 10, 24, 7, 0, 1, 349),
      toMs: Date.UTC(2025, 10, 24, 7, 15),
      endedMs: NOW_MS,
    });
  });

  test("goes on in the series the live dialect fills, whoever came first, and changes no value of it", async () => {
    await live([{ timestamp: "2025-11-24 00:05:01-0700", status: "{ok}", value: 80 }]);
    expect((await take(oldFile(ROWS))).samples).toEqual({ fresh: 3, known: 0, different: 1, covered: 0 });
    await live([{ timestamp: "2025-11-24 00:20:00-0700", status: "{ok}", value: 73 }]);
    expect((await kept(TEMP_KEY)).map(([, value]) => value)).toEqual([71.5, 80, 0, 72, 73]);
    const { points, series } = await store.registry();
    expect(series).toHaveLength(1);
    expect(points).toMatchObject([{ name: "Vav 1-01 Space Temp", about: { station: "AmsShop", path: "Vav1-01 Space Temp" } }]);
  });

  test("may come before anything live: the history that comes then is the same point", async () => {
    await take(oldFile(ROWS));
    await live([{ timestamp: "2025-11-24 00:20:00-0700", status: "{ok}", value: 73 }]);
    const { points, series } = await store.registry();
    expect([points.length, series.length]).toEqual([1, 1]);
    expect(points[0]?.about).toEqual({ station: "AmsShop", path: "Vav1-01 Space Temp" });
  });

  test("with a label that changed is one series by its key, under the newest label", async () => {
    const renamed: Row = ["ams_shop", "vav_1_01_space_temp", "Ams Shop", "VAV 1-01 Space Temp", "2025-11-24T08:00:00+00:00", null, 70];
    const report = await take(oldFile([...ROWS, renamed]));
    expect(report.histories.map(({ history, rows }) => [history, rows])).toEqual([["VAV 1-01 Space Temp", 5]]);
  });

  test("of the later program has other columns and its rows twice", async () => {
    const report = await take(oldFile([...ROWS, ...ROWS, temp("05:01", 71.7)], { later: true }));
    expect(report).toMatchObject({ rows: 9, doubled: 5, samples: { fresh: 4 } });
    expect((await kept(TEMP_KEY)).map(([, value]) => value)).toEqual([71.5, 71.7, 0, 72]);
  });

  test("counts rows that still wait in its write-ahead log", async () => {
    const file = oldFile(ROWS, { keepLog: true });
    expect(existsSync(`${file}-wal`)).toBe(true);
    expect((await take(file)).rows).toBe(4);
  });

  test("gets a source of its own where nobody listens, with the point of the station's name", async () => {
    const { listener: _, ...bare } = { file: oldFile(ROWS), site: "shop", listener: LISTENER, dryRun: false };
    const report = await takeOverOldNiagara(bare, { store, line, nowMs: () => NOW_MS, progress: () => true });
    expect(report.source).toBe("old-niagara");
    expect((await store.registry()).series.map(({ key, unit }) => [key, unit])).toEqual([
      ["shop/ams-shop-vav-1-01-space-temp/temperature@old-niagara", ""],
    ]);
  });

  test("puts a history where the settings put it, and leaves out one that has other units there", async () => {
    const points = [["ams-shop-vav-1-01-space-temp", "lobby"]] as const;
    const file = oldFile(ROWS);
    await take(file, { listener: { ...LISTENER, points } });
    expect(await kept("shop/lobby/temperature@niagara")).toHaveLength(4);
    const report = await take(file, { listener: { ...LISTENER, points, units: { temperature: "°C" } } });
    expect(report.histories[0]?.problem).toBe(
      'shop/lobby/temperature@niagara is in "°F", and the source\'s settings say that the station writes "°C".',
    );
  });

  test("names rows it cannot read and takes the others; a missing value is a stated absence", async () => {
    const odd = [temp("nonsense", 1), temp("30:00", "warm"), temp("35:00", null, "{null}")];
    const report = await take(oldFile([...ROWS, ...odd]));
    expect(report).toMatchObject({ rows: 7, unreadable: 2 });
    expect(report.left).toEqual([
      'Vav 1-01 Space Temp: 2025-11-24T07:30:00+00:00: value is "warm", not a number.',
      'Vav 1-01 Space Temp: "2025-11-24T07:nonsense+00:00" is no time',
    ]);
    expect((await kept(TEMP_KEY)).at(-1)).toEqual(["2025-11-24T07:35:00.000Z", Number.NaN, QUALITY.badStatus, "{null}"]);
    expect((await take(join(folder, "history.sqlite"))).samples.known).toBe(5);
  });

  test("takes one station alone where asked, and says which there are", async () => {
    const file = oldFile([...ROWS, ["plaza", "a", "Plaza", "A", "2025-11-24T07:00:00+00:00", null, 1]]);
    expect((await take(file, { station: "Plaza" })).histories.map(({ point }) => point)).toEqual(["shop/plaza-a"]);
    await expect(take(file, { station: "Tower" })).rejects.toThrow('has no station "Tower"; it has Ams Shop, Plaza.');
  });

  test("that is damaged, missing or another file is a sentence", async () => {
    await expect(take(join(folder, "none.sqlite"))).rejects.toThrow("is not a file");
    const text = join(folder, "text.sqlite");
    writeFileSync(text, "timestamp,value\n".repeat(400));
    await expect(take(text)).rejects.toThrow("cannot be read as an SQLite database");
    const other = join(folder, "other.sqlite");
    const db = new DatabaseSync(other);
    db.exec("CREATE TABLE samples (a)");
    db.close();
    await expect(take(other)).rejects.toThrow("has no table history_samples; it holds samples.");
    const many = Array.from({ length: 20_000 }, (_, i): Row => {
      const [stationKey, historyKey, station, history] = temp("", 0);
      return [stationKey, historyKey, station, history, new Date(NOW_MS - i * 60_000).toISOString().replace("Z", "000+00:00"), "{ok}", i];
    });
    const file = oldFile(many);
    const bytes = readFileSync(file);
    bytes.fill(0xff, Math.floor(bytes.length / 2), Math.floor(bytes.length / 2) + 16_384);
    const torn = join(folder, "torn.sqlite");
    writeFileSync(torn, bytes);
    await expect(take(torn)).rejects.toThrow("cannot be read as an SQLite database");
  });

  test("ends where it is told to, and says so", async () => {
    const house = { store, line, nowMs: () => NOW_MS, progress: () => false };
    await expect(takeOverOldNiagara({ file: oldFile(ROWS), site: "shop", dryRun: false }, house)).rejects.toThrow("Run it again");
    expect((await store.imports())[0]).toMatchObject({ status: "failed", stored: 4 });
  });
});

test("escapes that the old program set apart are put together again", () => {
  expect(escapesMended("Zone$3 a 1")).toBe("Zone$3a 1");
  expect(escapesMended("Temp$u 00 b 0 F")).toBe("Temp$u00b0 F");
  expect(escapesMended("A$26B")).toBe("A$26B");
  expect(escapesMended("Vav 1-01 Space Temp")).toBe("Vav 1-01 Space Temp");
});
