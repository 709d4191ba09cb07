import { backingUp } from "#backing-up.ts";
import { importCsv } from "#csv-import.ts";
import { DIALECTS } from "#dialects/catalogue.ts";
import { influxOutletJobs } from "#influx-outlet.ts";
import { type IntakeLine, openLine } from "#intake/line.ts";
import { redrive } from "#intake/redrive.ts";
import { openMeters } from "#meters.ts";
import { plantsOf } from "#plants.ts";
import { pullJobs } from "#pulls.ts";
import { retentionJobs } from "#retention.ts";
import { intakeSources } from "#sources.ts";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import { StoreError } from "#store/store.ts";
import { openWork, type Work } from "#work.ts";
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
  const sources = intakeSources(config, demo);
  const lineHere = (): Promise<IntakeLine> => openLine({ store, sources, dialects: DIALECTS, sites: config.sites, nowMs, logger: SILENT });
  let opened: { work: Work; line: IntakeLine } | undefined;
  const house: TaskHouse = {
    store,
    nowMs,
    async work() {
      if (opened !== undefined) return opened.work;
      const line = await lineHere();
      const meters = await openMeters({ config, store, nowMs });
      const work = await openWork({
        config,
        sources,
        store,
        line,
        plants: await plantsOf({ config, demo, store, nowMs }),
        jobs: [
          backingUp({ config, demo, store, nowMs, logger: SILENT }).job,
          ...retentionJobs({ config, store, nowMs, logger: SILENT }),
          ...pullJobs({ config, store, line, nowMs }),
          ...influxOutletJobs(config, { meters: meters.current, store, nowMs }),
        ],
        nowMs,
        logger: SILENT,
        scheduled: false,
      });
      opened = { work, line };
      return work;
    },
    async importCsv(wish) {
      const line = await lineHere();
      const meters = await openMeters({ config, store, nowMs });
      return importCsv(wish, { store, line, nowMs, meters }).finally(() => line.close());
    },
    async redrive(choice) {
      const line = await lineHere();
      return redrive(store, line, choice).finally(() => line.close());
    },
  };
  const close = async (): Promise<void> => {
    await opened?.work.close();
    await opened?.line.close();
    await store.close();
  };
  return { house, close };
}
