import type { Column } from "#series/column.ts";
import { OUTCOME, type SampleColumns } from "#store/batch.ts";
import type { Range } from "#store/store.ts";

/** A part of a series that somebody has begun to read: from `fromMs` up to, not including, `toMs`. */
export interface Watch {
  readonly seriesId: number;
  readonly fromMs: number;
  /** Moves on with the reading. */
  toMs: number;
  /** Something in this part is no longer as it was read. */
  torn: boolean;
}

/** Tells whoever reads in pieces whether what was read already has changed; samples that only follow change nothing. */
export class WatchedRanges {
  readonly #watches = new Set<Watch>();

  begin(seriesId: number, fromMs: number): Watch {
    const watch = { seriesId, fromMs, toMs: fromMs, torn: false };
    this.#watches.add(watch);
    return watch;
  }

  end(watch: Watch): void {
    this.#watches.delete(watch);
  }

  appended({ seriesId, tMs }: SampleColumns, outcome: Uint8Array): void {
    for (const watch of this.#watches) {
      for (let i = 0; i < tMs.length && !watch.torn; i++) {
        const changed = outcome[i] === OUTCOME.stored || outcome[i] === OUTCOME.replaced;
        watch.torn = changed && seriesId[i] === watch.seriesId && (tMs[i] as number) < watch.toMs && (tMs[i] as number) >= watch.fromMs;
      }
    }
  }

  imported(seriesId: number, { tMs }: Column): void {
    for (const watch of this.#watches) watch.torn ||= seriesId === watch.seriesId && tMs.some((t) => t < watch.toMs);
  }

  /** Samples of this time may be gone. */
  expired(seriesId: number, { fromMs, toMs }: Range): void {
    for (const watch of this.#watches) watch.torn ||= seriesId === watch.seriesId && fromMs < watch.toMs && toMs > watch.fromMs;
  }

  corrected(): void {
    for (const watch of this.#watches) watch.torn = true;
  }
}
