/** Asks the desk for the versions of series. */
type Ask = (seriesIds: readonly number[]) => Promise<Float64Array>;

/** Questions are about the series of a site or of a page; so many of them are known at once. */
const MOST_KEPT = 64;

/**
 * Versions are asked for with every question, and change only by what the same desk is asked for: between two changes they are read
 * once. While a change is under way nothing is kept, for nobody knows whether an answer is of before or after it.
 */
export class KeptVersions {
  readonly #ask: Ask;
  readonly #kept = new Map<string, Promise<Float64Array>>();
  #underWay = 0;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** Errors: those of the desk. */
  async read(seriesIds: readonly number[]): Promise<Float64Array> {
    if (this.#underWay > 0) return this.#ask(seriesIds);
    const name = seriesIds.join(" ");
    const versions = this.#kept.get(name) ?? this.#ask(seriesIds);
    if (this.#kept.size >= MOST_KEPT) this.#kept.clear();
    this.#kept.set(name, versions);
    try {
      return (await versions).slice();
    } catch (error) {
      this.#kept.delete(name);
      throw error;
    }
  }

  /** Runs what may change a series. Errors: those of the change. */
  async change<T>(make: () => Promise<T>): Promise<T> {
    this.#kept.clear();
    this.#underWay += 1;
    try {
      return await make();
    } finally {
      this.#underWay -= 1;
    }
  }
}
