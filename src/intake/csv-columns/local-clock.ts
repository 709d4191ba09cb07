import type { Zone } from "#calendar/zone.ts";

/** Turns the clock readings of one meter into instants, in the order of the file: a repeated hour is run through twice. */
export class LocalClock {
  readonly #zone: Zone;
  #lastMs = Number.NaN;
  #falls = false;

  constructor(zone: Zone) {
    this.#zone = zone;
  }

  /** Missing: undefined for a clock reading that never was. */
  take(localMs: number): number | undefined {
    const [first, second] = this.#zone.instantsOf(localMs);
    if (first === undefined) return undefined;
    const tMs = second === undefined ? first : this.#which(first, second);
    if (tMs !== this.#lastMs && !Number.isNaN(this.#lastMs)) this.#falls = tMs < this.#lastMs;
    this.#lastMs = tMs;
    return tMs;
  }

  /** In a file that begins with the newest, the later comes first. */
  #which(first: number, second: number): number {
    if (Number.isNaN(this.#lastMs)) return first;
    if (this.#falls) return second < this.#lastMs ? second : first;
    return first > this.#lastMs ? first : second;
  }
}
