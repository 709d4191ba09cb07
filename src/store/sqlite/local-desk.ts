import type { Progress } from "#store/store.ts";
import type { Logger } from "./background.ts";
import type { Method } from "./calls.ts";
import type { CoreOptions } from "./core.ts";
import type { Desk } from "./face.ts";
import { closedError, StoreHost } from "./host.ts";
import { runJob } from "./job.ts";
import { pause } from "./pause.ts";
import type { Job } from "./protocol.ts";

/** A desk on the caller's own thread, for tests and short commands. */
export class LocalDesk implements Desk {
  readonly #host: StoreHost;
  readonly #release: () => void;
  readonly #jobs = new Set<Promise<unknown>>();
  #closing: Promise<void> | undefined;

  constructor(options: CoreOptions & { readonly release: () => void }, logger: Logger) {
    this.#release = options.release;
    this.#host = new StoreHost(options, logger);
  }

  async ask(method: Method, args: readonly unknown[]): Promise<unknown> {
    if (this.#closing !== undefined) throw closedError();
    const answer = await this.#host.call(method, args);
    // As with a worker, a turn of the event loop passes: one who only appends does not starve what is done in pieces.
    await pause();
    return answer;
  }

  async run(job: Job, progress?: Progress): Promise<unknown> {
    if (this.#closing !== undefined) throw closedError();
    const running = runJob(job, this.#host.core.file, progress);
    this.#jobs.add(running);
    try {
      return await running;
    } finally {
      this.#jobs.delete(running);
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await Promise.allSettled(this.#jobs);
    try {
      await this.#host.close();
    } finally {
      this.#release();
    }
  }
}
