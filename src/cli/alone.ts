import { DIALECTS } from "#dialects/catalogue.ts";
import { openLine } from "#intake/line.ts";
import { redrive } from "#intake/redrive.ts";
import { intakeSources } from "#sources.ts";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import { StoreError } from "#store/store.ts";
import { Exit } from "./exit.ts";
import type { Settings } from "./settings.ts";
import type { TaskHouse } from "./task.ts";

const SILENT = { info() {}, warn() {}, error() {} };

/** The store of a data folder for one command, where no server holds it. Errors: Exit 1 where it cannot be opened. */
export async function openAlone({ config, demo, dataFolder }: Settings): Promise<{ house: TaskHouse; close(): Promise<void> }> {
  const nowMs = Date.now;
  const store = await openStore({ folder: dataFolder, nowMs }).catch((error: unknown) => {
    throw error instanceof StoreError ? new Exit(1, error.message) : error;
  });
  const house: TaskHouse = {
    store,
    nowMs,
    async redrive(choice) {
      const line = await openLine({
        store,
        sources: intakeSources(config, demo),
        dialects: DIALECTS,
        sites: config.sites,
        nowMs,
        logger: SILENT,
      });
      return redrive(store, line, choice).finally(() => line.close());
    },
  };
  return { house, close: () => store.close() };
}
