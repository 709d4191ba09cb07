/** Time that stands still until a test lets it pass. */
export class StandingClock {
  #atMs: number;
  readonly #due = new Set<{ atMs: number; call: () => void }>();

  constructor(atMs: number) {
    this.#atMs = atMs;
  }

  readonly nowMs = (): number => this.#atMs;

  readonly after = (ms: number, call: () => void): (() => void) => {
    const one = { atMs: this.#atMs + ms, call };
    this.#due.add(one);
    return () => void this.#due.delete(one);
  };

  /** Whether anybody waits. */
  get awaited(): boolean {
    return this.#due.size > 0;
  }

  /** Calls what becomes due meanwhile, in order; what those calls start is not waited for. */
  pass(ms: number): void {
    const untilMs = this.#atMs + ms;
    for (;;) {
      const [next] = [...this.#due].filter((one) => one.atMs <= untilMs).sort((a, b) => a.atMs - b.atMs);
      if (next === undefined) break;
      this.#due.delete(next);
      this.#atMs = Math.max(this.#atMs, next.atMs);
      next.call();
    }
    this.#atMs = untilMs;
  }
}
