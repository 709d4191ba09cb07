import { StoreError } from "#store/store.ts";
import { Background, type Logger } from "./background.ts";
import { type Calls, CHANGING, callsOf, type Method } from "./calls.ts";
import { type CoreOptions, StoreCore } from "./core.ts";
import { Maintenance } from "./maintenance.ts";
import { pause } from "./pause.ts";

/** An open store on the thread that holds its connection: serves calls in the order they come and tidies up in between. */
export class StoreHost {
  readonly core: StoreCore;
  readonly #calls: Calls;
  readonly #maintenance: Maintenance;
  readonly #background: Background;
  readonly #logger: Logger;
  readonly #running = new Set<Promise<unknown>>();
  #closed = false;

  constructor(options: CoreOptions, logger: Logger) {
    this.#logger = logger;
    this.core = new StoreCore(options);
    this.#maintenance = new Maintenance(this.core);
    this.#background = new Background(this.#maintenance, logger);
    this.#calls = callsOf(this.core, this.#maintenance, pause);
    this.#background.wake();
  }

  /** Answers at once, or with a promise where the method pauses. Throws what the method throws. */
  call(method: Method, args: readonly unknown[]): unknown {
    if (this.#closed) throw closedError();
    const answer = (this.#calls[method] as (...args: readonly unknown[]) => unknown)(...args);
    if (CHANGING.has(method)) this.#background.wake();
    if (answer instanceof Promise) this.#follow(answer);
    return answer;
  }

  /** Finishes what runs, merges everything into blocks and closes the file. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#background.stop();
    await Promise.allSettled(this.#running);
    try {
      this.#maintenance.finish();
    } catch (error) {
      // Every commit is on disk already; what was not tidied up is tidied up the next time.
      this.#logger.warn({ err: error }, "The store was closed without merging its log.");
    }
    this.core.db.close();
  }

  #follow(answer: Promise<unknown>): void {
    this.#running.add(answer);
    const done = () => this.#running.delete(answer);
    answer.then(done, done);
  }
}

export function closedError(): StoreError {
  return new StoreError("closed", "The store is closed. Open it again to read or write.");
}
