import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BATCH } from "#store/contract/appending-child.ts";
import { KEPT } from "#store/contract/expiring-child.ts";
import { EVER, START_MS } from "#store/contract/world.ts";
import { childProgram, ended } from "#test/child-program.ts";
import { openStore } from "./sqlite-store.ts";

const WORKER_URL = new URL("../../../dist/store-worker.js", import.meta.url);
const KILLS = 4;

let folder: string;
let program: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "wattkeep-killed-"));
  program = await childProgram(new URL("../contract/expiring-child.ts", import.meta.url));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the child until it has confirmed some batches, kills it in the middle of its work and says what it had confirmed. */
async function runAndKill(first: number, batches: number): Promise<{ confirmed: number; cut: number }> {
  const env = { ...process.env, WATTKEEP_EXPIRING_CHILD: "1" };
  const child = spawn(process.execPath, [program, folder, WORKER_URL.href, String(first)], { env, stdio: ["ignore", "pipe", "inherit"] });
  let [confirmed, cut] = [first, 0];
  for await (const line of createInterface({ input: child.stdout })) {
    [confirmed = first, cut = 0] = line.split(" ").map(Number);
    if (confirmed >= first + batches * BATCH) child.kill("SIGKILL");
  }
  expect(await ended(child)).toBe("SIGKILL");
  return { confirmed, cut };
}

test("after a kill what was forgotten stays forgotten, and what was to stay is all there", async () => {
  let first = 0;
  for (let kill = 1; kill <= KILLS; kill++) {
    const { confirmed, cut } = await runAndKill(first, 23 * kill + 10);
    const store = await openStore({ folder, inProcess: true });
    for (const series of [1, 3]) {
      const { tMs } = await store.read(series, EVER);
      const values = Array.from(tMs, (at) => (at - START_MS) / 1_000);
      const [from = -1, n = 0] = [values[0], (values.at(-1) ?? -1) + 1];
      expect(values).toEqual(Array.from({ length: n - from }, (_, i) => from + i));
      expect(from).toBeGreaterThanOrEqual(cut);
      expect(from).toBeLessThanOrEqual(n - Math.min(n, KEPT));
      expect(n).toBeGreaterThanOrEqual(confirmed);
      first = n;
    }
    expect((await store.verify()).damage).toEqual([]);
    await store.close();
  }
});
