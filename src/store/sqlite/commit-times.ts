const KEPT = 1_024;

/** How long the last commits took, for the page that shows it. */
export class CommitTimes {
  readonly #lastMs = new Float64Array(KEPT);
  #count = 0;

  add(ms: number): void {
    this.#lastMs[this.#count % KEPT] = ms;
    this.#count++;
  }

  get commits(): number {
    return this.#count;
  }

  /** NaN before the first commit. */
  get commitMsP99(): number {
    const sorted = this.#lastMs.slice(0, Math.min(this.#count, KEPT)).sort();
    return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN;
  }
}
