import type { AlertDelivery } from "#store/records.ts";
import type { Store } from "#store/store.ts";
import { type Channel, ChannelProblem, type Message, sentenceOf } from "./channel.ts";
import { gathered, togetherOf, type Waiting, waitingOf } from "./gather.ts";

/** Calls once, so many milliseconds from now; the answer takes it back. */
export type After = (ms: number, call: () => void) => () => void;

export interface OutboxParts {
  readonly channel: Channel;
  readonly store: Pick<Store, "alertDeliveries" | "changeAlerts">;
  readonly nowMs: () => number;
  readonly after: After;
  /** 0 to 1. */
  readonly random: () => number;
  readonly logger: { warn(about: object, message: string): void };
}

/** What came of the newest attempt on a channel. */
export interface ChannelState {
  readonly works?: boolean;
  readonly problem?: string;
}

export const WHOLE_MS = 20_000;
const FIRST_WAIT_MS = 5_000;
const MOST_WAIT_MS = 300_000;
/** After so long a message is no news any more. */
const GIVE_UP_MS = 86_400_000;
const MOST_PAUSE_MS = 3_600_000;
const MOST_GATHERED = 500;

/**
 * Sends what waits for one channel, in order, each message until it is taken or a day old. It is marked as sent after the other
 * side took it: a power cut in between sends it once more, and loses nothing.
 */
export class Outbox {
  readonly #parts: OutboxParts;
  readonly #closing = new AbortController();
  #running: Promise<void> | undefined;
  #isWoken = false;
  #state: ChannelState = {};
  #cancelWait: () => void = () => undefined;
  #failures = 0;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
  }

  get state(): ChannelState {
    return this.#state;
  }

  /** Something may wait. Returns at once. */
  wake(): void {
    this.#isWoken = true;
    if (this.#closing.signal.aborted || this.#running !== undefined) return;
    this.#running = this.#run().finally(() => {
      this.#running = undefined;
      if (this.#isWoken) this.wake();
    });
  }

  /** Asks the other side whether it would work, and remembers the answer. */
  async check(): Promise<void> {
    const { channel, logger } = this.#parts;
    if (channel.check === undefined) return;
    const check = channel.check;
    const problem = await this.#attempt((signal) => check(signal));
    if (problem !== undefined && !this.#closing.signal.aborted)
      logger.warn({ channel: channel.name }, `Alerts cannot be sent to ${channel.target}: ${problem.sentence}`);
  }

  /** Sends one message now, without writing it down. Answers why it could not be sent; undefined when it was taken. */
  async sendNow(message: Message, id: string): Promise<string | undefined> {
    const problem = await this.#attempt((signal) => this.#parts.channel.send(message, { id, signal }));
    if (problem !== undefined) return problem.sentence;
    // It works again: what waits need not wait any longer.
    this.#cancelWait();
    this.wake();
    return undefined;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#cancelWait();
    await this.#running;
    await this.#parts.channel.close();
  }

  async #run(): Promise<void> {
    while (!this.#closing.signal.aborted) {
      this.#isWoken = false;
      const next = await this.#next();
      if (next !== "unreadable" && next.length === 0) return;
      const waitMs = next === "unreadable" ? MOST_WAIT_MS : await this.#deliver(next);
      if (waitMs > 0) await this.#wait(waitMs);
    }
  }

  async #next(): Promise<readonly Waiting[] | "unreadable"> {
    const { store, channel, logger } = this.#parts;
    try {
      const limit = channel.gathers === true ? MOST_GATHERED : 1;
      return togetherOf((await store.alertDeliveries({ result: "waiting", channel: channel.name, limit })).map(waitingOf));
    } catch (error) {
      if (this.#closing.signal.aborted) return [];
      logger.warn({ err: error, channel: channel.name }, "What waits to be sent could not be read");
      return "unreadable";
    }
  }

  /** Answers how long to wait before the next attempt. */
  async #deliver(together: readonly Waiting[]): Promise<number> {
    const { channel, nowMs } = this.#parts;
    const message = gathered(together);
    const last = together.at(-1);
    if (message === undefined || last === undefined) return 0;
    // Of the last: a message that has grown meanwhile is another one.
    const id = idOf(last.delivery);
    const problem = await this.#attempt((signal) => channel.send(message, { id, signal }));
    if (this.#closing.signal.aborted && problem !== undefined) return 0;
    const tried = together.map(({ delivery }) => ({ id: delivery.id, tries: delivery.tries + 1, madeMs: delivery.madeMs }));
    if (problem === undefined) {
      this.#failures = 0;
      return this.#mark(tried.map(({ id: of, tries }) => ({ id: of, tries, result: "sent" })));
    }
    this.#failures += 1;
    const isOver = (madeMs: number): boolean => problem.kind === "message" || nowMs() - madeMs >= GIVE_UP_MS;
    const marking = await this.#mark(
      tried.map(({ id: of, tries, madeMs }) => {
        return { id: of, tries, problem: problem.sentence, result: isOver(madeMs) ? "failed" : "waiting" };
      }),
    );
    return tried.every(({ madeMs }) => isOver(madeMs)) ? marking : Math.max(marking, this.#waitAfter(problem));
  }

  /** Errors are those of the store: then it is tried again, and the message may come twice. */
  async #mark(delivered: readonly (Pick<AlertDelivery, "id" | "result" | "tries"> & { readonly problem?: string })[]): Promise<number> {
    const { store, nowMs, logger, channel } = this.#parts;
    try {
      await store.changeAlerts({ atMs: nowMs(), delivered });
      return 0;
    } catch (error) {
      if (!this.#closing.signal.aborted) logger.warn({ err: error, channel: channel.name }, "What was sent could not be written down");
      return MOST_WAIT_MS;
    }
  }

  #waitAfter({ kind, retryAfterMs }: Attempted): number {
    if (retryAfterMs !== undefined) return Math.min(retryAfterMs, MOST_PAUSE_MS);
    const growing = Math.min(MOST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(this.#failures - 1, 16));
    // Many installations that lost the same server do not come back in the same second.
    return (kind === "person" ? MOST_WAIT_MS : growing) * (0.75 + this.#parts.random() / 2);
  }

  async #attempt(work: (signal: AbortSignal) => Promise<void>): Promise<Attempted | undefined> {
    const { channel, after } = this.#parts;
    const abort = new AbortController();
    // By hand: a signal made of signals may be swept away before its time, and then nothing ends what hangs.
    const end = (): void => abort.abort();
    const cancel = after(WHOLE_MS, end);
    const closing = this.#closing.signal;
    closing.addEventListener("abort", end, { once: true });
    if (closing.aborted) end();
    try {
      await work(abort.signal);
      this.#state = { works: true };
      return undefined;
    } catch (error) {
      const sentence = sentenceOf(error, channel.secrets);
      this.#state = { works: false, problem: sentence };
      const known = error instanceof ChannelProblem ? error : undefined;
      const pause = known?.retryAfterMs === undefined ? {} : { retryAfterMs: known.retryAfterMs };
      return { kind: known?.kind ?? "away", sentence, ...pause };
    } finally {
      cancel();
      closing.removeEventListener("abort", end);
    }
  }

  async #wait(ms: number): Promise<void> {
    if (this.#closing.signal.aborted) return;
    await new Promise<void>((resolve) => {
      const cancel = this.#parts.after(ms, resolve);
      this.#cancelWait = () => {
        cancel();
        resolve();
      };
    });
    this.#cancelWait = () => undefined;
  }
}

interface Attempted {
  readonly kind: ChannelProblem["kind"];
  readonly sentence: string;
  readonly retryAfterMs?: number;
}

/** The same in every attempt, and after a restart; another store has other instants. */
export function idOf({ id, madeMs }: Pick<AlertDelivery, "id" | "madeMs">): string {
  return `wattkeep-${madeMs.toString(36)}-${id}`;
}
