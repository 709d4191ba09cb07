import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loadConfig } from "#config/load.ts";
import { DIALECTS } from "#dialects/catalogue.ts";
import { madeStatistics } from "#intake/home-assistant/statistics-world.ts";
import { takeStatistics } from "#intake/home-assistant/take-statistics.ts";
import { type IntakeLine, openLine } from "#intake/line.ts";
import type { HomeReports } from "#reports/home.ts";
import { seriesKey } from "#sites/registry.ts";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import type { Store } from "#store/store.ts";
import { openHomes } from "./homes.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Midnight of a winter's day in Berlin, and four days later. */
const START = Date.UTC(2026, 0, 11, 23);
const END = START + 4 * DAY_MS;
const SITE = { id: "home", name: "Home", zone: "Europe/Berlin", currency: "EUR" };
/** Comes before `home-assistant` in the alphabet, which decides between equals. */
const READER = "e320";

let folder: string;
let store: Store;
let line: IntakeLine;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "wattkeep-taken-over-"));
  store = await openStore({ folder: join(folder, "data"), inProcess: true, nowMs: () => END });
  const logger = { info() {}, warn() {}, error() {} };
  line = await openLine({ store, sources: [], dialects: DIALECTS, sites: [SITE], nowMs: () => END, logger });
});
afterEach(async () => {
  await line.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const RATES = [0.3, 0.9, 0.5, 2.1, 0.4];

/** What the meter's register shows, kWh: another power in every hour. */
function registerAt(tMs: number): number {
  const hours = Math.floor((tMs - START) / HOUR_MS);
  let kwh = 5_000 + ((tMs - START) / HOUR_MS - hours) * (RATES[hours % RATES.length] as number);
  for (let hour = 0; hour < hours; hour += 1) kwh += RATES[hour % RATES.length] as number;
  return Math.round(kwh * 1e4) / 1e4;
}

async function statistics(fromMs: number, { offsetKwh = 0 } = {}): Promise<void> {
  const rows = Array.from({ length: (END - fromMs) / HOUR_MS }, (_, i) => {
    const at = fromMs + i * HOUR_MS;
    return { at, state: registerAt(at + HOUR_MS) + offsetKwh, sum: i };
  });
  const power = { id: "sensor.power", unit: "W", mean: true, rows: rows.map(({ at }) => ({ at, mean: 400 })) };
  const { file } = madeStatistics(folder, [{ id: "sensor.grid_import", sum: true, rows }, power]);
  const mappings = [
    { statistic: "sensor.grid_import", point: "meter", quantity: "energy-import" },
    { statistic: "sensor.power", point: "meter", quantity: "power" },
  ];
  await takeStatistics({ file, site: "home", mappings, sums: [], dryRun: false }, { store, line, nowMs: () => END, progress: () => true });
}

async function reader(fromMs: number, toMs = END): Promise<void> {
  const parts = { site: "home", point: "meter", quantity: "energy-import", source: READER };
  const series = await line.ensureSeries({ key: seriesKey(parts), ...parts, kind: "counter", unit: "kWh", equalInstant: "last" });
  const tMs = Float64Array.from({ length: Math.floor((toMs - fromMs) / MINUTE_MS) + 1 }, (_, i) => fromMs + i * MINUTE_MS);
  const column = { tMs, value: tMs.map(registerAt), quality: new Uint16Array(tMs.length) };
  await store.importColumn(series.id, column, { receivedMs: END });
}

async function home(): Promise<HomeReports> {
  const text = JSON.stringify({
    sites: { home: { zone: SITE.zone, currency: SITE.currency } },
    sources: { [READER]: { site: "home", dialect: "tasmota-sml" } },
    homes: { home: { grid: "meter" } },
  });
  const { config, problems } = loadConfig({ file: "wattkeep.yaml", text, env: {}, cwd: ".", dialects: DIALECTS });
  if (config === undefined) throw new Error(JSON.stringify(problems));
  const [only] = (await openHomes({ config, demo: false, store, nowMs: () => END })).current();
  return only as HomeReports;
}

/** kWh of each of the four days, as the register says. */
const TRUE_DAYS = [0, 1, 2, 3].map((day) => registerAt(START + (day + 1) * DAY_MS) - registerAt(START + day * DAY_MS));

async function days(): Promise<number[]> {
  const reports = await home();
  const told = (await reports.days("2026-01-12", "2026-01-16")).filter(({ fromMs }) => fromMs < END).map(({ boughtKwh }) => boughtKwh);
  const whole = await reports.figures({ fromMs: START, toMs: END });
  expect(told.reduce((sum, kwh) => sum + kwh, 0)).toBeCloseTo(whole.boughtKwh, 6);
  return told;
}

describe("statistics of Home Assistant at the home's meter", () => {
  test("are its history where no reader was", async () => {
    await statistics(START - HOUR_MS);
    for (const [i, kwh] of (await days()).entries()) expect(kwh).toBeCloseTo(TRUE_DAYS[i] as number, 3);
  });

  test.each([
    ["of the same register", 0],
    ["of a register of its own", -4_321.5],
  ])("neither step nor double where a reader begins and has a gap: %s", async (_, offsetKwh) => {
    await statistics(START - HOUR_MS, { offsetKwh });
    const begun = START + DAY_MS + 10 * HOUR_MS + 15 * MINUTE_MS;
    await reader(begun, begun + 20 * HOUR_MS);
    await reader(begun + 26 * HOUR_MS);
    for (const [i, kwh] of (await days()).entries()) expect(kwh).toBeCloseTo(TRUE_DAYS[i] as number, 2);
    expect(await (await home()).events({ fromMs: START, toMs: END })).toEqual([]);
  });

  test("leave the quarter hour in which a reader begins to the reader", async () => {
    await statistics(START - HOUR_MS);
    await reader(START + DAY_MS + 10 * HOUR_MS + 7 * MINUTE_MS);
    const told = await days();
    const unseenKwh = ((RATES[34 % RATES.length] as number) * 7) / 60;
    for (const i of [0, 2, 3]) expect(told[i]).toBeCloseTo(TRUE_DAYS[i] as number, 2);
    expect(told[1]).toBeCloseTo((TRUE_DAYS[1] as number) - unseenKwh, 2);
  });

  test("say nothing where the reader knows, whatever they say", async () => {
    await reader(START);
    const before = await days();
    await statistics(START + 30 * HOUR_MS, { offsetKwh: 77 });
    expect(await days()).toEqual(before);
  });
});
