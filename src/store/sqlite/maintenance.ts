import { statSync } from "node:fs";
import type { StoreCore } from "./core.ts";

const WAL_STEP_BYTES = 4 * 1024 * 1024;
const COMMITS_BETWEEN_LOOKS = 32;

/** Background work of a store in bounded steps, so that whoever calls can serve requests between two of them. */
export class Maintenance {
  readonly #core: StoreCore;
  #looked = 0;
  #checkpointing = false;

  constructor(core: StoreCore) {
    this.#core = core;
  }

  /** From now on steps merge whatever is not in blocks yet, due or not. */
  beginCheckpoint(): void {
    this.#checkpointing = true;
  }

  /** Does one step of what is due; false when nothing is. */
  step(): boolean {
    const { raw, history } = this.#core;
    if (raw.needsPacking()) {
      this.#core.change(() => raw.packOne());
      return true;
    }
    if (this.#checkpointing || history.needsCheckpoint()) {
      this.#checkpointing = this.checkpointStep();
      return true;
    }
    this.#moveLog();
    return false;
  }

  /** One step of a checkpoint; false when everything is in blocks. */
  checkpointStep(): boolean {
    return this.#core.history.checkpointStep();
  }

  /** Everything that is left, before the file is closed. */
  finish(): void {
    while (this.checkpointStep());
    this.#core.db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  }

  /** Moves SQLite's own log into the file while there is a pause, so that no commit has to. */
  #moveLog(): void {
    const { commits } = this.#core;
    if (commits - this.#looked < COMMITS_BETWEEN_LOOKS) return;
    this.#looked = commits;
    const wal = statSync(`${this.#core.file}-wal`, { throwIfNoEntry: false });
    if ((wal?.size ?? 0) > WAL_STEP_BYTES) this.#core.db.exec("PRAGMA wal_checkpoint(PASSIVE)");
  }
}
