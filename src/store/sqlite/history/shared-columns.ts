import type { Column } from "#series/column.ts";
import type { Samples } from "./samples.ts";

/** What is polled together has the same instants: so many lists of them are looked at. */
const MOST_KNOWN = 4;

/** Copies of columns that travel together: those of the same instants share one list of them, and those without a mark one quality. */
export class SharedColumns {
  #instants: readonly Float64Array[] = [];
  readonly #good = new Map<number, Uint16Array>();

  /** A copy of some rows, which may be others a moment later. */
  columnOf({ tMs, value, quality, code }: Samples): Column {
    const column = { tMs: this.#instantsOf(tMs), value: value.slice(), quality: this.#qualityOf(quality) };
    return isZero(code) ? column : { ...column, code: code.slice() };
  }

  #instantsOf(tMs: Float64Array): Float64Array {
    const known = this.#instants.find((one) => sameInstants(one, tMs));
    if (known !== undefined) return known;
    const own = tMs.slice();
    this.#instants = [own, ...this.#instants].slice(0, MOST_KNOWN);
    return own;
  }

  #qualityOf(quality: Uint16Array): Uint16Array {
    if (!isZero(quality)) return quality.slice();
    const known = this.#good.get(quality.length) ?? new Uint16Array(quality.length);
    this.#good.set(quality.length, known);
    return known;
  }
}

function sameInstants(a: Float64Array, b: Float64Array): boolean {
  const last = a.length - 1;
  if (a.length !== b.length || a[0] !== b[0] || a[last] !== b[last]) return false;
  for (let row = 1; row < last; row += 1) if (a[row] !== b[row]) return false;
  return true;
}

function isZero(numbers: Uint16Array): boolean {
  for (let row = 0; row < numbers.length; row += 1) if (numbers[row] !== 0) return false;
  return true;
}
