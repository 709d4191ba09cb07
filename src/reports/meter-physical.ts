import type { MeterConsumption, Pace } from "#analytics/meter-consumption.ts";
import { extendIndex } from "#analytics/meter-extension.ts";
import { consumptionOf, registerAt } from "#analytics/meter-fill.ts";
import type { MeterIndex } from "#analytics/meter-index.ts";
import { DAY_MS } from "#calendar/civil.ts";
import type { Zone } from "#calendar/zone.ts";
import { lowerBound } from "#series/column.ts";
import type { Range } from "#store/store.ts";
import type { DialHistory, DialRules } from "./meter-dial-history.ts";
import { MeterGaps } from "./meter-gaps.ts";
import { KeptRows, KeptShown } from "./meter-kept-rows.ts";
import { type MeterNode, type Reach, reachName } from "./meter-part.ts";
import { type MeterPattern, patternOf } from "./meter-pattern.ts";
import { rowsAfter } from "./meter-rows.ts";
import type { MeterSettings } from "./meter-settings.ts";
import type { Skeleton } from "./meter-skeleton.ts";

/** What a physical meter is derived from at one moment. */
export interface PhysicalParts {
  readonly settings: MeterSettings;
  readonly history: DialHistory;
  readonly rules: DialRules;
  readonly skeleton: Skeleton;
  /** From then on it is carried back; Infinity where nobody said since when it counts. */
  readonly beginMs: number;
  /** Until then a meter is carried on; what a whole asks beyond it, until the horizon. */
  readonly endMs: number;
  readonly horizonMs: number;
  readonly asOfMs?: number | undefined;
}

/** A longer stretch is answered piece by piece where all its readings are needed. */
const PIECE_MS = 40 * DAY_MS;
/** So few edges within days are looked up one by one. */
const FEW_EDGES = 4;
/** Readings this far apart are all in the skeleton. */
const SPARSE_MS = 13 * 3_600_000;

/** A meter with a dial. */
export class PhysicalNode implements MeterNode {
  readonly settings: MeterSettings;
  readonly skeleton: Skeleton;
  readonly pattern: MeterPattern;
  readonly rules: DialRules;
  readonly #parts: PhysicalParts;
  readonly #zone: Zone;
  readonly #gaps: MeterGaps;
  readonly #rows = new KeptRows();
  readonly #shown = new KeptShown();
  #extended: { readonly name: string; readonly index: MeterIndex } | undefined;

  constructor(parts: PhysicalParts) {
    this.settings = parts.settings;
    this.skeleton = parts.skeleton;
    this.rules = parts.rules;
    this.#parts = parts;
    this.#zone = parts.rules.zone;
    this.pattern = patternOf(parts.settings, parts.skeleton.index, this.#zone);
    this.#gaps = new MeterGaps({ everyMs: parts.skeleton.everyMs, zone: this.#zone }, (range) => this.fine(range));
  }

  /** From where to where it is carried on by itself. */
  get span(): { readonly beginMs: number; readonly endMs: number } {
    return this.#parts;
  }

  consumption(edgesMs: Float64Array, reach: Reach = {}): Promise<MeterConsumption> {
    return this.#rows.of(reachName(reach), edgesMs, (edges) => this.#consumption(edges, reach));
  }

  register(atMs: Float64Array, reach: Reach = {}): Promise<Float64Array> {
    return this.#shown.of(reachName(reach), atMs, (at) => this.#register(at, reach));
  }

  async #consumption(edgesMs: Float64Array, reach: Reach): Promise<MeterConsumption> {
    const pieces: MeterConsumption[] = [];
    for (const edges of this.#pieces(edgesMs)) {
      const index = await this.#indexAt(edges, reach);
      pieces.push(consumptionOf(index, edges, await this.#gaps.bent(this.#pace(reach), index, edges)));
    }
    return rowsAfter(edgesMs, pieces);
  }

  async #register(atMs: Float64Array, reach: Reach): Promise<Float64Array> {
    const found = new Float64Array(atMs.length);
    let row = 0;
    for (const edges of this.#pieces(atMs)) {
      const at = row === 0 ? edges : edges.subarray(1);
      const index = await this.#indexAt(edges, reach);
      found.set(registerAt(index, at, await this.#gaps.bent(this.#pace(reach), index, at)), row);
      row += at.length;
    }
    return found;
  }

  async readingTimes({ fromMs, toMs }: Range): Promise<Float64Array> {
    const { tMs } = await this.fine({ fromMs, toMs });
    return tMs.slice(lowerBound(tMs, fromMs), lowerBound(tMs, toMs + 1));
  }

  /** Every reading of a stretch that counts, with what is kept of the rest. */
  fine(range: Range): Promise<MeterIndex> {
    return this.#withFine(this.skeleton.index, range);
  }

  async #withFine(index: MeterIndex, { fromMs, toMs }: Range): Promise<MeterIndex> {
    if (this.#isSparse || !this.#reaches({ fromMs, toMs })) return index;
    const { history, asOfMs } = this.#parts;
    const range = { fromMs: this.#zone.dayStart(fromMs), toMs: this.#zone.nextStart("day", toMs) };
    return history.fine(this.rules, index, { range, options: asOfMs === undefined ? {} : { asOfMs }, kept: this.skeleton });
  }

  get #isSparse(): boolean {
    const { days, everyMs } = this.skeleton;
    return !(everyMs < SPARSE_MS) && days.readings.every((n) => n <= 2);
  }

  #pace({ pattern }: Reach): Pace {
    const says = this.pattern.from === "file" || this.pattern.from === "page";
    return pattern === undefined || says ? this.pattern.pace : patternOf({ pattern }, this.skeleton.index, this.#zone).pace;
  }

  #reaches({ fromMs, toMs }: Range): boolean {
    const { tMs } = this.skeleton.index;
    return tMs.length > 0 && toMs > (tMs[0] as number) && fromMs < (tMs.at(-1) as number);
  }

  /** Edges in stretches whose readings fit into memory; edges of days need none. */
  *#pieces(edgesMs: Float64Array): Generator<Float64Array> {
    const isLong = (edgesMs.at(-1) ?? 0) - (edgesMs[0] ?? 0) > PIECE_MS;
    if (!isLong || this.#isSparse || this.#withinDays(edgesMs).length <= FEW_EDGES) {
      yield edgesMs;
      return;
    }
    for (let from = 0; from < edgesMs.length - 1; ) {
      const next = lowerBound(edgesMs, (edgesMs[from] as number) + PIECE_MS);
      const to = Math.min(Math.max(from + 1, next), edgesMs.length - 1);
      yield edgesMs.subarray(from, to + 1);
      from = to;
    }
  }

  /** Edges that lie between two readings of one day. */
  #withinDays(edgesMs: Float64Array): Float64Array {
    const { tMs } = this.skeleton.index;
    const [firstMs = Infinity, lastMs = -Infinity] = [tMs[0], tMs.at(-1)];
    return edgesMs.filter((edge) => edge > firstMs && edge < lastMs && !this.#isMidnight(edge));
  }

  /** A day begins at midnight, or where the clock skips it, behind it. */
  #isMidnight(tMs: number): boolean {
    return this.#zone.localOf(tMs) % DAY_MS === 0 || this.#zone.dayStart(tMs) === tMs;
  }

  /** The index with every reading around edges that lie within a day, carried on to both ends. */
  async #indexAt(edgesMs: Float64Array, reach: Reach): Promise<MeterIndex> {
    const within = this.#isSparse ? new Float64Array(0) : this.#withinDays(edgesMs);
    let index = this.#carriedOn(reach);
    if (within.length > FEW_EDGES) return this.#withFine(index, { fromMs: within[0] as number, toMs: within.at(-1) as number });
    for (const edge of within) index = await this.#withFine(index, { fromMs: edge, toMs: edge });
    return index;
  }

  #carriedOn(reach: Reach): MeterIndex {
    const range = this.#range(reach);
    const name = `${range.fromMs} ${range.toMs}`;
    if (this.#extended?.name !== name) this.#extended = { name, index: extendIndex(this.skeleton.index, range) };
    return this.#extended.index;
  }

  #range(reach: Reach): Range {
    const { beginMs, endMs, horizonMs } = this.#parts;
    const fromMs = Math.min(beginMs, reach.fromMs ?? Infinity);
    const { tMs } = this.skeleton.index;
    return {
      fromMs: Number.isFinite(fromMs) ? fromMs : (tMs[0] ?? 0),
      toMs: Math.min(horizonMs, Math.max(endMs, reach.toMs ?? Number.NEGATIVE_INFINITY)),
    };
  }
}
