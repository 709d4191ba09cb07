import { crc32 } from "node:zlib";
import type { Buckets } from "#series/column.ts";
import { type Database, prepare } from "#store/sqlite/statement.ts";
import { BucketBuilder, bucketsOf } from "./bucket-builder.ts";
import { decodeCells, encodeCells, LEVELS, type Level, worthKeeping } from "./rollup.ts";
import type { Samples } from "./samples.ts";
import { intersect, isEmpty, join, type Span, widen } from "./spans.ts";

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

/** All levels are refreshed over this stretch before the next, so that its blocks are unpacked once. */
const STRETCH_MS = Math.max(...LEVELS.map((level) => level.chunkMs));

/**
 * Aggregates of what is in blocks. A chunk that has a row is complete; one without is read from the samples,
 * so thin series cost nothing here.
 */
export class RollupTable {
  readonly #find;
  readonly #put;
  readonly #remove;
  readonly #samples: BlockSamples;

  constructor(db: Database, samples: BlockSamples) {
    const chosen = "series = ? AND level = ? AND chunk = ?";
    this.#find = prepare<RollupRow>(db, `SELECT checksum, data FROM rollup WHERE ${chosen}`);
    this.#put = prepare(db, "REPLACE INTO rollup (series, level, chunk, checksum, data) VALUES (?, ?, ?, ?, ?)");
    this.#remove = prepare(db, `DELETE FROM rollup WHERE ${chosen}`);
    this.#samples = samples;
  }

  /** Cells of a chunk; nothing where it is not kept or does not match its checksum. */
  cells({ series, level, chunk }: ChunkKey): Buckets | undefined {
    const row = this.#find.get(series, level.cellMs, chunk);
    if (row === undefined || crc32(row.data) !== row.checksum) return undefined;
    return decodeCells(row.data, level.cellMs);
  }

  /** Brings the chunks up to date after samples of these spans changed in the blocks. */
  refresh(series: number, spans: readonly Span[]): void {
    const stretches = new Map<number, Span[]>();
    for (const span of spans) {
      for (let at = Math.floor(span.fromMs / STRETCH_MS); at * STRETCH_MS < span.toMs; at++) {
        const inside = intersect(span, { fromMs: at * STRETCH_MS, toMs: (at + 1) * STRETCH_MS });
        const others = stretches.get(at);
        if (others === undefined) stretches.set(at, [inside]);
        else others.push(inside);
      }
    }
    for (const [at, inside] of stretches) {
      for (const level of LEVELS) this.#refreshStretch({ series, level, chunk: (at * STRETCH_MS) / level.chunkMs }, inside);
    }
  }

  #refreshStretch(first: ChunkKey, spans: readonly Span[]): void {
    const { level } = first;
    const changed = join(spans.map((span) => widen(span, level.cellMs)));
    for (let i = 0; i < STRETCH_MS / level.chunkMs; i++) {
      const key = { ...first, chunk: first.chunk + i };
      const inside = changed.map((span) => intersect(span, spanOf(key))).filter((span) => !isEmpty(span));
      if (inside.length > 0) this.#refreshChunk(key, inside);
    }
  }

  #refreshChunk(key: ChunkKey, changed: readonly Span[]): void {
    const { series, level, chunk } = key;
    const kept = this.cells(key);
    const cells = kept === undefined ? bucketsOf(this.#samples(series, spanOf(key)), level.cellMs) : this.#patch(series, kept, changed);
    if (worthKeeping(cells)) {
      const data = encodeCells(cells);
      this.#put.run(series, level.cellMs, chunk, crc32(data), data);
    } else {
      this.#remove.run(series, level.cellMs, chunk);
    }
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

/** The time a chunk covers. */
export function spanOf({ level, chunk }: { level: Level; chunk: number }): Span {
  return { fromMs: chunk * level.chunkMs, toMs: (chunk + 1) * level.chunkMs };
}
