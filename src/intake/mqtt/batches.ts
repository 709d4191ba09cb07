/** What waits in line to be stored. */
export interface Waiting {
  /** Of its body, for the limit on what may wait. */
  readonly bytes: number;
}

export interface BatchesOptions<W extends Waiting> {
  readonly nowMs: () => number;
  /** A small batch waits until this long after the last one began. */
  readonly lingerMs: number;
  /** A batch of this many goes at once. */
  eager(): number;
  /** One of this many is read while the one before it commits; a smaller one grows meanwhile, which makes fewer commits. */
  readonly eagerBehind: number;
  /** Most in one batch. */
  readonly most: number;
  store(batch: readonly W[]): Promise<void>;
  stored(batch: readonly W[]): void;
  /** After how long to try the same batch again; undefined to give it up. */
  failed(batch: readonly W[], error: Error): number | undefined;
  /** Asked before a batch is tried again: whether this one is still worth it. */
  worthwhile(item: W): boolean;
}

/** While one batch commits the next may be read already; a third would only make commits smaller. */
const UNDER_WAY = 2;

/**
 * Gathers what came in into batches and has them stored, in the order they came: one commit per batch, the next one being
 * read meanwhile. `stored` is told in that order too, also when a batch has to be tried again and the one behind it had not.
 */
export class Batches<W extends Waiting> {
  readonly #options: BatchesOptions<W>;
  #waiting: W[] = [];
  #bytes = 0;
  #underWay = 0;
  /** A batch failed and is to be tried again: nothing newer begins before it. */
  #troubled = false;
  /** Settles when the newest batch under way, and so every one before it, is done with. */
  #newest: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #immediate = false;
  #begunMs = Number.NEGATIVE_INFINITY;
  #hurry = false;
  #idle: (() => void)[] = [];
  #wake: (() => void) | undefined;

  constructor(options: BatchesOptions<W>) {
    this.#options = options;
  }

  /** Not stored yet, in number. */
  get count(): number {
    return this.#waiting.length;
  }

  /** Not stored yet, in bytes of their bodies. */
  get bytes(): number {
    return this.#bytes;
  }

  add(item: W): void {
    this.#waiting.push(item);
    this.#bytes += item.bytes;
    this.#plan();
  }

  /** Resolves when nothing waits and nothing is under way; what waits goes without lingering from now on. */
  finish(): Promise<void> {
    this.#hurry = true;
    this.wake();
    if (this.#waiting.length === 0 && this.#underWay === 0) return Promise.resolve();
    this.#plan();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  /** Try now what waits to be tried again. */
  wake(): void {
    this.#wake?.();
    this.#wake = undefined;
  }

  #plan(): void {
    if (this.#isBusy() || this.#immediate || this.#waiting.length === 0) return;
    const { eagerBehind, lingerMs, nowMs } = this.#options;
    if (this.#underWay > 0 && this.#waiting.length < eagerBehind && !this.#hurry) return;
    const sinceMs = nowMs() - this.#begunMs;
    const now = this.#hurry || this.#waiting.length >= this.#options.eager() || sinceMs >= lingerMs || sinceMs < 0;
    if (now) {
      // After the rest of what the socket just gave, not before it.
      this.#immediate = true;
      clearTimeout(this.#timer);
      this.#timer = undefined;
      setImmediate(() => this.#begin());
    } else {
      this.#timer ??= setTimeout(() => this.#begin(), lingerMs - sinceMs);
    }
  }

  #begin(): void {
    this.#timer = undefined;
    this.#immediate = false;
    if (this.#isBusy() || this.#waiting.length === 0) return;
    const batch = this.#waiting.splice(0, this.#options.most);
    this.#underWay += 1;
    this.#begunMs = this.#options.nowMs();
    this.#newest = this.#run(batch, this.#newest);
    this.#plan();
  }

  #isBusy(): boolean {
    return this.#underWay >= UNDER_WAY || this.#troubled;
  }

  async #run(first: readonly W[], before: Promise<void>): Promise<void> {
    let batch = first;
    while (batch.length > 0) {
      const error = await this.#try(batch);
      await before;
      if (error === undefined) {
        this.#bytes -= sumBytes(batch);
        this.#options.stored(batch);
        break;
      }
      this.#troubled = true;
      const afterMs = this.#options.failed(batch, error);
      if (afterMs !== undefined && !this.#hurry) await this.#sleep(afterMs);
      const again = afterMs === undefined || this.#hurry ? [] : batch.filter((item) => this.#options.worthwhile(item));
      this.#bytes -= sumBytes(batch) - sumBytes(again);
      batch = again;
    }
    this.#underWay -= 1;
    this.#troubled = false;
    this.#plan();
    if (this.#waiting.length === 0 && this.#underWay === 0) this.#tellIdle();
  }

  async #try(batch: readonly W[]): Promise<Error | undefined> {
    try {
      await this.#options.store(batch);
      return undefined;
    } catch (thrown) {
      return thrown instanceof Error ? thrown : new Error(String(thrown));
    }
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #tellIdle(): void {
    const told = this.#idle;
    this.#idle = [];
    for (const resolve of told) resolve();
  }
}

function sumBytes(items: readonly Waiting[]): number {
  return items.reduce((sum, item) => sum + item.bytes, 0);
}
