import type { Caution } from "./caution.ts";
import type { Arrival } from "./door.ts";
import { messageHash } from "./inbox.ts";

/** Reads one arrival and resolves when it is durable; `cleared` is called as soon as it was read without harm. */
export type ReadOne = (arrival: Arrival, how: { trusted: boolean; cleared: () => void }) => Promise<void>;

/** Takes arrivals one at a time, in the order they came: while caution asks for it, and when a batch of them cannot be stored. */
export class OneByOne {
  readonly #caution: Caution;
  readonly #readOne: ReadOne;
  /** What is durable of a take that failed half-way: the door hands the whole of it over again. */
  readonly #durable = new WeakSet<Arrival>();
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(caution: Caution, readOne: ReadOne) {
    this.#caution = caution;
    this.#readOne = readOne;
  }

  /** Whether arrivals have to come this way: caution asks for it, or others before them still do. */
  get needed(): boolean {
    return this.#caution.careful || this.#waiting > 0;
  }

  /** Whether some of these are durable already, from a take that failed half-way. */
  hasBegun(arrivals: readonly Arrival[]): boolean {
    return arrivals.some((arrival) => this.#durable.has(arrival));
  }

  take(arrivals: readonly Arrival[]): Promise<void> {
    this.#waiting++;
    const taken = this.#last.then(() => this.#takeEach(arrivals)).finally(() => this.#waiting--);
    this.#last = taken.catch(() => undefined);
    return taken;
  }

  async #takeEach(arrivals: readonly Arrival[]): Promise<void> {
    for (const arrival of arrivals) {
      if (this.#durable.has(arrival)) continue;
      await this.#takeOne(arrival);
      this.#durable.add(arrival);
    }
  }

  async #takeOne(arrival: Arrival): Promise<void> {
    const { topic, body } = arrival.message;
    const trusted = await this.#caution.before(messageHash(topic, body).toString(36));
    let cleared: Promise<void> | undefined;
    await this.#readOne(arrival, {
      trusted,
      cleared: () => {
        cleared ??= this.#caution.after();
      },
    });
    await cleared;
  }
}
