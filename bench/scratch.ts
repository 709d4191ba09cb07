import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import type { Store } from "#store/store.ts";

// `npm run` stands in the package's folder, whichever part or role of a bench asks.
/** The worker as it is shipped. */
export const WORKER = pathToFileURL(resolve("dist/store-worker.js"));
/** The server as it is shipped. */
export const SERVER = resolve("dist/wattkeep.js");
/** The bundled benches. */
export const BUILT = resolve("node_modules/.cache/wattkeep-bench");

// One that is told to stop goes through its exit, where its folder is removed.
process.once("SIGTERM", () => process.exit(143));

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
