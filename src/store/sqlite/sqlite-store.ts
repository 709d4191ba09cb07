import type { Store } from "#store/store.ts";
import type { Logger } from "./background.ts";
import { faceOf } from "./face.ts";
import { LocalDesk } from "./local-desk.ts";
import { acquireLock } from "./lock.ts";
import { WorkerDesk } from "./worker-desk.ts";

export interface OpenStoreOptions {
  /** Data folder; made when it is not there. */
  readonly folder: string;
  /** The bundled worker; beside the bundle unless said. */
  readonly workerUrl?: URL;
  /** Everything on the caller's thread, for tests and short commands. */
  readonly inProcess?: boolean;
  readonly nowMs?: () => number;
  readonly logger?: Logger;
  /** Called with why when the worker ends by itself: every call fails from then on, so the process has to be started again. */
  readonly stopped?: (sentence: string) => void;
}

const SILENT: Logger = { info() {}, warn() {}, error() {} };

/**
 * Opens the store of a data folder, bringing it to the newest format. One process holds a data folder at a time.
 * Errors: StoreError `locked`, `not-writable`, `damaged`, `newer-format`, `no-space-to-migrate`, `disk-full`.
 */
export async function openStore(options: OpenStoreOptions): Promise<Store> {
  const { folder, nowMs = Date.now, logger = SILENT, stopped = () => {} } = options;
  const release = acquireLock(folder);
  try {
    if (options.inProcess === true) return faceOf(new LocalDesk({ folder, nowMs, release }, logger));
    const workerUrl = options.workerUrl ?? new URL("./store-worker.js", import.meta.url);
    return faceOf(await WorkerDesk.open({ folder, workerUrl, nowMs, logger, release, stopped }));
  } catch (error) {
    release();
    throw error;
  }
}
