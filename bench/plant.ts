import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { localText } from "#calendar/local-text.ts";
import { zoneNamed } from "#calendar/zone.ts";
import { DIALECTS, dialectNamed } from "#dialects/catalogue.ts";
import { DropFolder } from "#intake/folder/drop-folder.ts";
import type { Judge } from "#intake/folder/judge.ts";
import { openLine } from "#intake/line.ts";
import { judgeOf } from "#judging.ts";
import { openPlant } from "#reports/open-plant.ts";
import type { PlantSettings } from "#reports/plant-settings.ts";
import type { Series } from "#sites/registry.ts";
import type { Store } from "#store/store.ts";
import { seedPlan } from "#tariffs/seed-plan.ts";
import { scratch, shippedStore } from "./scratch.ts";
import { count, median, msRow, printTable, timed } from "./table.ts";

// A plant's pulses every 15 s for 36 months: 24 billing periods and what their ratchets look back at.
const ZONE = "America/Indiana/Indianapolis";
const START_MS = Date.UTC(2023, 0, 1, 5);
const END_MS = Date.UTC(2026, 0, 1, 5);
const EVERY_MS = 15_000;
const QUARTER_MS = 900_000;
const NOW_MS = END_MS - 10 * 86_400_000;
const LOGGER = { info() {}, warn() {}, error() {} };

const SETTINGS: PlantSettings = {
  site: "plant",
  point: "main",
  name: "Main meter",
  siteName: "Plant",
  zone: ZONE,
  currency: "USD",
  holidays: [],
  sources: [
    { name: "kyz", title: "KYZ", rank: "live" },
    { name: "plc", title: "PLC", rank: "file" },
  ],
  facts: [{ name: "kwhPerPulse", value: 1.7, fromMs: 0 }],
  intervalMinutes: 15,
  plan: seedPlan(),
  billing: { kind: "anchored", anchor: "2025-01-17" },
  demo: false,
};

/** Some 400 to 3,700 kW, by hour and season. */
function kwAt(tMs: number): number {
  const hour = (tMs / 3_600_000) % 24;
  return 2000 + 1500 * Math.sin((hour / 24) * 2 * Math.PI) + 150 * Math.sin(tMs / 9.1e8) + 50 * Math.sin(tMs / 2.3e5);
}

const series = (id: number, quantity: string, kind: Series["kind"]): Series => ({
  ...{ id, key: `plant/main/${quantity}@kyz`, site: "plant", point: "main", quantity, source: "kyz", kind, unit: "pulse" },
  equalInstant: "first",
});

async function fill(store: Store): Promise<number> {
  await store.register({
    sites: [{ id: "plant", name: "Plant", zone: ZONE, currency: "USD" }],
    points: [{ site: "plant", id: "main", name: "Main meter" }],
    series: [series(1, "pulses", "delta"), series(2, "pulses-total", "counter")],
  });
  const n = (NOW_MS - START_MS) / EVERY_MS;
  const tMs = Float64Array.from({ length: n }, (_, i) => START_MS + (i + 1) * EVERY_MS - 4_321);
  const deltas = new Float64Array(n);
  const totals = new Float64Array(n);
  let counted = 0;
  for (let i = 0; i < n; i++) {
    const before = Math.floor(counted);
    counted += (kwAt(tMs[i] as number) * EVERY_MS) / 3_600_000 / 1.7;
    deltas[i] = Math.floor(counted) - before;
    totals[i] = Math.floor(counted);
  }
  const quality = new Uint16Array(n);
  await store.importColumn(1, { tMs, value: deltas, quality }, { receivedMs: NOW_MS });
  await store.importColumn(2, { tMs, value: totals, quality }, { receivedMs: NOW_MS });
  return n;
}

const folder = scratch();
const filling = await shippedStore(folder, () => NOW_MS);
const rows = await fill(filling);
await filling.close();

let nowMs = NOW_MS;
const first = await shippedStore(folder, () => NOW_MS);
const coldMs = await timed(() => openPlant(first, SETTINGS, () => nowMs).bills(24));
// What was derived is kept in the background.
await first.checkpoint();
await first.close();

const store = await shippedStore(folder, () => NOW_MS);
const plant = openPlant(store, SETTINGS, () => nowMs);
const keptMs = await timed(() => plant.bills(24));
const warmMs: number[] = [];
for (let round = 0; round < 9; round++) warmMs.push(await timed(() => plant.bills(24)));

/** A bill page after every new pulse. */
const pulsedMs: number[] = [];
for (let round = 0; round < 9; round++) {
  nowMs += EVERY_MS;
  const samples = { seriesId: Int32Array.of(1, 2), tMs: Float64Array.of(nowMs, nowMs), value: Float64Array.of(5, 5e6 + round * 5) };
  const batch = { ...samples, quality: new Uint16Array(2), code: new Uint16Array(2) };
  await store.append({ receivedMs: nowMs, samples: batch, rejects: [], messages: [] });
  pulsedMs.push(await timed(() => plant.bills(24)));
}
const runningMs = await timed(() => plant.running());

/** The ledger laid out anew over the intervals that are kept: 24 periods, each with the ratchet of all before it. */
const ratchetMs: number[] = [];
for (let round = 0; round < 9; round++) {
  nowMs += QUARTER_MS;
  ratchetMs.push(await timed(() => plant.periods(24)));
}

const imported = await importYear(store);
// Once more with other numbers, and a report of what that changed in every interval and bill.
const again = await importYear(store, judgeOf([plant]));
printTable([
  msRow("bill page, 36 months of 15 s pulses, nothing derived before", coldMs, undefined),
  msRow("bill page, months kept by an earlier run", keptMs, 150),
  msRow("bill page, again", median(warmMs), 20),
  msRow("bill page after a new pulse", median(pulsedMs), 20),
  msRow("24 periods with their ratchets, an interval later", median(ratchetMs), 50),
  msRow("running interval", runningMs, undefined),
  { what: "pulses read", measured: `${count((2 * rows) / (coldMs / 1000))} samples/s`, claim: "", holds: undefined },
  msRow(`a year of PLC CSV, ${count(imported.rows)} rows`, imported.ms, 2000),
  msRow("the same year corrected over its pulses, with the report of what that changed", again.ms, undefined),
]);
await store.close();

/** A year as the PLC exports it, dropped as one file. */
async function importYear(into: Store, judge?: Judge): Promise<{ rows: number; ms: number }> {
  const zone = zoneNamed(ZONE);
  const lines = ["Date, Time, counter15min, LastEnergyUsage, LastDemand, TotalEnergyUsed, R17_Last_ExcludeDemand, KYZ_InvalidAlarm"];
  let total = 400_000;
  for (let endMs = START_MS + QUARTER_MS; lines.length <= 35_040; endMs += QUARTER_MS) {
    const kwh = Math.round(kwAt(endMs) / 4) + (judge === undefined ? 0 : 10);
    total += kwh;
    const [date = "", time = ""] = localText(endMs, zone).split(" ");
    const [year, month, day] = date.split("-").map(Number);
    lines.push(`${month}/${day}/${year}, ${time}.000, ${Math.round(kwh / 1.7)}, ${kwh}, ${kwh * 4}.000000, ${total}.000, OFF - 0, OFF - 0`);
  }
  const path = join(folder, "drop");
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, "year.csv"), `${lines.join("\r\n")}\r\n`);
  utimesSync(join(path, "year.csv"), nowMs / 1000 - 60, nowMs / 1000 - 60);
  const clock = { nowMs: () => nowMs, logger: LOGGER };
  const source = { name: "plc", site: "plant", topics: [], dialect: "plc-csv", points: new Map<string, string>(), keepRawMs: 0 };
  const withOptions = { ...source, options: dialectNamed("plc-csv")?.options.parse({ zone: ZONE }) };
  const sites = [{ id: "plant", name: "Plant", zone: ZONE, currency: "USD" }];
  const line = await openLine({ store: into, sources: [withOptions], dialects: DIALECTS, sites, ...clock });
  const taking = { store: into, line, dialects: DIALECTS, ...clock, after: () => () => undefined, ...(judge ? { judge } : {}) };
  const drop = new DropFolder({ source: withOptions, path, glob: "*.csv", minAgeMs: 10_000 }, taking);
  const ms = await timed(async () => {
    const look = await drop.look({ thorough: true });
    if (look.files[0]?.status !== "done") throw new Error(`The file was not taken: ${look.files[0]?.report?.sentence}`);
  });
  await line.close();
  return { rows: lines.length - 1, ms };
}
