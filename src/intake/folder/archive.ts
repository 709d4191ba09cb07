import { copyFile, lstat, mkdir, rename, unlink } from "node:fs/promises";
import { extname, join } from "node:path";
import type { Entry } from "./listing.ts";

/**
 * Moves a file that is done into the archive; where its name is taken, with the time in UTC before its ending. Answers where
 * it lies now. Errors: those of the file system; the file then stays where it was.
 */
export async function putAway({ name, path }: Entry, archive: string, nowMs: number): Promise<string> {
  await mkdir(archive, { recursive: true });
  const target = await freeName(archive, name, nowMs);
  await rename(path, target).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== "EXDEV") throw error;
    await copyFile(path, target);
    await unlink(path);
  });
  return target;
}

async function freeName(archive: string, name: string, nowMs: number): Promise<string> {
  const ending = extname(name);
  const stem = name.slice(0, name.length - ending.length);
  const stamp = new Date(nowMs).toISOString().replace(/\D/g, "").slice(0, 14);
  for (let n = 0; ; n++) {
    const target = join(archive, n === 0 ? name : `${stem}_${stamp}${n === 1 ? "" : `_${n}`}${ending}`);
    if ((await lstat(target).catch(() => undefined)) === undefined) return target;
  }
}
