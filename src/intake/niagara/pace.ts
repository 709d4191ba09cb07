const LONGEST_PAUSE_MS = 30_000;
/** An answer that takes this many times as long as the quickest tells of a station that has enough to do. */
const SLOW = 3;
/** Nothing is slow that is quicker than this. */
const QUICK_MS = 250;

/** How long a station is left alone between two questions: the slower it answers, the longer. */
export class Pace {
  #quickestMs = Number.POSITIVE_INFINITY;
  #pauseMs = 0;

  get pauseMs(): number {
    return this.#pauseMs;
  }

  /** An answer came after this long. */
  answered(tookMs: number): void {
    this.#quickestMs = Math.min(this.#quickestMs, tookMs);
    const isSlow = tookMs > Math.max(QUICK_MS, SLOW * this.#quickestMs);
    this.#pauseMs = isSlow ? Math.min(LONGEST_PAUSE_MS, Math.max(2 * this.#pauseMs, tookMs)) : Math.floor(this.#pauseMs / 2);
  }

  /** No answer came, or one that says that it is too much. */
  failed(): void {
    this.#pauseMs = Math.min(LONGEST_PAUSE_MS, Math.max(2 * this.#pauseMs, 1_000));
  }
}

/** One question at a time to a station, whoever asks: a controller is made for its building, not for us. */
export class Turns {
  readonly #last = new Map<string, Promise<void>>();
  readonly #paces = new Map<string, Pace>();

  paceOf(host: string): Pace {
    const pace = this.#paces.get(host) ?? new Pace();
    this.#paces.set(host, pace);
    return pace;
  }

  /** Waits for its turn; the answer gives it up. */
  async take(host: string): Promise<() => void> {
    const before = this.#last.get(host) ?? Promise.resolve();
    let release: () => void = () => undefined;
    const mine = new Promise<void>((resolve) => {
      release = resolve;
    });
    this.#last.set(
      host,
      before.then(() => mine),
    );
    await before;
    return release;
  }
}
