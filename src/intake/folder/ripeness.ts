import type { Entry } from "./listing.ts";

/** Whether files have been left alone for long enough; a file dated in the future counts from when it was first seen so. */
export class Ripeness {
  readonly #seen = new Map<string, { readonly bytes: number; readonly mtimeMs: number; readonly sinceMs: number }>();

  /** When a file may be read, as far as one can tell now. */
  readyMs(entry: Entry, minAgeMs: number, nowMs: number): number {
    const { path, bytes, mtimeMs } = entry;
    const seen = this.#seen.get(path);
    const same = seen !== undefined && seen.bytes === bytes && seen.mtimeMs === mtimeMs;
    const sinceMs = same ? seen.sinceMs : nowMs;
    this.#seen.set(path, { bytes, mtimeMs, sinceMs });
    return (mtimeMs <= nowMs ? mtimeMs : sinceMs) + minAgeMs;
  }

  /** Lets go of files that are not in the folder any more. */
  keep(entries: readonly Entry[]): void {
    const paths = new Set(entries.map(({ path }) => path));
    for (const path of this.#seen.keys()) if (!paths.has(path)) this.#seen.delete(path);
  }
}
