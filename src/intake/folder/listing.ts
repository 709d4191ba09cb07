import type { Stats } from "node:fs";
import { lstat, readdir, realpath } from "node:fs/promises";
import { dirname, join } from "node:path";
import { matches } from "./glob.ts";

/** A name in the folder that the glob means. */
export interface Entry {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  /** Whole milliseconds. */
  readonly mtimeMs: number;
  /** Why it is not touched. */
  readonly refused?: Refusal;
}

export interface Refusal {
  readonly code: "not-a-file" | "outside";
  readonly sentence: string;
}

/**
 * The names in a folder that a glob means, sorted. Only regular files that lie in the folder itself are files.
 * Errors: those of reading the folder.
 */
export async function listFolder(folder: string, glob: string): Promise<Entry[]> {
  const real = await realpath(folder);
  const names = (await readdir(real)).filter((name) => matches(glob, name)).sort();
  const entries = await Promise.all(names.map((name) => entryOf(real, name, join(folder, name))));
  return entries.filter((entry) => entry !== undefined);
}

async function entryOf(folder: string, name: string, path: string): Promise<Entry | undefined> {
  const stats = await lstat(join(folder, name)).catch(() => undefined);
  if (stats === undefined) return undefined;
  const entry = { name, path, bytes: stats.size, mtimeMs: Math.trunc(stats.mtimeMs) };
  const what = kindOf(stats);
  if (what !== undefined) return { ...entry, refused: { code: "not-a-file", sentence: `${name} is ${what}, not a file; it is not read.` } };
  const real = await realpath(join(folder, name)).catch(() => undefined);
  if (real === undefined) return undefined;
  if (dirname(real) === folder) return entry;
  return { ...entry, refused: { code: "outside", sentence: `${name} lies outside the folder; it is not read.` } };
}

/** What it is, where it is no regular file. */
function kindOf(stats: Stats): string | undefined {
  if (stats.isFile()) return undefined;
  if (stats.isSymbolicLink()) return "a symbolic link";
  if (stats.isDirectory()) return "a folder";
  if (stats.isFIFO()) return "a named pipe";
  return stats.isSocket() ? "a socket" : "a device";
}
