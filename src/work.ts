import type { Config } from "#config/config.ts";
import { DIALECTS } from "#dialects/catalogue.ts";
import type { CommittedBatch } from "#intake/committed.ts";
import { DropFolder } from "#intake/folder/drop-folder.ts";
import type { Folder, Look } from "#intake/folder/folder.ts";
import { lookSentence } from "#intake/folder/look.ts";
import type { IntakeLine } from "#intake/line.ts";
import type { Logger, Source } from "#intake/source.ts";
import type { Job, JobOutcome, Jobs } from "#jobs/job.ts";
import { openJobs } from "#jobs/open-jobs.ts";
import type { PlantReports } from "#reports/plant.ts";
import type { Series } from "#sites/registry.ts";
import type { Progress, Store } from "#store/store.ts";
import { judgeOf } from "./judging.ts";
import { after } from "./timer.ts";

export interface WorkParts {
  readonly config: Config;
  /** The configured sources, as intake has them. */
  readonly sources: readonly Source[];
  readonly store: Store;
  readonly line: IntakeLine;
  readonly plants: readonly PlantReports[];
  /** Jobs of others: what leaves for other systems. */
  readonly jobs?: readonly Job[];
  readonly announce?: (committed: CommittedBatch) => void;
  readonly nowMs: () => number;
  readonly logger: Logger;
  /** False for a single command: nothing is watched, and nothing runs by itself. */
  readonly scheduled: boolean;
}

/** What goes on beside messages: files that are dropped, and work that is due by the clock. */
export interface Work {
  readonly jobs: Jobs;
  readonly folders: readonly DropFolder[];
  /** Looks through any folder as if it were one of the source's, by hand. */
  importFolder(source: string, folder: Omit<Folder, "source">, progress: Progress): Promise<Look>;
  /** What an import of other systems fills. */
  readonly ensureSeries: (draft: Omit<Series, "id">) => Promise<Series>;
  /** Where an import of other systems makes points and series of its own. */
  readonly line: Pick<IntakeLine, "within">;
  close(): Promise<void>;
}

/** Opens drop folders and jobs. Errors: those of the store. */
export async function openWork(parts: WorkParts): Promise<Work> {
  const { config, store, line, nowMs, logger, announce } = parts;
  const taking = { store, line, dialects: DIALECTS, nowMs, logger, after, judge: judgeOf(parts.plants), ...(announce ? { announce } : {}) };
  const folders = parts.sources.flatMap((source) => {
    const folder = config.sources.find(({ name }) => name === source.name)?.folder;
    return folder === undefined ? [] : [new DropFolder({ source, ...folder }, taking)];
  });
  const own = folders.length === 0 ? [] : [sweepJob(folders, zoneOf(config))];
  const clock = { nowMs, after };
  const jobs = await openJobs({ jobs: [...own, ...(parts.jobs ?? [])], store, clock, logger, scheduled: parts.scheduled });
  if (parts.scheduled) for (const folder of folders) folder.open();
  return {
    jobs,
    folders,
    async importFolder(source, folder, progress) {
      const of = folders.find((one) => one.folder.source.name === source);
      if (of === undefined) throw new Error(`There is no source ${source} with a folder.`);
      return of.lookInto(folder, { thorough: true, progress });
    },
    ensureSeries: (draft) => line.ensureSeries(draft),
    line,
    async close() {
      await jobs.close();
      await Promise.all(folders.map((folder) => folder.close()));
    },
  };
}

/** Looks through every drop folder, whatever its watch has or has not seen, and tries again what was refused. */
function sweepJob(folders: readonly DropFolder[], zone: string): Job {
  return {
    name: "csv-sweep",
    title: "Look through drop folders",
    schedule: "5 * * * *",
    zone,
    async run({ signal, progress }): Promise<JobOutcome> {
      const looks: Look[] = [];
      for (const folder of folders) {
        if (signal.aborted) break;
        looks.push(await folder.look({ thorough: true, progress: (...how) => !signal.aborted && (progress(...how) ?? true) }));
      }
      return outcomeOf(looks);
    },
  };
}

/** What looks at folders came to, for the history of jobs and for commands. */
export function outcomeOf(looks: readonly Look[]): JobOutcome {
  const files = looks.flatMap((look) => look.files);
  const count = (kind: "new" | "confirmed" | "replaced" | "unchanged"): number =>
    files.reduce((sum, { report }) => sum + (report?.counts?.[kind] ?? 0), 0);
  const refused = files.filter(({ status }) => status === "failed").length;
  const failed = refused > 0 || looks.some(({ problem }) => problem !== undefined);
  const counts = {
    files: files.length,
    refused,
    known: looks.reduce((sum, look) => sum + look.known, 0),
    waiting: looks.reduce((sum, look) => sum + look.waiting.length, 0),
    ...{ new: count("new"), confirmed: count("confirmed"), replaced: count("replaced"), unchanged: count("unchanged") },
  };
  return { sentence: lookSentence(looks), counts, ...(failed ? { failed } : {}) };
}

/** Zone of the first site with a drop folder. */
function zoneOf({ sites, sources }: Config): string {
  const site = sources.find(({ folder }) => folder !== undefined)?.site;
  return (sites.find(({ id }) => id === site) ?? sites[0])?.zone ?? "UTC";
}
