import type { Maintenance } from "./maintenance.ts";

/** The clock is asked this often; how long samples may wait is the history's business. */
const LOOK_MS = 30_000;

export interface Logger {
  info(detail: Record<string, unknown>, text: string): void;
  warn(detail: Record<string, unknown>, text: string): void;
  error(detail: Record<string, unknown>, text: string): void;
}

/** Runs maintenance a step at a time: between two steps the event loop serves what has arrived. */
export class Background {
  readonly #maintenance: Maintenance;
  readonly #logger: Logger;
  readonly #timer: NodeJS.Timeout;
  #next: NodeJS.Immediate | undefined;

  constructor(maintenance: Maintenance, logger: Logger) {
    this.#maintenance = maintenance;
    this.#logger = logger;
    this.#timer = setInterval(() => this.#look(), LOOK_MS).unref();
  }

  /** Something has changed: look whether there is work, when it is quiet. */
  wake(): void {
    this.#next ??= setImmediate(() => this.#step());
  }

  stop(): void {
    clearInterval(this.#timer);
    if (this.#next !== undefined) clearImmediate(this.#next);
  }

  #look(): void {
    this.#maintenance.timePassed();
    this.wake();
  }

  #step(): void {
    this.#next = undefined;
    try {
      if (this.#maintenance.step()) this.wake();
    } catch (error) {
      // The log still holds everything; the next change wakes us again.
      this.#logger.error({ err: error }, "The store could not tidy up; it will try again.");
    }
  }
}
