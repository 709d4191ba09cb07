import { fork } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import type { SampleColumns } from "#store/batch.ts";
import type { Store } from "#store/store.ts";
import { buildingValue, dice } from "./home-data.ts";
import { registerSeries } from "./register.ts";
import { scratch, shippedStore } from "./scratch.ts";
import { count, median, printTable } from "./table.ts";

// 2,000 series × 15 min: a year imported, then 60 days through the live path, latest of all, restart after a kill.
const SERIES = 2000;
const QUARTER_MS = 900_000;
const YEAR = 365 * 96;
const LIVE = 60 * 96;
const START_MS = Date.UTC(2025, 0, 1);
const IMPORTED_TO_MS = START_MS + YEAR * QUARTER_MS;

if (process.argv[2] === "child") await child(process.argv[3] as string);
else await main();

async function main(): Promise<void> {
  const folder = scratch();
  const { liveMs, latestMs } = await killedAfter(folder);
  const startMs = performance.now();
  const store = await shippedStore(folder);
  await store.read(1234, { fromMs: IMPORTED_TO_MS, toMs: IMPORTED_TO_MS + LIVE * QUARTER_MS });
  const restartMs = performance.now() - startMs;
  await store.checkpoint();
  await store.close();
  const bytes = statSync(join(folder, "wattkeep.db")).size;
  const perSample = bytes / (SERIES * (YEAR + LIVE));
  const liveRate = (SERIES * LIVE) / (liveMs / 1000);
  printTable([
    {
      what: "2,000 series × 15 min × 1 year + 60 days live, on disk",
      measured: `${perSample.toFixed(2)} bytes/sample`,
      claim: "≤ 4",
      holds: perSample <= 4,
    },
    { what: "live path, 2,000 samples per commit", measured: `${count(liveRate)} samples/s`, claim: "", holds: undefined },
    { what: "latest of 2,000 series", measured: `${latestMs.toFixed(1)} ms`, claim: "≤ 10 ms", holds: latestMs <= 10 },
    {
      what: "restart after SIGKILL, first read answered",
      measured: `${restartMs.toFixed(0)} ms`,
      claim: "≤ 2,000 ms",
      holds: restartMs <= 2000,
    },
  ]);
}

/** Runs the writing in a child, which is killed while it still writes. */
function killedAfter(folder: string): Promise<{ liveMs: number; latestMs: number }> {
  return new Promise((resolve, reject) => {
    const writer = fork(process.argv[1] as string, ["child", folder]);
    let said: { liveMs: number; latestMs: number } | undefined;
    writer.on("message", (message) => {
      said = message as { liveMs: number; latestMs: number };
      setTimeout(() => writer.kill("SIGKILL"), 1000);
    });
    writer.on("exit", () => (said ? resolve(said) : reject(new Error("the writer ended early"))));
  });
}

async function child(folder: string): Promise<void> {
  let clockMs = IMPORTED_TO_MS;
  const store = await shippedStore(folder, () => clockMs);
  const ids = await registerSeries(store, SERIES);
  for (const id of ids) await importYear(store, id);
  const roll = dice(7);
  const startMs = performance.now();
  for (let k = 0; k < LIVE; k++) {
    clockMs = IMPORTED_TO_MS + (k + 1) * QUARTER_MS;
    await append(store, ids, { tMs: clockMs - QUARTER_MS, k: YEAR + k, roll });
  }
  const liveMs = performance.now() - startMs;
  const tookMs: number[] = [];
  for (let round = 0; round < 9; round++) {
    const beforeMs = performance.now();
    await store.latest();
    tookMs.push(performance.now() - beforeMs);
  }
  process.send?.({ liveMs, latestMs: median(tookMs) });
  for (let k = LIVE; ; k++) await append(store, ids, { tMs: IMPORTED_TO_MS + k * QUARTER_MS, k: YEAR + k, roll });
}

async function importYear(store: Store, id: number): Promise<void> {
  const roll = dice(id);
  const column = { tMs: new Float64Array(YEAR), value: new Float64Array(YEAR), quality: new Uint16Array(YEAR) };
  for (let k = 0; k < YEAR; k++) {
    column.tMs[k] = START_MS + k * QUARTER_MS;
    column.value[k] = buildingValue(id, k, roll);
  }
  await store.importColumn(id, column, { receivedMs: IMPORTED_TO_MS });
}

async function append(store: Store, ids: readonly number[], at: { tMs: number; k: number; roll: () => number }): Promise<void> {
  const samples: SampleColumns = {
    seriesId: Int32Array.from(ids),
    tMs: new Float64Array(ids.length).fill(at.tMs),
    value: Float64Array.from(ids, (id) => buildingValue(id, at.k, at.roll)),
    quality: new Uint16Array(ids.length),
    code: new Uint16Array(ids.length),
  };
  await store.append({ receivedMs: at.tMs + 500, samples, rejects: [], messages: [] });
}
