import type { Buckets } from "#series/column.ts";
import { lowerBound } from "#series/column.ts";
import type { ReadOptions } from "#store/store.ts";
import { BucketBuilder } from "./bucket-builder.ts";
import { inForce } from "./corrections.ts";
import type { Parts } from "./parts.ts";
import { LEVELS, type Level } from "./rollup.ts";
import { spanOf } from "./rollup-table.ts";
import { intersect, isEmpty, join, type Span, widen } from "./spans.ts";

/** What is asked of one series. */
export interface BucketQuery {
  readonly series: number;
  readonly span: Span;
  readonly bucketMs: number;
  readonly options: ReadOptions;
}

/** With more touched cells than this it is faster to read the samples of whole chunks than of each cell. */
const MANY_SPANS = 100;

/** Buckets from rollups where they are complete, from samples everywhere else. */
export class BucketReader {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  buckets(query: BucketQuery): Buckets {
    const { span, bucketMs } = query;
    const builder = new BucketBuilder(bucketMs);
    const whole = intersect(widen(span, bucketMs), this.#known(query));
    const level = LEVELS.find(({ cellMs }) => bucketMs % cellMs === 0);
    if (level === undefined || query.options.asOfMs !== undefined) this.#addSamples(builder, query, whole);
    else this.#addCells(builder, { query, level, whole: widen(whole, level.cellMs) });
    return limited(builder.build(), query.options.limit);
  }

  /** The time something could be known of, corrections included. */
  #known({ series }: BucketQuery): Span {
    const { states, blocks, corrections } = this.#parts;
    const state = states.get(series);
    const times = corrections.of(series).map(({ t0Ms }) => t0Ms);
    const late = state.late.rows === 0 ? undefined : this.#parts.late.next({ series, tMs: Number.MIN_SAFE_INTEGER });
    if (late !== undefined) times.push(late.tMs);
    if (state.tail.length > 0) times.push(state.tail.samples.tMs[0] as number);
    times.push(blocks.totals(series).firstMs);
    const last = Math.max(state.lastMs, ...times.filter(Number.isFinite));
    return { fromMs: times.reduce((first, t) => Math.min(first, t)), toMs: last + 1 };
  }

  #addSamples(builder: BucketBuilder, { series, options }: BucketQuery, span: Span): void {
    const { limit: _, ...plain } = options;
    if (isEmpty(span)) return;
    for (const stretch of this.#parts.reader.stretches(series, span)) {
      builder.addSamples(this.#parts.reader.samples(series, stretch, plain));
    }
  }

  #addCells(builder: BucketBuilder, { query, level, whole }: { query: BucketQuery; level: Level; whole: Span }): void {
    let atMs = whole.fromMs;
    for (const touched of this.#touched(query, level, whole)) {
      this.#addClean(builder, { query, level, whole: { fromMs: atMs, toMs: touched.fromMs } });
      this.#addSamples(builder, query, touched);
      atMs = touched.toMs;
    }
    this.#addClean(builder, { query, level, whole: { fromMs: atMs, toMs: whole.toMs } });
  }

  /** Cells the rollups do not tell the truth of: late samples, corrections, and all from the tail on. */
  #touched({ series, options }: BucketQuery, level: Level, whole: Span): Span[] {
    const { states, late, corrections } = this.#parts;
    const { tail, late: waiting } = states.get(series);
    const spans: Span[] = [];
    if (tail.length > 0) spans.push({ fromMs: tail.samples.tMs[0] as number, toMs: Number.MAX_SAFE_INTEGER });
    if (waiting.rows > 0) {
      for (const t of late.within(series, whole.fromMs, whole.toMs).samples.tMs) spans.push({ fromMs: t, toMs: t + 1 });
    }
    if (options.corrected !== false) {
      for (const { t0Ms, t1Ms } of inForce(corrections.of(series))) spans.push({ fromMs: t0Ms, toMs: Math.max(t0Ms, t1Ms) + 1 });
    }
    const stepMs = spans.length > MANY_SPANS ? level.chunkMs : level.cellMs;
    return join(spans.map((span) => intersect(widen(span, stepMs), whole)));
  }

  /** A span of whole cells that only blocks speak of. */
  #addClean(builder: BucketBuilder, { query, level, whole }: { query: BucketQuery; level: Level; whole: Span }): void {
    const { series } = query;
    let atMs = whole.fromMs;
    for (const chunk of isEmpty(whole) ? [] : this.#parts.rollups.chunks(series, level, whole)) {
      const cells = this.#parts.rollups.cells({ series, level, chunk });
      if (cells === undefined) continue;
      const inside = intersect(spanOf({ level, chunk }), whole);
      this.#addSamples(builder, query, { fromMs: atMs, toMs: inside.fromMs });
      builder.addBuckets(cells, lowerBound(cells.tMs, inside.fromMs), lowerBound(cells.tMs, inside.toMs));
      atMs = inside.toMs;
    }
    this.#addSamples(builder, query, { fromMs: atMs, toMs: whole.toMs });
  }
}

/** The first buckets, or the last where the limit is negative. */
function limited(buckets: Buckets, limit: number | undefined): Buckets {
  if (limit === undefined) return buckets;
  const [from, to] = limit < 0 ? [limit, undefined] : [0, limit];
  return {
    bucketMs: buckets.bucketMs,
    tMs: buckets.tMs.slice(from, to),
    first: buckets.first.slice(from, to),
    last: buckets.last.slice(from, to),
    min: buckets.min.slice(from, to),
    max: buckets.max.slice(from, to),
    sum: buckets.sum.slice(from, to),
    n: buckets.n.slice(from, to),
    nBad: buckets.nBad.slice(from, to),
    qualityOr: buckets.qualityOr.slice(from, to),
  };
}
