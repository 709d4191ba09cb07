import { existsSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import { findControl } from "#cli/control.ts";
import { Exit } from "#cli/exit.ts";
import { terminalProgress } from "#cli/progress.ts";
import { readSettings, withConfig } from "#cli/settings.ts";
import { acquireLock } from "#store/sqlite/lock.ts";
import { openStore } from "#store/sqlite/sqlite-store.ts";
import { StoreError } from "#store/store.ts";

const STORE_FILE = "wattkeep.db";

/** `wattkeep restore FILE`: puts a backup in place of the store and keeps what was there. */
export function restoreCommand(program: Command): void {
  withConfig(program.command("restore"))
    .argument("<file>", "a copy made by wattkeep backup")
    .description("put a backup in place of the store; what was there is kept beside it. The server must be stopped")
    .action(async (file: string, options) => {
      const { dataFolder } = readSettings(options);
      await mkdir(dataFolder, { recursive: true });
      const release = locked(dataFolder, await findControl(dataFolder));
      try {
        const staged = await stage(resolve(file), dataFolder);
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

/** A copy of the backup that was opened and read back whole, beside the store so that taking its place is one rename. */
async function stage(file: string, folder: string): Promise<string> {
  const staging = await mkdtemp(join(folder, "restore-"));
  const bar = terminalProgress(process.stderr, Date.now);
  try {
    await copyFile(file, join(staging, STORE_FILE));
    // What an earlier restore kept of a killed server has its last commits in the log beside it.
    if (existsSync(`${file}-wal`)) await copyFile(`${file}-wal`, join(staging, `${STORE_FILE}-wal`));
    const store = await openStore({ folder: staging, inProcess: true });
    const report = await store.verify(bar.report);
    await store.close();
    if (report.damage.length > 0) throw new Exit(1, `${file} is damaged: ${report.damage[0]?.seriesKey}. Nothing was changed.`);
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
