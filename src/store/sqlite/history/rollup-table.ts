import { crc32 } from "node:zlib";
import { type Buckets, lowerBound } from "#series/column.ts";
import { type Database, prepare } from "#store/sqlite/statement.ts";
import type { BlockTable } from "./block-table.ts";
import { BucketBuilder, bucketsOf } from "./bucket-builder.ts";
import { decodeCells, encodeCells, LEVELS, type Level, worthKeeping } from "./rollup.ts";
import type { Samples } from "./samples.ts";
import { intersect, isEmpty, join, type Span } from "./spans.ts";

/** Samples of a series that are in blocks, which is all that rollups tell of. */
export type BlockSamples = (series: number, span: Span) => Samples;

export interface ChunkKey {
  readonly series: number;
  readonly level: Level;
  readonly chunk: number;
}

interface RollupRow {
  readonly checksum: number;
  readonly data: Uint8Array;
}

/** Blocks this much longer than a cell, with fewer samples per cell than this, are thin. */
const THIN_CELLS = 32;
const THIN_SAMPLES = 5;

/** All levels are refreshed over this stretch before the next, so that its blocks are unpacked once. */
const STRETCH_MS = Math.max(...LEVELS.map((level) => level.chunkMs));

/**
 * Aggregates of what is in blocks. A chunk that has a row is complete; one without is read from the samples,
 * so thin series cost nothing here.
 */
export class RollupTable {
  readonly #find;
  readonly #chunks;
  readonly #put;
  readonly #remove;
  readonly #removeTouching;
  readonly #blocks: BlockTable;
  readonly #samples: BlockSamples;

  constructor(db: Database, blocks: BlockTable, samples: BlockSamples) {
    this.#blocks = blocks;
    const chosen = "series = ? AND level = ? AND chunk = ?";
    this.#find = prepare<RollupRow>(db, `SELECT checksum, data FROM rollup WHERE ${chosen}`);
    this.#chunks = prepare<{ chunk: number }>(
      db,
      "SELECT chunk FROM rollup WHERE series = ? AND level = ? AND chunk >= ? AND chunk < ? ORDER BY chunk",
    );
    this.#put = prepare(db, "REPLACE INTO rollup (series, level, chunk, checksum, data) VALUES (?, ?, ?, ?, ?)");
    this.#remove = prepare(db, `DELETE FROM rollup WHERE ${chosen}`);
    this.#removeTouching = prepare(db, "DELETE FROM rollup WHERE series = ? AND level = ? AND chunk >= ? AND chunk < ?");
    this.#samples = samples;
  }

  /** Numbers of the chunks that are kept and touch a span, in order. */
  chunks(series: number, level: Level, span: Span): number[] {
    const { fromMs, toMs } = span;
    return this.#chunks.all(series, level.cellMs, Math.floor(fromMs / level.chunkMs), toMs / level.chunkMs).map((row) => row.chunk);
  }

  /** Forgets the chunks that touch a span: what they told of is read from the samples. */
  removeTouching(series: number, level: Level, { fromMs, toMs }: Span): void {
    this.#removeTouching.run(series, level.cellMs, Math.floor(fromMs / level.chunkMs), toMs / level.chunkMs);
  }

  /** Cells of a chunk; nothing where it is not kept or does not match its checksum. */
  cells({ series, level, chunk }: ChunkKey): Buckets | undefined {
    const row = this.#find.get(series, level.cellMs, chunk);
    if (row === undefined || crc32(row.data) !== row.checksum) return undefined;
    return decodeCells(row.data, level.cellMs);
  }

  /** Brings the chunks up to date after samples of these instants (rising) came to the blocks. */
  refresh(series: number, tMs: Float64Array): void {
    for (let from = 0; from < tMs.length; ) {
      const at = Math.floor((tMs[from] as number) / STRETCH_MS);
      const to = lowerBound(tMs, (at + 1) * STRETCH_MS);
      for (const level of LEVELS) this.#refreshStretch({ series, level, chunk: (at * STRETCH_MS) / level.chunkMs }, tMs.subarray(from, to));
      from = to;
    }
  }

  #refreshStretch(first: ChunkKey, tMs: Float64Array): void {
    const { level } = first;
    const changed = cellsOf(tMs, level.cellMs);
    for (let i = 0; i < STRETCH_MS / level.chunkMs; i++) {
      const key = { ...first, chunk: first.chunk + i };
      const inside = changed.map((span) => intersect(span, spanOf(key))).filter((span) => !isEmpty(span));
      if (inside.length > 0) this.#refreshChunk(key, inside);
    }
  }

  #refreshChunk(key: ChunkKey, changed: readonly Span[]): void {
    const { series, level, chunk } = key;
    const kept = this.cells(key);
    if (kept === undefined && this.#isThin(key)) return;
    const cells = kept === undefined ? bucketsOf(this.#samples(series, spanOf(key)), level.cellMs) : this.#patch(series, kept, changed);
    if (worthKeeping(cells)) {
      const data = encodeCells(cells);
      this.#put.run(series, level.cellMs, chunk, crc32(data), data);
    } else {
      this.#remove.run(series, level.cellMs, chunk);
    }
  }

  /** True where the blocks of a chunk plainly have too few samples per cell, so that reading them would be in vain. */
  #isThin(key: ChunkKey): boolean {
    const { fromMs, toMs } = spanOf(key);
    const found = this.#blocks.extents(key.series, fromMs, toMs);
    return found.every(({ t0, t1, n }) => {
      const cells = (t1 - t0) / key.level.cellMs;
      return cells > THIN_CELLS && n < cells * THIN_SAMPLES;
    });
  }

  /** The kept cells, with those of the changed spans made anew. */
  #patch(series: number, kept: Buckets, changed: readonly Span[]): Buckets {
    const builder = new BucketBuilder(kept.bucketMs);
    let row = 0;
    for (const span of changed) {
      const from = row;
      while (row < kept.tMs.length && (kept.tMs[row] as number) < span.fromMs) row++;
      builder.addBuckets(kept, from, row);
      builder.addSamples(this.#samples(series, span));
      while (row < kept.tMs.length && (kept.tMs[row] as number) < span.toMs) row++;
    }
    builder.addBuckets(kept, row, kept.tMs.length);
    return builder.build();
  }
}

/** The cells that have one of the instants, those that follow each other joined. */
function cellsOf(tMs: Float64Array, cellMs: number): Span[] {
  const cells: Span[] = [];
  for (let i = 0; i < tMs.length; ) {
    const fromMs = Math.floor((tMs[i] as number) / cellMs) * cellMs;
    cells.push({ fromMs, toMs: fromMs + cellMs });
    i = lowerBound(tMs, fromMs + cellMs);
  }
  return join(cells);
}

/** The time a chunk covers. */
export function spanOf({ level, chunk }: { level: Level; chunk: number }): Span {
  return { fromMs: chunk * level.chunkMs, toMs: (chunk + 1) * level.chunkMs };
}
