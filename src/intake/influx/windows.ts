/** A stretch of time that is asked for at once. */
export interface Window {
  readonly fromMs: number;
  readonly toMs: number;
}

const DAY_MS = 86_400_000;
const FIRST_MS = 90 * DAY_MS;
const LEAST_MS = DAY_MS;
const MOST_MS = 2_000 * DAY_MS;
/** Rows of a window: many enough to be quick, few enough to be held. */
const FEW = 5_000;
const MANY = 20_000;

/** Cuts a range into windows that hold about as many rows each, whatever the distance of readings: told of each what it held. */
export class Windows {
  readonly #toMs: number;
  #atMs: number;
  #lengthMs = FIRST_MS;

  constructor({ fromMs, toMs }: Window) {
    this.#atMs = fromMs;
    this.#toMs = toMs;
  }

  /** Missing: undefined at the end. */
  next(): Window | undefined {
    if (this.#atMs >= this.#toMs) return undefined;
    return { fromMs: this.#atMs, toMs: Math.min(this.#atMs + this.#lengthMs, this.#toMs) };
  }

  held(rows: number): void {
    this.#atMs += this.#lengthMs;
    if (rows < FEW) this.#lengthMs = Math.min(this.#lengthMs * 2, MOST_MS);
    else if (rows > MANY) this.#shorten();
  }

  /** The window holds more than can be held: a shorter one comes in its place. False where it cannot be shorter. */
  isShortened(): boolean {
    if (this.#lengthMs <= LEAST_MS) return false;
    this.#shorten();
    return true;
  }

  #shorten(): void {
    this.#lengthMs = Math.max(Math.floor(this.#lengthMs / 4), LEAST_MS);
  }
}
