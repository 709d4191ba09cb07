import { statSync } from "node:fs";
import type { StoreCore } from "./core.ts";

const WAL_STEP_BYTES = 4 * 1024 * 1024;
/** Whether anything is due is looked up over all series, so not after every commit. */
const COMMITS_BETWEEN_LOOKS = 32;
/** A long checkpoint writes much: SQLite's own log is moved in between as well. */
const STEPS_BETWEEN_MOVES = 16;

/** Background work of a store in bounded steps, so that whoever calls can serve requests between two of them. */
export class Maintenance {
  readonly #core: StoreCore;
  #looked = 0;
  #due = false;
  #steps = 0;

  constructor(core: StoreCore) {
    this.#core = core;
  }

  /** Some time has passed: what waits for the clock may be due. */
  timePassed(): void {
    this.#due ||= this.#core.history.needsCheckpoint();
  }

  /** Does one step of what is due; false when nothing is. */
  step(): boolean {
    const { raw, history } = this.#core;
    if (raw.needsPacking()) {
      this.#core.change(() => raw.packOne());
      return true;
    }
    this.#look();
    if (!this.#due) return false;
    if (++this.#steps % STEPS_BETWEEN_MOVES === 0) this.#moveLog();
    else this.#due = this.#core.guard(() => history.checkpointStep("due"));
    return this.#due;
  }

  /** One step of a checkpoint of everything; false when all samples are in blocks. */
  checkpointStep(): boolean {
    return this.#core.guard(() => this.#core.history.checkpointStep("all"));
  }

  /** Everything that is left, before the file is closed. */
  finish(): void {
    while (this.checkpointStep());
    this.#core.guard(() => this.#core.db.exec("PRAGMA wal_checkpoint(TRUNCATE)"));
  }

  #look(): void {
    const { commits } = this.#core;
    if (commits - this.#looked < COMMITS_BETWEEN_LOOKS) return;
    this.#looked = commits;
    this.timePassed();
    if (!this.#due) this.#moveLog();
  }

  /** Moves SQLite's own log into the file while there is a pause, so that no commit has to. */
  #moveLog(): void {
    const wal = statSync(`${this.#core.file}-wal`, { throwIfNoEntry: false });
    if ((wal?.size ?? 0) > WAL_STEP_BYTES) this.#core.guard(() => this.#core.db.exec("PRAGMA wal_checkpoint(PASSIVE)"));
  }
}
