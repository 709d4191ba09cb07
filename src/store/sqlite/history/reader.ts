import type { ReadOptions } from "#store/store.ts";
import { asKnownAt } from "./as-of.ts";
import { BLOCK_SAMPLES } from "./block.ts";
import { type BlockCache, unpackInto } from "./block-cache.ts";
import type { BlockRow } from "./block-row.ts";
import type { BlockTable } from "./block-table.ts";
import type { CorrectionTable } from "./correction-table.ts";
import { inForce, layOver } from "./corrections.ts";
import type { LateTable } from "./late-table.ts";
import type { RevisionTable } from "./revision-table.ts";
import { allocate, concat, copyInto, overlay, ownCopy, rows, rowsWithin, type Samples } from "./samples.ts";
import type { SeriesStates } from "./series-state.ts";
import { isEmpty, type Span } from "./spans.ts";

const STRETCH_BLOCKS = 64;

/** Where samples and what is known of them are kept. */
export interface ReaderParts {
  readonly blocks: BlockTable;
  readonly cache: BlockCache;
  readonly states: SeriesStates;
  readonly late: LateTable;
  readonly revisions: RevisionTable;
  readonly corrections: CorrectionTable;
}

/** Puts together what blocks, late samples and tail hold of a series. All answers own their arrays. */
export class Reader {
  readonly #parts: ReaderParts;

  constructor(parts: ReaderParts) {
    this.#parts = parts;
  }

  /**
   * The samples of a span as they are today or were known on a date, corrections laid over unless told otherwise.
   * Errors: StoreError `damaged` where a block of the span is.
   */
  samples(series: number, span: Span, options: ReadOptions = {}): Samples {
    const { limit } = options;
    if (isEmpty(span) || limit === 0) return allocate(0);
    if (limit === undefined) return this.#whole(series, span, options);
    return limit > 0 ? this.#first(series, span, options) : this.#last(series, span, options);
  }

  #whole(series: number, span: Span, { asOfMs, corrected = true }: ReadOptions): Samples {
    const stored = this.#stored(series, span);
    const known = asOfMs === undefined ? stored : asKnownAt(stored, this.#parts.revisions.touching(series, span), asOfMs);
    return corrected ? layOver(known, inForce(this.#parts.corrections.of(series), asOfMs), span) : known;
  }

  #first(series: number, span: Span, options: ReadOptions): Samples {
    const limit = options.limit ?? 0;
    const pieces = this.#pieces(series, span);
    const found: Samples[] = [];
    let n = 0;
    for (let from = 0, to = 0; from < pieces.length && n < limit; from = to) {
      // As many blocks at once as what is left would fill.
      to = Math.min(pieces.length, from + Math.ceil((limit - n) / BLOCK_SAMPLES));
      const stretch = { fromMs: (pieces[from] as Span).fromMs, toMs: (pieces[to - 1] as Span).toMs };
      const samples = this.#whole(series, stretch, options);
      n += samples.tMs.length;
      found.push(samples);
    }
    const all = found.length === 1 ? (found[0] as Samples) : concat(found);
    return n <= limit ? all : ownCopy(rows(all, 0, limit));
  }

  #last(series: number, span: Span, options: ReadOptions): Samples {
    const limit = -(options.limit ?? 0);
    const found: Samples[] = [];
    let n = 0;
    for (const piece of this.#pieces(series, span).reverse()) {
      const samples = this.#whole(series, piece, options);
      n += samples.tMs.length;
      found.unshift(samples);
      if (n >= limit) break;
    }
    const all = concat(found);
    return ownCopy(rows(all, Math.max(0, all.tMs.length - limit), all.tMs.length));
  }

  /** The span cut where blocks begin, so that a limit need not unpack all of it. */
  #pieces(series: number, span: Span): Span[] {
    const { blocks, states } = this.#parts;
    const cuts = blocks.extents(series, span.fromMs, span.toMs).map((block) => block.t0);
    if (states.get(series).tail.length > 0) cuts.push(states.get(series).tail.samples.tMs[0] as number);
    const edges = [span.fromMs, ...cuts.filter((cut) => cut > span.fromMs && cut < span.toMs), span.toMs];
    return edges.slice(1).map((toMs, i) => ({ fromMs: edges[i] as number, toMs }));
  }

  /** All samples of a span that are stored, before corrections. */
  #stored(series: number, span: Span): Samples {
    const state = this.#parts.states.get(series);
    const tail = rowsWithin(state.tail.samples, span.fromMs, span.toMs);
    if (state.late.rows === 0) return this.#blocksAnd(series, span, tail);
    const late = this.#parts.late.within(series, span.fromMs, span.toMs).samples;
    return concat([overlay(this.inBlocks(series, span), late), tail]);
  }

  /** The samples of a span that are in blocks. */
  inBlocks(series: number, span: Span): Samples {
    return this.#blocksAnd(series, span, allocate(0));
  }

  #blocksAnd(series: number, span: Span, tail: Samples): Samples {
    const parts = this.#parts.blocks.within(series, span.fromMs, span.toMs).map((block) => this.#part(block, span));
    const out = allocate(parts.reduce((sum, part) => sum + part.n, tail.tMs.length));
    let at = 0;
    for (const { n, fill } of parts) {
      fill(rows(out, at, at + n));
      at += n;
    }
    copyInto(out, at, tail);
    return out;
  }

  /** What a block has of the span. A whole one is unpacked where it is wanted; edges come by way of the cache. */
  #part(block: BlockRow, span: Span): { n: number; fill: (out: Samples) => void } {
    if (block.t0 >= span.fromMs && block.t1 < span.toMs) return { n: block.n, fill: (out) => unpackInto(block, out) };
    const wanted = rowsWithin(this.#parts.cache.samples(block), span.fromMs, span.toMs);
    return { n: wanted.tMs.length, fill: (out) => copyInto(out, 0, wanted) };
  }

  /** The span in pieces of bounded work, however many samples or empty years it has. */
  stretches(series: number, span: Span): Span[] {
    const pieces = this.#pieces(series, span);
    const stretches: Span[] = [];
    for (let i = 0; i < pieces.length; i += STRETCH_BLOCKS) {
      const last = pieces[Math.min(i + STRETCH_BLOCKS, pieces.length) - 1] as Span;
      stretches.push({ fromMs: (pieces[i] as Span).fromMs, toMs: last.toMs });
    }
    return stretches;
  }
}
