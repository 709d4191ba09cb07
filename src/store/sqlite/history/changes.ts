/** Changes told apart; older ones are told of together, from the earliest of their instants. */
const MOST = 8;

/** From which instant on a series changed, by the log number of the change, so that what was derived of its past can be kept. */
export class Changes {
  /** Ascending in both: a change that reaches further back hides those before it. */
  readonly #seq: number[] = [];
  readonly #fromMs: number[] = [];
  /** What happened up to this number is not known here. */
  readonly #sinceSeq: number;

  constructor(sinceSeq: number) {
    this.#sinceSeq = sinceSeq;
  }

  note(seq: number, fromMs: number): void {
    if (fromMs === Number.POSITIVE_INFINITY) return;
    while (this.#fromMs.length > 0 && (this.#fromMs.at(-1) as number) >= fromMs) {
      this.#fromMs.pop();
      this.#seq.pop();
    }
    this.#seq.push(seq);
    this.#fromMs.push(fromMs);
    if (this.#seq.length <= MOST) return;
    this.#seq.splice(0, 1);
    this.#fromMs.splice(1, 1);
  }

  /** Earliest instant that changed after this log number: Infinity where none did, -Infinity where that is not known. */
  since(seq: number): number {
    if (seq < this.#sinceSeq) return Number.NEGATIVE_INFINITY;
    const first = this.#seq.findIndex((one) => one > seq);
    return first < 0 ? Number.POSITIVE_INFINITY : (this.#fromMs[first] as number);
  }
}
