import { fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { USUAL_BUILDING } from "#config/buildings.ts";
import type { BuildingReports } from "#reports/building.ts";
import type { BuildingSettings } from "#reports/building-settings.ts";
import { openSiteBuilding } from "#reports/open-building.ts";
import type { Store } from "#store/store.ts";
import { END_MS, fillYear, QUARTER_MS, SITE, ZONE, ZONES } from "./building-year.ts";
import { scratch, shippedStore } from "./scratch.ts";
import { median, msRow, printTable, type Row, timed } from "./table.ts";

// 400 boxes with five histories each and 20 air handlers, a year of quarter-hours. Each question is asked in a process of its own, from a
// store that nobody has read yet.
const DAY_MS = 86_400_000;
const MONTH = { fromMs: END_MS - 30 * DAY_MS, toMs: END_MS };
const DAY = { fromMs: END_MS - 17 * 3_600_000, toMs: END_MS };

const SETTINGS: BuildingSettings = {
  ...USUAL_BUILDING,
  ...{ site: SITE, siteName: "Bench tower", zone: ZONE, currency: "USD", holidays: [], declared: true },
  ...{ rules: [], decisions: [], equipment: [], ranked: ["station"] },
};

interface Measured {
  readonly zones: number;
  readonly coldMs: number;
  readonly anotherMs: number;
  readonly warmMs: number;
  readonly readingMs: number;
  readonly zoneMs: number;
  readonly listColdMs: number;
  readonly listMs: number;
  readonly listReadingMs: number;
  readonly heldColdMs: number;
  readonly heldMs: number;
  readonly heldReadingMs: number;
  readonly startMb: number;
  readonly mb: number;
}

if (process.argv[2] === "child") await child(process.argv[3] as string);
else await main();

async function main(): Promise<void> {
  const kept = process.argv.find((word) => word.startsWith("--folder="))?.slice("--folder=".length);
  const folder = kept ?? scratch();
  if (kept === undefined) {
    const store = await shippedStore(folder, () => END_MS);
    await fillYear(store);
    await store.checkpoint();
    await store.close();
  }
  const seen = await measured(folder);
  printTable([
    msRow(`${seen.zones} zones ranked over a month, the first question after a start`, seen.coldMs, 1_500),
    msRow("another month of it, nothing of which was read before", seen.anotherMs, 1_500),
    msRow("a month again", seen.warmMs, 50),
    msRow("a month again after one new reading", seen.readingMs, 50),
    msRow("one zone's comfort and airflow of a month, with all its page draws", seen.zoneMs, 30),
    msRow("zones of today, read for the first time", seen.listColdMs, undefined),
    msRow("zones of today", seen.listMs, 50),
    msRow("zones of today after one new reading", seen.listReadingMs, 50),
    msRow("points held by hand within a month, looked for the first time", seen.heldColdMs, undefined),
    msRow("points held by hand, again", seen.heldMs, 100),
    msRow("points held by hand after one new reading", seen.heldReadingMs, 100),
    mbRow("resident memory before the first question", seen.startMb, undefined),
    mbRow("resident memory after twelve different months", seen.mb, 300),
  ]);
}

function mbRow(what: string, mb: number, most: number | undefined): Row {
  const claim = most === undefined ? "" : `≤ ${most} MB`;
  return { what, measured: `${mb.toFixed(0)} MB`, claim, holds: most === undefined ? undefined : mb <= most };
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
  const reports = openSiteBuilding(store, SETTINGS, { nowMs: () => nowMs });
  // Who is there is told from names when the server starts.
  await reports.model();
  const startMb = residentMb();
  let zones = 0;
  const rank = async (): Promise<void> => {
    zones = (await reports.overview(MONTH)).zones.length;
  };
  const list = () => reports.overview(DAY);
  const coldMs = await timed(rank);
  const before = { fromMs: MONTH.fromMs - 40 * DAY_MS, toMs: MONTH.toMs - 40 * DAY_MS };
  const anotherMs = await timed(() => reports.overview(before));
  const warmMs = await middle(rank);
  const listColdMs = await timed(list);
  const listMs = await middle(list);
  const zoneMs = await middle(oneZone(reports));
  const again = async (work: () => Promise<unknown>): Promise<number> => {
    const took: number[] = [];
    for (let round = 0; round < 9; round += 1) {
      nowMs += 1_000;
      await say(store, 1 + round * 5, nowMs);
      took.push(await timed(work));
    }
    return median(took);
  };
  const readingMs = await again(rank);
  const listReadingMs = await again(list);
  const held = () => reports.overrides(MONTH);
  const heldColdMs = await timed(held);
  const heldMs = await middle(held);
  const heldReadingMs = await again(held);
  for (let month = 1; month <= 12; month += 1) {
    const toMs = END_MS - (month - 1) * 28 * DAY_MS - 3 * DAY_MS;
    await reports.overview({ fromMs: toMs - 28 * DAY_MS, toMs });
  }
  const told: Measured = {
    zones,
    coldMs,
    anotherMs,
    warmMs,
    readingMs,
    zoneMs,
    listColdMs,
    listMs,
    listReadingMs,
    heldColdMs,
    heldMs,
    heldReadingMs,
    startMb,
    mb: residentMb(),
  };
  process.send?.(told);
  await store.close();
}

/** Another one each time, so that nothing of it was read before. */
function oneZone(reports: BuildingReports): () => Promise<unknown> {
  let next = 0;
  return async () => {
    next += 37;
    const floor = Math.floor((next % ZONES) / 20) + 1;
    const detail = await reports.zone(`vav-${floor}-${String((next % 20) + 1).padStart(2, "0")}`, MONTH);
    if (detail === undefined) throw new Error("the zone is not there");
  };
}

async function middle(work: () => Promise<unknown>): Promise<number> {
  const took: number[] = [];
  for (let round = 0; round < 9; round += 1) took.push(await timed(work));
  return median(took);
}

async function say(store: Store, seriesId: number, tMs: number): Promise<void> {
  const samples = {
    seriesId: Int32Array.of(seriesId),
    tMs: Float64Array.of(tMs + QUARTER_MS),
    value: Float64Array.of(73.4),
    quality: new Uint16Array(1),
    code: new Uint16Array(1),
  };
  await store.append({ receivedMs: tMs, samples, rejects: [], messages: [] });
}

function residentMb(): number {
  const match = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"));
  return Number(match?.[1] ?? Number.NaN) / 1024;
}
