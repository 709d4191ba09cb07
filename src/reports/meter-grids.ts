const MOST_GRIDS = 4;

/** The last grids that were asked for: every meter is asked for the same rows. */
export class Grids {
  readonly #known = new Map<string, Float64Array>();

  of(name: string, make: () => Float64Array): Float64Array {
    const known = this.#known.get(name) ?? make();
    if (this.#known.size >= MOST_GRIDS) this.#known.clear();
    this.#known.set(name, known);
    return known;
  }
}
