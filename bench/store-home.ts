import { statSync } from "node:fs";
import { join } from "node:path";
import { homeColumn } from "./home-data.ts";
import { registerSeries } from "./register.ts";
import { scratch, shippedStore } from "./scratch.ts";
import { count, median, printTable, timed } from "./table.ts";

// 30 series × 10 s × 1 year: import, disk, raw reads, a year as a thousand points.
const SERIES = 30;
const DAYS = 365;
const ROWS = DAYS * 8640;
const START_MS = Date.UTC(2025, 0, 1);

const folder = scratch();
const store = await shippedStore(folder);
const ids = await registerSeries(store, SERIES);

let importMs = 0;
for (const [index, id] of ids.entries()) {
  const column = homeColumn(index, ROWS, START_MS);
  const startMs = performance.now();
  await store.importColumn(id, column, { receivedMs: START_MS + DAYS * 86_400_000 });
  importMs += performance.now() - startMs;
}
await store.checkpoint();
const samples = SERIES * ROWS;
const bytes = statSync(join(folder, "wattkeep.db")).size;

const whole = { fromMs: START_MS, toMs: START_MS + DAYS * 86_400_000 + 60_000 };
/** A year in about a thousand points. */
const BUCKET_MS = 32_400_000;
// The process is warm once another series has been read; the first read of this one still finds nothing cached.
await store.read(2, whole);
await store.readBuckets(2, whole, BUCKET_MS);
const firstMs = await timed(() => store.readBuckets(5, whole, BUCKET_MS));
const againMs: number[] = [];
for (let round = 0; round < 9; round++) againMs.push(await timed(() => store.readBuckets(5, whole, BUCKET_MS)));
const rawMs: number[] = [];
for (const id of [5, 6, 9, 13, 17]) rawMs.push(await timed(() => store.read(id, whole)));

const perSample = bytes / samples;
const rawRate = ROWS / (median(rawMs) / 1000);
const importRate = samples / (importMs / 1000);
printTable([
  { what: "bulk import, without parsing", measured: `${count(importRate)} samples/s`, claim: "≥ 1 M samples/s", holds: importRate >= 1e6 },
  { what: "30 series × 10 s × 1 year on disk", measured: `${perSample.toFixed(2)} bytes/sample`, claim: "≤ 2", holds: perSample <= 2 },
  { what: "one series raw, whole year", measured: `${count(rawRate)} samples/s`, claim: "≥ 10 M samples/s", holds: rawRate >= 1e7 },
  { what: "a year as about 1,000 points, first read", measured: `${firstMs.toFixed(1)} ms`, claim: "≤ 25 ms", holds: firstMs <= 25 },
  {
    what: "a year as about 1,000 points, again",
    measured: `${median(againMs).toFixed(1)} ms`,
    claim: "≤ 5 ms",
    holds: median(againMs) <= 5,
  },
]);
await store.close();
