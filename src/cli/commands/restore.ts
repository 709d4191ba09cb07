import { existsSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Command } from "commander";
import { findControl } from "#cli/control.ts";
import { Exit } from "#cli/exit.ts";
import { copyMeant } from "#cli/kept-copies.ts";
import { terminalProgress } from "#cli/progress.ts";
import { readSettings, withConfig } from "#cli/settings.ts";
import { sha256Of } from "#outlets/backup/hash.ts";
import { acquireLock } from "#store/sqlite/lock.ts";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import { StoreError } from "#store/store.ts";

const STORE_FILE = "wattkeep.db";

/** `wattkeep restore WHAT`: puts a backup in place of the store and keeps what was there. */
export function restoreCommand(program: Command): void {
  withConfig(program.command("restore"))
    .argument("<backup>", "a copy, a folder with copies (its newest is taken), or `latest`; `wattkeep backups` lists them")
    .option("--even-damaged", "also a copy with damaged blocks: their samples are lost, all others come back")
    .description("put a backup in place of the store; what was there is kept beside it. The server must be stopped")
    .action(async (given: string, options) => {
      const { config, dataFolder } = readSettings(options);
      const { file, manifest } = await copyMeant(given, config);
      await mkdir(dataFolder, { recursive: true });
      const release = locked(dataFolder, await findControl(dataFolder));
      try {
        if (manifest !== undefined) await sameAsMade(file, manifest.sha256);
        const staged = await stage(file, dataFolder, { evenDamaged: options.evenDamaged === true });
        const kept = await swap(staged, dataFolder);
        console.log(`${file} is in place.${kept === undefined ? "" : ` What was there before is kept in ${kept}.`}`);
      } finally {
        release();
      }
    });
}

function locked(folder: string, control: { pid: number } | undefined): () => void {
  try {
    return acquireLock(folder);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    throw new Exit(
      1,
      error.code === "locked"
        ? `Process ${control?.pid ?? "of another command"} holds ${folder}. Run "wattkeep stop" first.`
        : error.message,
    );
  }
}

/** A copy on a stick or in a cloud may have changed since it was made. */
async function sameAsMade(file: string, sha256: string): Promise<void> {
  if ((await sha256Of(file)) !== sha256)
    throw new Exit(1, `${file} is not as it was when it was made (its SHA-256 differs). Nothing was changed. Take another copy.`);
}

/** A copy of the backup that was opened and read back whole, beside the store so that taking its place is one rename. */
async function stage(file: string, folder: string, { evenDamaged }: { evenDamaged: boolean }): Promise<string> {
  const staging = await mkdtemp(join(folder, "restore-"));
  const bar = terminalProgress(process.stderr, Date.now);
  try {
    await copyFile(file, join(staging, STORE_FILE));
    // What an earlier restore kept of a killed server has its last commits in the log beside it.
    if (existsSync(`${file}-wal`)) await copyFile(`${file}-wal`, join(staging, `${STORE_FILE}-wal`));
    const store = await openStore({ folder: staging, inProcess: true });
    const report = await store.verify(bar.report);
    await store.close();
    // It takes the place of a store that was safe on its disk.
    const staged = await open(join(staging, STORE_FILE), "r+");
    await staged.sync().finally(() => staged.close());
    const damaged = report.damage[0];
    if (damaged !== undefined && !evenDamaged)
      throw new Exit(1, `${file} is damaged: ${damaged.seriesKey}. Nothing was changed. Take an older copy, or add --even-damaged.`);
    return staging;
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    if (error instanceof Exit) throw error;
    throw new Exit(1, `${file} cannot be used as a store: ${error instanceof Error ? error.message : String(error)} Nothing was changed.`);
  } finally {
    bar.end();
  }
}

async function swap(staging: string, folder: string): Promise<string | undefined> {
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(":", "-");
  const kept = await mkdtemp(join(folder, `before-restore-${stamp}-`));
  let moved = 0;
  for (const suffix of ["", "-wal", "-shm"]) {
    moved += await rename(join(folder, STORE_FILE + suffix), join(kept, STORE_FILE + suffix)).then(
      () => 1,
      () => 0,
    );
  }
  await rename(join(staging, STORE_FILE), join(folder, STORE_FILE));
  await rm(staging, { recursive: true, force: true });
  if (moved > 0) return kept;
  await rm(kept, { recursive: true });
  return undefined;
}
