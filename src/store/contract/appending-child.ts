import { writeSync } from "node:fs";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import { batchOf, runOf, type SampleRow, START_MS } from "./world.ts";

/**
 * A process to be killed: appends without end and says after each answer how many samples of series 1 are confirmed.
 * Arguments: data folder, address of the worker, the number to begin with.
 */
export const BATCH = 50;

/** Series 1 in order of time, series 3 with every other sample late. */
export function rowsFrom(n: number): SampleRow[] {
  const rows: SampleRow[] = [];
  for (let i = n; i < n + BATCH; i++) {
    const swapped = i % 2 === 0 ? i + 1 : i - 1;
    rows.push([1, START_MS + i * 1_000, i], [3, START_MS + swapped * 1_000, swapped]);
  }
  return rows;
}

async function main(folder: string, workerUrl: string, first: number): Promise<void> {
  const store = await openStore({ folder, workerUrl: new URL(workerUrl) });
  for (let n = first; ; n += BATCH) {
    const messages = [{ source: "meter", withItems: 1, without: {} }];
    const raw = [
      { source: "meter", topic: "t", body: new Uint8Array(300).fill(n % 251), receivedMs: START_MS + n, qos: 1, retained: false },
    ] as const;
    await store.append(
      batchOf(rowsFrom(n), {
        messages,
        raw,
        inbox: [runOf("main", [[n % 65_536, n]])],
        receivedMs: START_MS + n * 1_000,
      }),
    );
    writeSync(1, `${n + BATCH}\n`);
    if (n % (40 * BATCH) === 0) void store.checkpoint();
  }
}

const [folder, workerUrl, first] = process.argv.slice(2);
if (folder !== undefined && workerUrl !== undefined && process.env["WATTKEEP_APPENDING_CHILD"] === "1")
  await main(folder, workerUrl, Number(first));
