import { inTransaction } from "#store/sqlite/transaction.ts";
import type { Range } from "#store/store.ts";
import { keepWhere } from "./as-of.ts";
import type { BlockExtent } from "./block-row.ts";
import { BlockWriter } from "./block-writer.ts";
import { NO_COLUMNS } from "./log.ts";
import type { Parts } from "./parts.ts";
import { LEVELS } from "./rollup.ts";
import { ownCopy } from "./samples.ts";
import type { SeriesState } from "./series-state.ts";
import { intersect, isEmpty, join, type Span } from "./spans.ts";

/** What is to be forgotten of one series. */
export interface Expiring {
  readonly seriesId: number;
  readonly beforeMs: number;
  /** What stays all the same. */
  readonly spare: readonly Range[];
  /** Where the step before this one ended; left out at first. */
  readonly fromMs?: number | undefined;
}

/** What one step forgot: how many samples, the time they lie in, and where the next step begins, where one is left. */
export interface Expired {
  readonly samples: number;
  /** Empty where nothing changed. */
  readonly span: Span;
  readonly nextMs?: number;
}

/** What goes, while it is counted. */
interface Gone {
  samples: number;
  fromMs: number;
  toMs: number;
  late: { rows: number; fresh: number };
}

/** Blocks one transaction looks at. */
const STEP_BLOCKS = 256;
const ALL_TIME: Span = { fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY };
const NOTHING: Expired = { samples: 0, span: { fromMs: Number.POSITIVE_INFINITY, toMs: Number.NEGATIVE_INFINITY } };

/**
 * Forgets samples for good: blocks, late samples, summaries and revisions of a time. The newest sample of a series stays, so that it is
 * known when it was last heard; with it stays the newest block, which says what of the log is in blocks, so that nothing comes back.
 */
export class Expirer {
  readonly #parts: Parts;
  readonly #writer: BlockWriter;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#writer = new BlockWriter(parts);
  }

  /** One bounded step in a transaction of its own; `book` writes within it, told from when on the series changes. */
  step(expiring: Expiring, book: (fromMs: number) => void): Expired {
    const state = this.#parts.states.get(expiring.seriesId);
    if (!this.#hasOlder(state, expiring.beforeMs)) return NOTHING;
    this.#moveTail(state, expiring.beforeMs);
    const spans = spansOf({ ...expiring, beforeMs: Math.min(expiring.beforeMs, state.lastMs) });
    const [first, last] = [spans[0], spans.at(-1)];
    if (first === undefined || last === undefined) return NOTHING;
    const touched = this.#parts.blocks
      .extents(state.id, first.fromMs, last.toMs)
      .filter(({ t0, t1 }) => spans.some(({ fromMs, toMs }) => t1 >= fromMs && t0 < toMs));
    const next = touched[STEP_BLOCKS];
    // Late samples go with the blocks of this step.
    const here = spans.map((span) => intersect(span, { ...ALL_TIME, toMs: next?.t0 ?? last.toMs })).filter((span) => !isEmpty(span));
    const done = this.#forget(state, { blocks: touched.slice(0, STEP_BLOCKS), spans: here }, book);
    return next === undefined ? done : { ...done, nextMs: next.t0 };
  }

  #hasOlder(state: SeriesState, beforeMs: number): boolean {
    if (state.lastMs === Number.NEGATIVE_INFINITY) return false;
    const { blocks, late } = this.#parts;
    const firsts = [blocks.totals(state.id).firstMs, state.tail.samples.tMs[0] ?? Number.POSITIVE_INFINITY];
    if (state.late.rows > 0) firsts.push(late.next({ series: state.id, tMs: Number.MIN_SAFE_INTEGER })?.tMs ?? Number.POSITIVE_INFINITY);
    return Math.min(...firsts) < Math.min(beforeMs, state.lastMs);
  }

  /** A tail that is not wholly newer goes into blocks first: of the log, only what is newer than blocks comes back after a kill. */
  #moveTail(state: SeriesState, beforeMs: number): void {
    const { tail } = state;
    if (tail.length === 0 || Math.min(state.blockEndMs, tail.samples.tMs[0] as number) >= beforeMs) return;
    inTransaction(this.#parts.db, () => this.#writer.extend(state, tail.samples, this.#parts.log.committedSeq));
    tail.clear();
    this.#parts.states.refresh(state);
  }

  #forget(state: SeriesState, of: { blocks: readonly BlockExtent[]; spans: readonly Span[] }, book: (fromMs: number) => void): Expired {
    const { log, states, revisions } = this.#parts;
    const gone: Gone = { samples: 0, ...NOTHING.span, late: { rows: 0, fresh: 0 } };
    const record = inTransaction(this.#parts.db, () => {
      if (state.late.rows > 0) for (const span of of.spans) this.#dropLate(state, span, gone);
      for (const block of of.blocks) this.#cut(state, { block, spans: of.spans }, gone);
      if (isEmpty(gone)) return undefined;
      for (const span of of.spans) revisions.removeWithin(state.id, span);
      this.#mend(state.id, of.spans);
      book(gone.fromMs);
      return log.write(NO_COLUMNS, this.#parts.nowMs());
    });
    if (record === undefined) return NOTHING;
    log.committed(record.bytes);
    state.addLate({ rows: -gone.late.rows, fresh: -gone.late.fresh });
    states.refresh(state);
    state.changed(record.seq, gone.fromMs);
    return { samples: gone.samples, span: { fromMs: gone.fromMs, toMs: gone.toMs } };
  }

  #dropLate(state: SeriesState, span: Span, gone: Gone): void {
    const { samples, rows, fresh } = this.#parts.late.within(state.id, span.fromMs, span.toMs);
    if (rows === 0) return;
    this.#parts.late.removeWithin(state.id, span.fromMs, span.toMs);
    gone.late.rows += rows;
    gone.late.fresh += fresh;
    // One that takes the place of a sample in a block is counted with the block.
    note(gone, fresh, { fromMs: samples.tMs[0] as number, toMs: (samples.tMs[rows - 1] as number) + 1 });
  }

  /** Takes the samples of the spans out of a block; a damaged one goes as a whole or stays. */
  #cut(state: SeriesState, { block, spans }: { block: BlockExtent; spans: readonly Span[] }, gone: Gone): void {
    const { blocks, cache } = this.#parts;
    const whole = { fromMs: block.t0, toMs: block.t1 + 1 };
    if (spans.some(({ fromMs, toMs }) => block.t0 >= fromMs && block.t1 < toMs)) {
      blocks.remove(block.id);
      note(gone, block.n, whole);
      return;
    }
    const row = blocks.at(state.id, block.t0);
    const samples = row && cache.sound(row);
    if (samples === undefined) return;
    const isGone = (tMs: number): boolean => spans.some(({ fromMs, toMs }) => tMs >= fromMs && tMs < toMs);
    const kept = keepWhere(ownCopy(samples), (i) => !isGone(samples.tMs[i] as number));
    const n = samples.tMs.length - kept.tMs.length;
    if (n === 0) return;
    if (kept.tMs.length === 0) blocks.remove(block.id);
    else blocks.write({ series: state.id, logSeq: block.log_seq, id: block.id }, kept);
    note(gone, n, { fromMs: samples.tMs.find(isGone) as number, toMs: whole.toMs });
  }

  /** Summaries of the time are dropped; those at its edges, which tell of what stays as well, are made anew. */
  #mend(series: number, spans: readonly Span[]): void {
    const { rollups } = this.#parts;
    for (const span of spans) for (const level of LEVELS) rollups.removeTouching(series, level, span);
    const edges = new Set(spans.flatMap(({ fromMs, toMs }) => [fromMs, toMs]).filter((tMs) => Number.isFinite(tMs)));
    rollups.refresh(series, Float64Array.from(edges).sort());
  }
}

function note(gone: Gone, samples: number, span: Span): void {
  gone.samples += samples;
  gone.fromMs = Math.min(gone.fromMs, span.fromMs);
  gone.toMs = Math.max(gone.toMs, span.toMs);
}

/** The time from one instant to another that is not spared, in rising order. */
function spansOf({ beforeMs, spare, fromMs: startMs = Number.NEGATIVE_INFINITY }: Expiring): Span[] {
  const spans: Span[] = [];
  let fromMs = startMs;
  for (const kept of join(spare)) {
    spans.push({ fromMs, toMs: Math.min(kept.fromMs, beforeMs) });
    fromMs = Math.max(fromMs, kept.toMs);
  }
  spans.push({ fromMs, toMs: beforeMs });
  return spans.filter((span) => !isEmpty(span));
}
