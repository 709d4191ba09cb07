import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import type { Entry } from "./listing.ts";

/** Small enough that what is published meanwhile does not wait for it. */
const CHUNK_BYTES = 64 * 1024;
/** Windows knows neither: there a link was refused by its name, and nothing blocks. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Opens what was listed and nothing else, even where something else was put in its place meanwhile. Missing: undefined then. */
export async function openListed(entry: Entry): Promise<FileHandle | undefined> {
  const handle = await open(entry.path, FLAGS).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ELOOP") return undefined;
    throw error;
  });
  if (handle === undefined || (await isStill(handle, entry))) return handle;
  await handle.close();
  return undefined;
}

/** Whether an open file has the size and time it was listed with. */
export async function isStill(handle: FileHandle, { bytes, mtimeMs }: Entry): Promise<boolean> {
  const stats = await handle.stat();
  return stats.isFile() && stats.size === bytes && Math.trunc(stats.mtimeMs) === mtimeMs;
}

/** The bytes of an open file up to a length, a chunk at a time; `seen` is told of each. */
export async function* chunksOf(handle: FileHandle, length: number, seen: (chunk: Uint8Array) => void): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < length; ) {
    const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, length - at));
    const { bytesRead } = await handle.read(chunk, 0, chunk.length, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    const read = chunk.subarray(0, bytesRead);
    seen(read);
    yield read;
  }
}

/** SHA-256 of an open file, as hex. */
export async function sha256Of(handle: FileHandle, length: number): Promise<string> {
  const hash = createHash("sha256");
  for await (const _ of chunksOf(handle, length, (chunk) => hash.update(chunk)));
  return hash.digest("hex");
}
