import type { LatePlace } from "./late-lookup.ts";
import type { NewRevision } from "./revision-table.ts";
import type { Sample } from "./samples.ts";
import type { SeriesState } from "./series-state.ts";
import { Tail } from "./tail.ts";

/** How an instant came to be known: with its own time, from now on, out of order, or before this batch. */
export type Known = "live" | "arrived" | "late" | "before";

/** What a batch does to one series, beside the series until the commit. */
export class Stage {
  readonly state: SeriesState;
  /** Samples that are stored or replace others. */
  readonly rows = new Tail();
  readonly lost: NewRevision[] = [];
  readonly #known = new Map<number, Known>();
  readonly #places = new Map<number, LatePlace>();
  #newLate = { rows: 0, fresh: 0 };

  constructor(state: SeriesState) {
    this.state = state;
  }

  get lastMs(): number {
    return Math.max(this.state.lastMs, this.rows.lastMs);
  }

  /** What stands at an instant, this batch included. */
  find(tMs: number, place: LatePlace | undefined): Sample | undefined {
    const staged = this.rows.find(tMs);
    if (staged >= 0) return this.rows.at(staged);
    if (place !== undefined) return place.old;
    const row = this.state.tail.find(tMs);
    return row < 0 ? undefined : this.state.tail.at(row);
  }

  put(tMs: number, sample: Sample, known: Known, place?: LatePlace): void {
    if (place !== undefined && this.rows.find(tMs) < 0) this.#placeLate(tMs, place);
    this.rows.put(tMs, sample);
    // A sample replaced within its own batch came to be known when it first came.
    if (known === "before" && this.#known.has(tMs)) return;
    if (known !== "live") this.#known.set(tMs, known);
  }

  #placeLate(tMs: number, place: LatePlace): void {
    this.#places.set(tMs, place);
    if (!place.waits) this.#newLate = { rows: this.#newLate.rows + 1, fresh: this.#newLate.fresh + (place.fresh ? 1 : 0) };
  }

  knownAs(tMs: number): Known {
    return this.#known.get(tMs) ?? "live";
  }

  /** True where some instant needs a record of when it came to be known. */
  get hasRecords(): boolean {
    return this.#known.size > 0;
  }

  gapOf(tMs: number): string | undefined {
    return this.#places.get(tMs)?.gap;
  }

  readonly freshAt = (tMs: number): boolean => this.#places.get(tMs)?.fresh ?? true;

  /** After the commit. */
  settle(seq: number): void {
    this.state.changed(seq, this.rows.length > 0 ? (this.rows.samples.tMs[0] as number) : Number.POSITIVE_INFINITY);
    this.state.addLate(this.#newLate);
    if (this.#places.size > 0) this.state.newest = undefined;
  }
}
