import { stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { backupFolderOf } from "#backing-up.ts";
import type { Config } from "#config/config.ts";
import { BackupFolder } from "#outlets/backup/backup-folder.ts";
import type { Manifest } from "#outlets/backup/manifest.ts";
import { Exit } from "./exit.ts";

/** The copies of a folder, newest first; left out, of the folder that the configuration's are kept in. */
export async function keptCopies(config: Config, folder: string | undefined): Promise<{ folder: string; copies: Manifest[] }> {
  const path = folder === undefined ? backupFolderOf(config) : resolve(folder);
  return { folder: path, copies: await new BackupFolder(path, "The folder").list() };
}

/**
 * The file that `latest`, a folder or a file means, with its manifest where it has one.
 * Errors: Exit 1 where there is none.
 */
export async function copyMeant(given: string, config: Config): Promise<{ file: string; manifest?: Manifest }> {
  const path = resolve(given);
  const isFolder = given !== "latest" && ((await stat(path).catch(() => undefined))?.isDirectory() ?? false);
  if (given === "latest" || isFolder) {
    const { folder, copies } = await keptCopies(config, isFolder ? given : undefined);
    const newest = copies.find(({ verified }) => verified) ?? copies[0];
    if (newest === undefined) throw new Exit(1, `There is no backup in ${folder}. Name the file, or the folder that holds one.`);
    return { file: join(folder, newest.file), manifest: newest };
  }
  const { copies } = await keptCopies(config, dirname(path));
  const manifest = copies.find(({ file }) => file === basename(path));
  return { file: path, ...(manifest === undefined ? {} : { manifest }) };
}
