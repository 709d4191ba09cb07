import { Cron } from "croner";

/** When a job is due, on the clock of its zone. */
export class Schedule {
  readonly #cron: Cron;

  /** Errors: throws for a pattern that is none; schedules are ours, or were judged with the configuration. */
  constructor(pattern: string, zone: string) {
    this.#cron = new Cron(pattern, { timezone: zone, paused: true, mode: "5-part" });
  }

  /**
   * The first instant after this one at which the job is due. A fixed time that the clock skips is due at the change, one that
   * it shows twice is due the first time; "every hour" is due every hour that passes.
   * Missing: undefined where the pattern names no day there is.
   */
  next(afterMs: number): number | undefined {
    return this.#cron.nextRun(new Date(afterMs))?.getTime();
  }
}
