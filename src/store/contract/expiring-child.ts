import { writeSync } from "node:fs";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import { BATCH, rowsFrom } from "./appending-child.ts";
import { batchOf, START_MS } from "./world.ts";

/**
 * A process to be killed: appends without end, forgets all but the newest few samples now and then, and says after each answer how many
 * samples are confirmed and before which nothing is left. Arguments: data folder, address of the worker, the number to begin with.
 */
export const KEPT = 300;

async function main(folder: string, workerUrl: string, first: number): Promise<void> {
  const store = await openStore({ folder, workerUrl: new URL(workerUrl) });
  let cut = 0;
  for (let n = first; ; n += BATCH) {
    await store.append(batchOf(rowsFrom(n), { receivedMs: START_MS + n * 1_000 }));
    if (n % (3 * BATCH) === 0 && n > KEPT) {
      await store.expireSamples([1, 3], START_MS + (n - KEPT) * 1_000);
      cut = n - KEPT;
    }
    writeSync(1, `${n + BATCH} ${cut}\n`);
    if (n % (20 * BATCH) === 0) void store.checkpoint();
  }
}

const [folder, workerUrl, first] = process.argv.slice(2);
if (folder !== undefined && workerUrl !== undefined && process.env["WATTKEEP_EXPIRING_CHILD"] === "1")
  await main(folder, workerUrl, Number(first));
