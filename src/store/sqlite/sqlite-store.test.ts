import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { storeContract } from "#store/contract/store-contract.ts";
import type { Home } from "#store/contract/world.ts";
import type { Store } from "#store/store.ts";
import { openStore } from "./sqlite-store.ts";

const WORKER_URL = new URL("../../../dist/store-worker.js", import.meta.url);

async function openHome(inProcess: boolean): Promise<Home> {
  const scratch = mkdtempSync(join(tmpdir(), "wattkeep-store-"));
  const opened: Store[] = [];
  const open = async (folder: string) => {
    const store = await openStore({ folder, inProcess, workerUrl: WORKER_URL });
    opened.push(store);
    return store;
  };
  const folder = join(scratch, "data");
  return {
    scratch,
    store: await open(folder),
    async reopen() {
      await opened.at(-1)?.close();
      return open(folder);
    },
    async openBackup(file) {
      const copy = mkdtempSync(join(scratch, "copy-"));
      mkdirSync(dirname(copy), { recursive: true });
      cpSync(file, join(copy, "wattkeep.db"));
      return open(copy);
    },
    async end() {
      for (const store of opened) await store.close();
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}

storeContract("SQLite in this thread", () => openHome(true));
storeContract("SQLite in a worker", () => openHome(false));
