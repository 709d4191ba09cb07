import type { GasRule } from "#analytics/gas-conversion.ts";
import { clippedEdges, joinPieces } from "#analytics/master-periods.ts";
import type { MeterConsumption } from "#analytics/meter-consumption.ts";
import { addUp } from "#analytics/meter-sum.ts";
import type { Range } from "#store/store.ts";
import { KeptRows } from "./meter-kept-rows.ts";
import { type MeterNode, type Reach, reachName, type Turn, turnedRows } from "./meter-part.ts";
import type { MeterSettings } from "./meter-settings.ts";

/** A meter that another is made of. */
export interface Part {
  readonly factor: number;
  readonly node: MeterNode;
  /** How its unit is told in the whole's. */
  readonly turn: Turn;
}

/** A stretch in which a whole is the sum of its parts. */
export interface Stretch extends Range {
  readonly parts: readonly Part[];
}

interface Combined {
  readonly settings: MeterSettings;
  /** Ascending, not overlapping; of a formula one, of all time. */
  readonly stretches: readonly Stretch[];
  readonly gas: readonly GasRule[];
}

/** A meter made of others: a master, whose parts follow one another, or a formula. */
export class CombinedNode implements MeterNode {
  readonly settings: MeterSettings;
  readonly stretches: readonly Stretch[];
  readonly #gas: readonly GasRule[];
  readonly #rows = new KeptRows();

  constructor({ settings, stretches, gas }: Combined) {
    this.settings = settings;
    this.stretches = stretches;
    this.#gas = gas;
  }

  consumption(edgesMs: Float64Array, reach: Reach = {}): Promise<MeterConsumption> {
    return this.#rows.of(reachName(reach), edgesMs, (edges) => this.#consumption(edges, reach));
  }

  async #consumption(edgesMs: Float64Array, reach: Reach): Promise<MeterConsumption> {
    const [only] = this.stretches;
    if (this.settings.what.kind === "virtual" && only !== undefined) return this.#sum(only, edgesMs, this.#passedOn(reach));
    const pieces: MeterConsumption[] = [];
    for (const [i, stretch] of this.stretches.entries()) {
      const edges = clippedEdges(edgesMs, stretch);
      if (edges.length > 1) pieces.push(await this.#sum(stretch, edges, this.#reachOf(i, reach)));
    }
    return joinPieces(edgesMs, pieces);
  }

  /** A master's dial goes on where the old device ended; a formula has none. */
  async register(atMs: Float64Array, reach: Reach = {}): Promise<Float64Array> {
    const found = new Float64Array(atMs.length).fill(Number.NaN);
    if (this.settings.what.kind === "virtual") return found;
    let base = Number.NaN;
    for (const [i, { fromMs, toMs }] of this.stretches.entries()) {
      const rows = [...atMs.keys()].filter(
        (row) => (atMs[row] as number) >= fromMs && ((atMs[row] as number) < toMs || atMs[row] === toMs),
      );
      const isLast = i === this.stretches.length - 1;
      const inside = Float64Array.from(rows, (row) => atMs[row] as number);
      const asked = isLast || toMs === inside.at(-1) ? inside : Float64Array.of(...inside, toMs);
      const shown = i === 0 ? await this.#shown(i, asked, reach) : await this.#goneOn(i, { atMs: asked, base }, reach);
      for (const [k, row] of rows.entries()) if (Number.isNaN(found[row] as number)) found[row] = shown[k] as number;
      base = asked.length === 0 ? base : (shown.at(-1) as number);
    }
    return found;
  }

  async readingTimes(range: Range): Promise<Float64Array> {
    const all: number[] = [];
    for (const { fromMs, toMs, parts } of this.stretches) {
      const within = { fromMs: Math.max(range.fromMs, fromMs), toMs: Math.min(range.toMs, toMs) };
      if (within.fromMs >= within.toMs) continue;
      const times = await Promise.all(parts.map(({ node }) => node.readingTimes(within)));
      // Between readings of the part that is read least, all parts were read.
      const fewest = times.reduce((least, one) => (one.length < least.length ? one : least), times[0] ?? new Float64Array(0));
      for (const tMs of fewest) if (tMs > (all.at(-1) ?? Number.NEGATIVE_INFINITY)) all.push(tMs);
    }
    return Float64Array.from(all);
  }

  /** Dials of the first devices, as they are. */
  async #shown(i: number, atMs: Float64Array, reach: Reach): Promise<Float64Array> {
    const { parts } = this.stretches[i] as Stretch;
    const sums = new Float64Array(atMs.length);
    for (const { node, turn } of parts) {
      // A dial of gas has no reading in kWh: what a cubic metre holds changes.
      const factor = turn.kind === "factor" ? turn.factor : Number.NaN;
      const shown = await node.register(atMs, this.#reachOf(i, reach));
      for (let row = 0; row < sums.length; row += 1) sums[row] = (sums[row] as number) + factor * (shown[row] as number);
    }
    return sums;
  }

  /** What the devices before showed in the end, and what these counted since. */
  async #goneOn(i: number, { atMs, base }: { readonly atMs: Float64Array; readonly base: number }, reach: Reach): Promise<Float64Array> {
    const stretch = this.stretches[i] as Stretch;
    const isAtStart = atMs[0] === stretch.fromMs;
    const edges = isAtStart ? atMs : Float64Array.of(stretch.fromMs, ...atMs);
    const { amount } = await this.#sum(stretch, edges, this.#reachOf(i, reach));
    const shown = new Float64Array(edges.length);
    shown[0] = base;
    for (let row = 0; row < amount.length; row += 1) shown[row + 1] = (shown[row] as number) + (amount[row] as number);
    return isAtStart ? shown : shown.subarray(1);
  }

  async #sum({ parts }: Stretch, edgesMs: Float64Array, reach: Reach): Promise<MeterConsumption> {
    const rows = await Promise.all(
      parts.map(async ({ node, factor, turn }) => ({ factor, of: await turnedRows(node, turn, { edgesMs, gas: this.#gas, reach }) })),
    );
    const [first] = rows;
    return rows.length === 1 && first?.factor === 1 ? first.of : addUp(rows);
  }

  /** Devices are carried on to where others took over, so that nothing is lost between the last reading of one and the first of the other. */
  #reachOf(i: number, reach: Reach): Reach {
    const { fromMs, toMs } = this.stretches[i] as Stretch;
    const isFirst = i === 0;
    const isLast = i === this.stretches.length - 1;
    const from = isFirst ? reach.fromMs : fromMs;
    const to = isLast ? reach.toMs : toMs;
    return { ...(from === undefined ? {} : { fromMs: from }), ...(to === undefined ? {} : { toMs: to }), ...this.#months(reach) };
  }

  #passedOn(reach: Reach): Reach {
    return { ...reach, ...this.#months(reach) };
  }

  #months(reach: Reach): Pick<Reach, "pattern"> {
    const pattern = this.settings.pattern ?? reach.pattern;
    return pattern === undefined || this.settings.what.kind === "virtual" ? {} : { pattern };
  }
}
