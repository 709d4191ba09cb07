import { createHash } from "node:crypto";
import { createReadStream, existsSync, statSync } from "node:fs";
import { stat } from "node:fs/promises";
import { DatabaseSync } from "@photostructure/sqlite";
import type { ImportRecord } from "#store/records.ts";
import { ImportProblem } from "./import-problem.ts";

/** The program that writes the file may hold it for a while. */
const BUSY_MS = 20_000;

/**
 * Opens another program's SQLite file to read it and nothing else; rows that still wait in a write-ahead log beside it count.
 * Errors: ImportProblem `no-file`, `not-readable`.
 */
export function openForeign(path: string): InstanceType<typeof DatabaseSync> {
  if (!isFile(path)) throw new ImportProblem("no-file", `${path} is not a file.`);
  try {
    return new DatabaseSync(path, { readOnly: true, timeout: BUSY_MS });
  } catch (error) {
    throw notReadable(path, error);
  }
}

/** Nothing that waits for a writer or never ends; false for what cannot be looked at, too. */
function isFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  } catch {
    return false;
  }
}

/** What SQLite says against a file. */
export function notReadable(path: string, error: unknown): ImportProblem {
  const why = error instanceof Error ? error.message : String(error);
  const waiting = existsSync(`${path}-wal`)
    ? ` Copy it together with ${path}-wal into a folder that can be written, and name the copy.`
    : "";
  return new ImportProblem("not-readable", `${path} cannot be read as an SQLite database (${why}).${waiting}`);
}

/** What the imports remember a file by. */
export async function bytesOf(file: string): Promise<Pick<ImportRecord, "sha256" | "bytes" | "mtimeMs">> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk as Uint8Array);
  const { size, mtimeMs } = await stat(file);
  return { sha256: hash.digest("hex"), bytes: size, mtimeMs: Math.floor(mtimeMs) };
}
