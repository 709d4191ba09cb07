import { BLOCK_SAMPLES } from "./block.ts";
import type { Parts } from "./parts.ts";
import { concat, overlay, rows, type Samples } from "./samples.ts";
import type { SeriesState } from "./series-state.ts";

/** A block that late samples are built into may grow to this before it is cut, so that a few of them do not make two blocks of each. */
const MOST_SAMPLES = (BLOCK_SAMPLES * 3) / 2;

/** Writes samples into blocks and keeps the rollups in step. Memory is left to the caller, after the commit. */
export class BlockWriter {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Appends samples that are newer than all blocks: the open block is extended, then new ones follow. */
  extend(state: SeriesState, samples: Samples, logSeq: number): void {
    if (samples.tMs.length === 0) return;
    const open = this.#openBlock(state);
    const all = open === undefined ? samples : concat([open.samples, samples]);
    let id = open?.id;
    for (let at = 0; at < all.tMs.length; at += BLOCK_SAMPLES) {
      const piece = rows(all, at, Math.min(at + BLOCK_SAMPLES, all.tMs.length));
      this.#parts.blocks.write({ series: state.id, logSeq, id }, piece);
      id = undefined;
    }
    this.#parts.rollups.refresh(state.id, samples.tMs);
  }

  /** The newest block where it has room and is sound. */
  #openBlock(state: SeriesState): { id: number; samples: Samples } | undefined {
    if (state.open === undefined || state.open.n >= BLOCK_SAMPLES) return undefined;
    const row = this.#parts.blocks.at(state.id, state.open.t1);
    const samples = row === undefined ? undefined : this.#parts.cache.sound(row);
    return samples === undefined ? undefined : { id: state.open.id, samples };
  }

  /** Writes samples for a time no block speaks of, before the newest block or before any tail. */
  fill(state: SeriesState, samples: Samples): void {
    for (const piece of evenPieces(samples)) this.#parts.blocks.write({ series: state.id, logSeq: state.logSeq }, piece);
    this.#parts.rollups.refresh(state.id, samples.tMs);
  }

  /**
   * Builds the late samples around an instant into their block. Answers how many samples were written, how many late
   * ones are gone, and where the next block begins. The rollups are left to `mend`, in the same transaction.
   */
  rebuild(state: SeriesState, tMs: number): Rebuilt {
    const { blocks, cache, late } = this.#parts;
    const block = blocks.at(state.id, tMs);
    const nextMs = blocks.nextStart(state.id, Math.max(tMs, block?.t0 ?? tMs));
    const under = block === undefined ? undefined : cache.sound(block);
    if (block === undefined || under === undefined) return { written: 0, rows: 0, fresh: 0, nextMs, tMs: new Float64Array(0) };
    const span = { fromMs: Math.min(tMs, block.t0), toMs: nextMs };
    const found = late.within(state.id, span.fromMs, span.toMs);
    const all = overlay(under, found.samples);
    const pieces = all.tMs.length <= MOST_SAMPLES ? [all] : evenPieces(all);
    pieces.forEach((piece, i) => {
      const written = blocks.write({ series: state.id, logSeq: block.log_seq, id: i === 0 ? block.id : undefined }, piece);
      // The rollups are mended from it next.
      cache.keep(written, piece);
    });
    late.removeWithin(state.id, span.fromMs, span.toMs);
    return { written: all.tMs.length, rows: found.rows, fresh: found.fresh, nextMs, tMs: found.samples.tMs };
  }

  /** Brings the rollups up to date with blocks that were rebuilt: instants in rising order, for several blocks at once. */
  mend(series: number, tMs: Float64Array): void {
    this.#parts.rollups.refresh(series, tMs);
  }
}

export interface Rebuilt {
  readonly written: number;
  readonly rows: number;
  readonly fresh: number;
  readonly nextMs: number;
  /** Instants that were built in. */
  readonly tMs: Float64Array;
}

/** As few blocks as hold all samples, of about one size. */
function evenPieces(samples: Samples): Samples[] {
  const n = samples.tMs.length;
  const pieces = Math.ceil(n / BLOCK_SAMPLES);
  return Array.from({ length: pieces }, (_, i) => rows(samples, Math.floor((i * n) / pieces), Math.floor(((i + 1) * n) / pieces)));
}
