import { crc32 } from "node:zlib";
import { type Database, prepare } from "#store/sqlite/statement.ts";
import { StoreError } from "#store/store.ts";
import { daysOf, unpackInto } from "./block-cache.ts";
import type { BlockRow } from "./block-row.ts";
import { BlockTable } from "./block-table.ts";
import { LogTable } from "./log-table.ts";
import { LEVELS } from "./rollup.ts";
import { allocate } from "./samples.ts";

/** Something that no longer is what was written: of which series (0: any), and which time it covers. */
export interface HistoryDamage {
  readonly seriesId: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly what: string;
}

/** Called per block with the number of its samples. */
export type OnBlock = (samples: number) => void;

/** Reads every block, rollup and log record and names what does not match its checksum. A read-only connection will do. */
export function* verifyHistory(db: Database, onBlock: OnBlock = () => {}): Generator<HistoryDamage> {
  const blocks = new BlockTable(db);
  for (let page = blocks.pageAfter(-1); page.length > 0; page = blocks.pageAfter((page[page.length - 1] as BlockRow).id)) {
    for (const row of page) {
      const what = wrongWith(row);
      if (what !== undefined) yield { seriesId: row.series, fromMs: row.t0, toMs: row.t1, what };
      onBlock(row.n);
    }
  }
  yield* damagedRollups(db);
  yield* damagedLog(db);
}

function wrongWith(row: BlockRow): string | undefined {
  const samples = allocate(row.n);
  try {
    unpackInto(row, samples);
  } catch (error) {
    if (error instanceof StoreError) return `The block of ${daysOf(row)} does not match its checksum; its samples cannot be read`;
    throw error;
  }
  const { tMs } = samples;
  for (let i = 1; i < tMs.length; i++) {
    if ((tMs[i] as number) <= (tMs[i - 1] as number)) return `The block of ${daysOf(row)} is not in order of time`;
  }
  return undefined;
}

interface RollupRow {
  readonly series: number;
  readonly level: number;
  readonly chunk: number;
  readonly checksum: number;
  readonly data: Uint8Array;
  readonly rowid: number;
}

function* damagedRollups(db: Database): Generator<HistoryDamage> {
  const page = prepare<RollupRow>(
    db,
    "SELECT rowid, series, level, chunk, checksum, data FROM rollup WHERE rowid > ? ORDER BY rowid LIMIT 64",
  );
  for (let found = page.all(-1); found.length > 0; found = page.all((found[found.length - 1] as RollupRow).rowid)) {
    for (const { series, level, chunk, checksum, data } of found) {
      if (crc32(data) === checksum) continue;
      const chunkMs = LEVELS.find((kept) => kept.cellMs === level)?.chunkMs ?? 0;
      const what = "A summary does not match its checksum; it is passed over and the samples are read instead";
      yield { seriesId: series, fromMs: chunk * chunkMs, toMs: (chunk + 1) * chunkMs, what };
    }
  }
}

function* damagedLog(db: Database): Generator<HistoryDamage> {
  const log = new LogTable(db);
  log.replay(() => {});
  for (const seq of log.damaged) {
    const what = `Commit ${seq} of the log does not match its checksum; its samples cannot be read`;
    yield { seriesId: 0, fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY, what };
  }
}
