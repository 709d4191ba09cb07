import { fork } from "node:child_process";
import { readFileSync } from "node:fs";
import type { MeterSite } from "#reports/meter-sayings.ts";
import type { MeterReports } from "#reports/meters.ts";
import { openSiteMeters } from "#reports/open-meters.ts";
import type { Series } from "#sites/registry.ts";
import type { Store } from "#store/store.ts";
import { dice } from "./home-data.ts";
import { scratch, shippedStore } from "./scratch.ts";
import { median, msRow, printTable, type Row, timed } from "./table.ts";

// 27 meters for 4 years of quarter-hours: 24 with a dial, a master and two formulas of them. Each pass asks for the list, for every day
// of every meter and for all anomalies; it is made in a process of its own, from a store that nobody has read yet.
const QUARTER_MS = 900_000;
const DIALS = 24;
const START_MS = Date.UTC(2022, 0, 1);
const QUARTERS = (4 * 365 + 1) * 96;
const END_MS = START_MS + QUARTERS * QUARTER_MS;

const ALL = Array.from({ length: DIALS }, (_, i) => `meter_${i}`);
const SITE: MeterSite = {
  site: "house",
  siteName: "House",
  zone: "Europe/Berlin",
  currency: "EUR",
  meters: [
    ...ALL.map((meter, i) => ({
      meter,
      unit: i % 3 === 0 ? "m³" : "kWh",
      prices: [{ fromDate: "2022-01-01", perUnit: "0.31", baseFeePerMonth: "9.90" }],
    })),
    {
      meter: "total",
      unit: "kWh",
      periods: [
        { fromDate: "2022-01-01", toDate: "2024-11-26", sources: ["meter_1", "meter_2"] },
        { fromDate: "2024-11-27", sources: ["meter_4"] },
      ],
    },
    { meter: "general", unit: "kWh", formula: "total - 0.2 * meter_5 - 0.2 * meter_7" },
    { meter: "rest", unit: "m³", formula: "meter_0 - 0.5 * meter_3" },
  ],
  gas: [],
  startYear: 2022,
  holidays: [],
  ranked: [],
  dialSources: new Set(["influx"]),
};

interface Measured {
  readonly coldMs: number;
  readonly coldMb: number;
  readonly readingMs: number;
  readonly againMs: number;
  readonly mb: number;
  readonly days: number;
  readonly anomalies: number;
}

if (process.argv[2] === "child") await child(process.argv[3] as string);
else await main();

async function main(): Promise<void> {
  const folder = scratch();
  const store = await shippedStore(folder, () => END_MS);
  await fill(store);
  await store.checkpoint();
  await store.close();
  const { coldMs, coldMb, readingMs, againMs, mb, days, anomalies } = await measured(folder);
  printTable([
    msRow(`27 meters, 4 years of quarter-hours: list, ${days} days and ${anomalies} anomalies, nothing derived before`, coldMs, 1000),
    msRow("all of it again after one new reading", readingMs, 50),
    msRow("all of it again, nothing new", againMs, undefined),
    mbRow("resident memory after the first pass", coldMb),
    mbRow("resident memory in the end", mb),
  ]);
}

function mbRow(what: string, mb: number): Row {
  return { what, measured: `${mb.toFixed(0)} MB`, claim: "≤ 200 MB", holds: mb <= 200 };
}

function measured(folder: string): Promise<Measured> {
  return new Promise((resolve, reject) => {
    // As `npm start` starts it.
    const pass = fork(process.argv[1] as string, ["child", folder], { execArgv: ["--max-semi-space-size=4"] });
    let said: Measured | undefined;
    pass.on("message", (message) => {
      said = message as Measured;
    });
    pass.on("exit", () => (said ? resolve(said) : reject(new Error("the pass ended early"))));
  });
}

async function child(folder: string): Promise<void> {
  let nowMs = END_MS;
  const store = await shippedStore(folder, () => nowMs);
  const meters = openSiteMeters(store, SITE, { registry: await store.registry(), nowMs: () => nowMs });
  let seen = { days: 0, anomalies: 0 };
  const pass = async (): Promise<void> => {
    seen = await everything(meters, nowMs);
  };
  const coldMs = await timed(pass);
  const coldMb = residentMb();
  const readingsMs: number[] = [];
  const againMs: number[] = [];
  for (let round = 0; round < 15; round++) {
    nowMs += QUARTER_MS;
    await say(store, 1 + (round % DIALS), nowMs);
    readingsMs.push(await timed(pass));
    againMs.push(await timed(pass));
  }
  const told: Measured = { coldMs, coldMb, readingMs: median(readingsMs), againMs: median(againMs), mb: residentMb(), ...seen };
  process.send?.(told);
  await store.close();
}

/** The whole pass of a night: how all stand, every day of every meter, everything unusual. */
async function everything(meters: MeterReports, nowMs: number): Promise<{ days: number; anomalies: number }> {
  const list = await meters.list();
  let days = 0;
  for (const { settings } of list) {
    const answer = await meters.consumption(settings.id, { fromMs: START_MS, toMs: nowMs, by: "day" });
    days += answer?.rows.amount.length ?? 0;
  }
  const anomalies = await meters.anomalies({ fromMs: START_MS, toMs: nowMs });
  return { days, anomalies: anomalies.length };
}

async function fill(store: Store): Promise<void> {
  await store.register({
    sites: [{ id: "house", name: "House", zone: SITE.zone, currency: "EUR" }],
    points: ALL.map((id) => ({ site: "house", id, name: id })),
    series: ALL.map(seriesOf),
  });
  const tMs = Float64Array.from({ length: QUARTERS }, (_, i) => START_MS + i * QUARTER_MS);
  const quality = new Uint16Array(QUARTERS);
  for (const [i] of ALL.entries()) {
    const roll = dice(i + 1);
    let counted = 1_000 * (i + 1);
    const value = tMs.map((at) => {
      counted += usedAt(at, i, roll);
      return Math.round(counted * 1000) / 1000;
    });
    await store.importColumn(i + 1, { tMs, value, quality }, { receivedMs: END_MS });
  }
}

function seriesOf(point: string, i: number): Series {
  const [quantity, unit] = i % 3 === 0 ? ["water-volume", "m³"] : ["energy-import", "kWh"];
  return {
    id: i + 1,
    key: `house/${point}/${quantity}@influx`,
    site: "house",
    point,
    quantity,
    source: "influx",
    kind: "counter",
    unit,
    equalInstant: "last",
  };
}

/** A household by hour, weekday and season. */
function usedAt(tMs: number, i: number, roll: () => number): number {
  const hour = (tMs / 3_600_000) % 24;
  const season = 1 + 0.4 * Math.cos(((tMs / 86_400_000) % 365.25) * 0.0172);
  const isNight = hour < 5 + (i % 3);
  if (i % 3 === 0) return isNight || roll() < 0.7 ? 0 : 0.02 * roll();
  const weekend = Math.floor(tMs / 86_400_000 + 3) % 7 > 4 ? 1.2 : 1;
  return season * weekend * (0.02 + (isNight ? 0 : 0.1 * roll()));
}

async function say(store: Store, seriesId: number, tMs: number): Promise<void> {
  const last = await store.latest([seriesId]);
  const samples = {
    seriesId: Int32Array.of(seriesId),
    tMs: Float64Array.of(tMs),
    value: Float64Array.of((last.value[0] as number) + 0.02),
    quality: new Uint16Array(1),
    code: new Uint16Array(1),
  };
  await store.append({ receivedMs: tMs, samples, rejects: [], messages: [] });
}

function residentMb(): number {
  const match = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"));
  return match === null ? process.memoryUsage().rss / 2 ** 20 : Number(match[1]) / 1024;
}
