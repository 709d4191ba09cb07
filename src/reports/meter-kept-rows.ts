import type { MeterConsumption } from "#analytics/meter-consumption.ts";
import { rowsAfter } from "./meter-rows.ts";

/** What was answered for some instants. */
interface Kept<T> {
  readonly name: string;
  readonly atMs: Float64Array;
  readonly answer: T;
}

/** Works an answer out. */
type Make<T> = (atMs: Float64Array) => Promise<T>;

/** Fewer rows are worked out sooner than they are found. */
const LEAST_ROWS = 12;
/** A meter is asked for days, for months, and by the whole it is part of. */
const MOST_KEPT = 4;

/**
 * The last answers of a node that does not change. What begins with the same instants is not worked out again: mostly it is the end
 * of a grid, today, that is another.
 */
abstract class KeptAnswers<T> {
  #kept: readonly Kept<T>[] = [];

  /** `name`: what else the answer depends on. Errors: those of `make`. */
  async of(name: string, atMs: Float64Array, make: Make<T>): Promise<T> {
    const named = this.#kept.filter((one) => one.name === name);
    const known = named.find((one) => one.atMs.length === atMs.length && inCommon(one.atMs, atMs) === atMs.length);
    if (known !== undefined) return this.#keep(known);
    let [best, most]: [Kept<T> | undefined, number] = [undefined, LEAST_ROWS];
    for (const one of named) {
      const common = inCommon(one.atMs, atMs);
      if (common > most) [best, most] = [one, common];
    }
    const answer = best === undefined ? await make(atMs) : await this.goneOn(atMs, { answer: best.answer, common: most }, make);
    if (atMs.length <= LEAST_ROWS) return answer;
    // Where only its end was another, nobody asks for the old one again.
    if (best !== undefined && most >= best.atMs.length - 1) this.#kept = this.#kept.filter((one) => one !== best);
    return this.#keep({ name, atMs, answer });
  }

  /** The answer for instants of which so many are those of another answer. */
  protected abstract goneOn(atMs: Float64Array, from: { readonly answer: T; readonly common: number }, make: Make<T>): Promise<T>;

  #keep(newest: Kept<T>): T {
    this.#kept = [newest, ...this.#kept.filter((one) => one !== newest)].slice(0, MOST_KEPT);
    return newest.answer;
  }
}

/** Rows between edges. */
export class KeptRows extends KeptAnswers<MeterConsumption> {
  protected async goneOn(
    edgesMs: Float64Array,
    { answer, common }: { readonly answer: MeterConsumption; readonly common: number },
    make: Make<MeterConsumption>,
  ): Promise<MeterConsumption> {
    const rows = common - 1;
    const head = {
      edgesMs: edgesMs.subarray(0, common),
      amount: answer.amount.subarray(0, rows),
      measured: answer.measured.subarray(0, rows),
      missingMs: answer.missingMs.subarray(0, rows),
      flags: answer.flags.subarray(0, rows),
    };
    const rest = edgesMs.subarray(rows);
    return rowsAfter(edgesMs, rest.length < 2 ? [head] : [head, await make(rest)]);
  }
}

/** What a dial showed at instants. */
export class KeptShown extends KeptAnswers<Float64Array> {
  protected async goneOn(
    atMs: Float64Array,
    { answer, common }: { readonly answer: Float64Array; readonly common: number },
    make: Make<Float64Array>,
  ): Promise<Float64Array> {
    const shown = new Float64Array(atMs.length);
    shown.set(answer.subarray(0, common));
    if (common < atMs.length) shown.set(await make(atMs.subarray(common)), common);
    return shown;
  }
}

/** How many instants both begin with. */
function inCommon(a: Float64Array, b: Float64Array): number {
  const most = Math.min(a.length, b.length);
  let common = 0;
  while (common < most && a[common] === b[common]) common += 1;
  return common;
}
