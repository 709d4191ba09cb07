import { type FSWatcher, watch } from "node:fs";
import type { Folder, FolderParts, Look, LookChoice } from "./folder.ts";
import { lookThrough } from "./look.ts";
import { Ripeness } from "./ripeness.ts";

export interface DropFolderParts extends FolderParts {
  /** Calls once, so many milliseconds from now; the answer takes it back. */
  readonly after: (ms: number, call: () => void) => () => void;
}

/** Changes come in bursts; a folder that is away is tried again. */
const SETTLE_MS = 250;
const AWAY_MS = 60_000;

/** A folder that is watched. Looks follow one another, whoever asks for them. */
export class DropFolder {
  readonly folder: Folder;
  readonly #parts: DropFolderParts;
  readonly #ripeness = new Ripeness();
  #watcher: FSWatcher | undefined;
  #planned: { readonly atMs: number; readonly cancel: () => void } | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(folder: Folder, parts: DropFolderParts) {
    this.folder = folder;
    this.#parts = parts;
  }

  /** Begins to watch, and looks once at what lies there. */
  open(): void {
    this.#watch();
    this.#plan(0);
  }

  /** Errors: those of the store. */
  look(choice: LookChoice): Promise<Look> {
    return this.#inTurn(() => this.#look(choice));
  }

  /** Looks once through another folder of the same source, by hand. Errors: those of the store. */
  lookInto(folder: Omit<Folder, "source">, choice: LookChoice): Promise<Look> {
    const other = { source: this.folder.source, ...folder };
    return this.#inTurn(() => lookThrough(this.#parts, other, { ...this.#heedful(choice), ripeness: new Ripeness() }));
  }

  #inTurn(work: () => Promise<Look>): Promise<Look> {
    const looking = this.#last.then(work);
    this.#last = looking.catch(() => undefined);
    return looking;
  }

  /** Takes no further file once this is closed. */
  #heedful(choice: LookChoice): LookChoice {
    return { ...choice, progress: (...how) => !this.#closed && (choice.progress?.(...how) ?? true) };
  }

  async #look(choice: LookChoice): Promise<Look> {
    const look = await lookThrough(this.#parts, this.folder, { ...this.#heedful(choice), ripeness: this.#ripeness });
    this.#watch();
    const { logger, nowMs: clock } = this.#parts;
    for (const { what, status, report } of look.files) logger[status === "done" ? "info" : "warn"]({ file: what }, report?.sentence ?? "");
    const nowMs = clock();
    const soonest = Math.min(...look.waiting.map(({ readyMs }) => readyMs));
    if (Number.isFinite(soonest)) this.#plan(Math.max(SETTLE_MS, soonest - nowMs));
    else if (look.problem !== undefined) this.#plan(AWAY_MS);
    return look;
  }

  /** Watches where it does not yet; where it cannot, the next look tries again, and the hourly one comes anyway. */
  #watch(): void {
    if (this.#closed || this.#watcher !== undefined) return;
    try {
      const watcher = watch(this.folder.path, { persistent: false }, () => this.#plan(SETTLE_MS));
      watcher.on("error", () => this.#lost(watcher));
      this.#watcher = watcher;
    } catch {
      this.#plan(AWAY_MS);
    }
  }

  #lost(watcher: FSWatcher): void {
    watcher.close();
    if (this.#watcher === watcher) this.#watcher = undefined;
    this.#plan(AWAY_MS);
  }

  /** The sooner of two plans holds. */
  #plan(ms: number): void {
    if (this.#closed) return;
    const atMs = this.#parts.nowMs() + ms;
    if (this.#planned !== undefined && this.#planned.atMs <= atMs) return;
    this.#planned?.cancel();
    const cancel = this.#parts.after(ms, () => {
      this.#planned = undefined;
      this.look({ thorough: false }).catch((error: unknown) => {
        if (this.#closed) return;
        this.#parts.logger.error({ err: error, folder: this.folder.path }, "A drop folder could not be looked through; it is tried again");
        this.#plan(AWAY_MS);
      });
    });
    this.#planned = { atMs, cancel };
  }

  /** Takes no further file, and waits for the one at hand. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#planned?.cancel();
    this.#watcher?.close();
    await this.#last;
  }
}
