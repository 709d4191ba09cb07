import type { Zone } from "#calendar/zone.ts";
import type { BackupReport } from "#store/records.ts";
import { type Progress, type Store, StoreError } from "#store/store.ts";
import type { BackupFolder } from "./backup-folder.ts";
import { BackupProblem } from "./backup-problem.ts";
import type { KeepRule } from "./keepers.ts";
import { copyName, type Manifest } from "./manifest.ts";

type CopiedStore = Pick<Store, "backup" | "changeMark" | "checkpoint" | "stats">;

interface CopyParts {
  readonly store: CopiedStore;
  readonly folder: BackupFolder;
  readonly nowMs: () => number;
  readonly keep: KeepRule;
  readonly zone: Zone;
}

/** What a run did to the folder of copies. */
export interface Made {
  /** Left out where nothing had changed. */
  readonly made?: Manifest;
  /** The newest whole copy there is now. */
  readonly newest: Manifest | undefined;
  /** Names of copies the rule took out. */
  readonly gone: readonly string[];
  /** How many are kept. */
  readonly kept: number;
}

/**
 * Makes a copy unless the newest whole one holds the same, and then takes out what the rule does not keep; in this order, so that
 * a good copy never goes before there is a newer one. Errors: BackupProblem, StoreError.
 */
export async function makeCopy(parts: CopyParts, progress: Progress): Promise<Made> {
  const { store, folder, keep, zone } = parts;
  await folder.clean();
  const before = await folder.list();
  const newest = before.find(({ verified }) => verified);
  if (newest !== undefined && newest.mark === (await store.changeMark())) return { newest, gone: [], kept: before.length };
  const { fileBytes, logBytes } = await store.stats();
  await folder.demandSpace(fileBytes + logBytes);
  // What waits in memory goes into blocks first, so that the count of what was read back is the count of all there is.
  await store.checkpoint();
  const made = await copy(parts, before, progress);
  const gone = await folder.thin(keep, zone);
  return { made, newest: made.verified ? made : newest, gone, kept: (await folder.list()).length };
}

async function copy({ store, folder, nowMs }: CopyParts, before: readonly Manifest[], progress: Progress): Promise<Manifest> {
  // Two in one second, or a clock that was set back: names stay in the order in which copies were made, and are never given twice.
  const madeMs = Math.max(Math.floor(nowMs() / 1000) * 1000, (before[0]?.madeMs ?? 0) + 1000);
  const file = copyName(madeMs);
  const { bytes, samples, damage, sha256, format, mark } = await backUp(store, folder, { file, progress });
  const manifest = { file, madeMs, bytes, samples, verified: damage.length === 0, sha256, format, mark };
  try {
    await folder.finish(manifest);
  } catch (error) {
    // On a full disk what has no name yet is the first to go.
    await folder.clean().catch(() => undefined);
    throw error;
  }
  return manifest;
}

async function backUp(store: CopiedStore, folder: BackupFolder, of: { file: string; progress: Progress }): Promise<BackupReport> {
  try {
    return await store.backup(folder.making(of.file), of.progress);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    if (error.code === "disk-full") throw folder.full(error);
    if (error.code === "not-writable")
      throw new BackupProblem("not-writable", "The folder for backups cannot be written to. Check its drive, and who may write there.", {
        cause: error,
      });
    if (error.code === "cancelled")
      throw new BackupProblem("cancelled", "The program ended before the copy was whole; the next run makes it.", { cause: error });
    throw error;
  }
}
