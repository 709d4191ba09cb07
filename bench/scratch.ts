import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import type { Store } from "#store/store.ts";

/** The worker as it is shipped. */
export const WORKER = new URL("../../../dist/store-worker.js", import.meta.url);
/** The bundled benches. */
export const BUILT = fileURLToPath(new URL("./", import.meta.url));

/** A folder that is gone when the process ends. */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), "wattkeep-bench-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The store as the server opens it: one worker, synchronous FULL. */
export function shippedStore(folder: string, nowMs: () => number = Date.now): Promise<Store> {
  return openStore({ folder, workerUrl: WORKER, nowMs });
}
