import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BATCH } from "#store/contract/appending-child.ts";
import { EVER, expectBalanced, pairs, START_MS } from "#store/contract/world.ts";
import { childProgram, ended } from "#test/child-program.ts";
import { openStore } from "./sqlite-store.ts";

const WORKER_URL = new URL("../../../dist/store-worker.js", import.meta.url);
const KILLS = 3;

let folder: string;
let program: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "wattkeep-killed-"));
  program = await childProgram(new URL("../contract/appending-child.ts", import.meta.url));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the child until it has confirmed some batches, kills it in the middle of its work and says what it had confirmed. */
async function runAndKill(first: number, batches: number): Promise<number> {
  const env = { ...process.env, WATTKEEP_APPENDING_CHILD: "1" };
  const child = spawn(process.execPath, [program, folder, WORKER_URL.href, String(first)], { env, stdio: ["ignore", "pipe", "inherit"] });
  let confirmed = first;
  for await (const line of createInterface({ input: child.stdout })) {
    confirmed = Number(line);
    if (confirmed >= first + batches * BATCH) child.kill("SIGKILL");
  }
  expect(await ended(child)).toBe("SIGKILL");
  return confirmed;
}

test("after a kill everything confirmed is there once, and the batch under way is there whole or not at all", async () => {
  let first = 0;
  for (let kill = 1; kill <= KILLS; kill++) {
    const confirmed = await runAndKill(first, 37 * kill);
    const store = await openStore({ folder, inProcess: true });
    const n = (await store.extent([1]))[0]?.count ?? 0;
    expect(n).toBeGreaterThanOrEqual(confirmed);
    expect(n).toBeLessThanOrEqual(confirmed + BATCH);
    expect(n % BATCH).toBe(0);
    const expected = Array.from({ length: n }, (_, i) => [START_MS + i * 1_000, i]);
    expect(pairs(await store.read(1, EVER))).toEqual(expected);
    expect(pairs(await store.read(3, EVER))).toEqual(expected);
    await expectBalanced(store);
    expect(await store.ledger()).toMatchObject([
      { source: "air", items: n, stored: n, duplicate: 0 },
      { source: "meter", messages: n / BATCH, items: n, stored: n, duplicate: 0 },
    ]);
    const raw = await store.raw("meter", { after: 0, limit: 100_000 });
    expect(raw.map((row) => row.message.receivedMs - START_MS)).toEqual(Array.from({ length: n / BATCH }, (_, i) => i * BATCH));
    expect((await store.inbox())[0]?.hashes.at(-1)).toBe(n - BATCH);
    expect((await store.verify()).damage).toEqual([]);
    await store.close();
    first = n;
  }
});
