import { fork } from "node:child_process";
import { USUAL_BUILDING } from "#config/buildings.ts";
import type { BuildingSettings } from "#reports/building-settings.ts";
import { openSiteBuilding } from "#reports/open-building.ts";
import { type Series, seriesKey } from "#sites/registry.ts";
import type { Store } from "#store/store.ts";
import { END_MS, fillYear, QUARTER_MS, ROWS, SITE, START_MS, ZONE } from "./building-year.ts";
import { dice } from "./home-data.ts";
import { scratch, shippedStore } from "./scratch.ts";
import { median, msRow, printTable, timed } from "./table.ts";

// What caused a peak in a building of 2,000 histories and a year of quarter-hours, asked in a process that has read nothing yet.
const SETTINGS: BuildingSettings = {
  ...USUAL_BUILDING,
  ...{ site: SITE, siteName: "Bench tower", zone: ZONE, currency: "USD", holidays: [], declared: true },
  ...{ rules: [], decisions: [], equipment: [], ranked: ["station"] },
};

interface Measured {
  readonly movers: number;
  readonly coldMs: number;
  readonly warmMs: number;
  readonly otherMs: number;
}

if (process.argv[2] === "child") await child(process.argv[3] as string);
else await main();

async function main(): Promise<void> {
  const folder = scratch();
  const store = await shippedStore(folder, () => END_MS);
  const series = await fillYear(store);
  await fillMeters(store, series + 1);
  await store.checkpoint();
  await store.close();
  const seen = await measured(folder);
  printTable([
    msRow(`what caused a peak among ${series + 2} series, nothing read before`, seen.coldMs, 2_000),
    msRow("the same again", seen.warmMs, 50),
    msRow("another interval", seen.otherMs, 2_000),
  ]);
}

/** The whole, and the weather. */
async function fillMeters(store: Store, firstId: number): Promise<void> {
  const roll = dice(7);
  const tMs = Float64Array.from({ length: ROWS }, (_, k) => START_MS + k * QUARTER_MS);
  const told = [
    { name: "Main Electric Power", quantity: "power", unit: "kW", value: (k: number) => 300 + 150 * Math.sin(k / 15.3) + 40 * roll() },
    {
      name: "Outdoor Air Temp",
      quantity: "temperature",
      unit: "°F",
      value: (k: number) => 70 + 12 * Math.sin(k / 15.3) + 15 * Math.sin(k / 5_500),
    },
  ];
  const rows = told.map(({ name, quantity, unit, value }, i) => {
    const parts = { site: SITE, point: name.toLowerCase().replaceAll(" ", "-"), quantity, source: "station" };
    const series: Series = { id: firstId + i, key: seriesKey(parts), ...parts, kind: "gauge", unit, equalInstant: "last" };
    return { name, series, value };
  });
  await store.register({
    points: rows.map(({ name, series }) => ({ site: SITE, id: series.point, name, about: { station: "Bench", path: name } })),
    series: rows.map(({ series }) => series),
  });
  for (const { series, value } of rows) {
    const column = { tMs, value: Float64Array.from({ length: ROWS }, (_, k) => value(k)), quality: new Uint16Array(ROWS) };
    await store.importColumn(series.id, column, { receivedMs: END_MS });
  }
}

function measured(folder: string): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const pass = fork(process.argv[1] as string, ["child", folder], { execArgv: ["--max-semi-space-size=4"] });
    let said: Measured | undefined;
    pass.on("message", (message) => {
      said = message as Measured;
    });
    pass.on("exit", () => (said ? resolve(said) : reject(new Error("the pass ended early"))));
  });
}

async function child(folder: string): Promise<void> {
  const store = await shippedStore(folder, () => END_MS);
  const reports = openSiteBuilding(store, SETTINGS, { nowMs: () => END_MS });
  await reports.model();
  let movers = 0;
  const ask = async (agoMs?: number): Promise<void> => {
    const fromMs = END_MS - (agoMs ?? 0);
    const found = await reports.peak?.(agoMs === undefined ? {} : { range: { fromMs, toMs: fromMs + QUARTER_MS } });
    if (found === undefined) throw new Error("nothing was found");
    movers = found.movers.length;
  };
  const coldMs = await timed(() => ask());
  const again: number[] = [];
  for (let round = 0; round < 9; round += 1) again.push(await timed(() => ask()));
  const otherMs = await timed(() => ask(200 * QUARTER_MS));
  process.send?.({ movers, coldMs, warmMs: median(again), otherMs } satisfies Measured);
  await store.close();
}
