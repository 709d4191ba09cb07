import { type Column, lowerBound } from "#series/column.ts";
import { OUTCOME } from "#store/batch.ts";
import type { AppendCounts } from "#store/store.ts";
import { type Appender, checkInstants, type Prepared } from "./appender.ts";
import { BlockWriter } from "./block-writer.ts";
import { PUNCTUAL_MS } from "./following-batch.ts";
import { NO_COLUMNS } from "./log.ts";
import type { Parts } from "./parts.ts";
import { concat, rows, type Samples, withCodes } from "./samples.ts";
import type { SeriesState } from "./series-state.ts";

/** An import that is not yet committed. */
export interface PreparedImport extends AppendCounts, Omit<Prepared, "outcome"> {}

/** With fewer samples a block of their own would be a tiny one. */
const WORTH_BLOCKS = 1024;

type Changes = readonly (() => void)[];

/** What part of a column becomes, and how many of it were stored. */
interface Part {
  readonly counts: AppendCounts;
  readonly changes: Changes;
}

const NOTHING: Part = { counts: { stored: 0, replaced: 0, duplicate: 0, refused: 0 }, changes: [] };

/** Takes history in bulk: what is newer than everything, or falls where nothing is, becomes blocks at once. */
export class Importer {
  readonly #parts: Parts;
  readonly #appender: Appender;
  readonly #writer: BlockWriter;

  constructor(parts: Parts, appender: Appender) {
    this.#parts = parts;
    this.#appender = appender;
    this.#writer = new BlockWriter(parts);
  }

  prepare(seriesId: number, column: Column, receivedMs: number): PreparedImport {
    const samples = withCodes(column);
    checkInstants(samples.tMs);
    const state = this.#parts.states.get(seriesId);
    const cut = newerFrom(samples, state);
    const older = rows(samples, 0, cut);
    const newer = rows(samples, cut, samples.tMs.length);
    const inBulk = isRising(samples) && newer.tMs.length >= WORTH_BLOCKS && !reachesPastBlocks(older, state);
    if (!inBulk) return this.#sum([this.#olderOrAll(state, samples, receivedMs)]);
    const before = this.#olderOrAll(state, older, receivedMs);
    return this.#sum([before, this.#extend(state, newer, receivedMs)]);
  }

  #sum(parts: readonly Part[]): PreparedImport {
    const total = (name: keyof AppendCounts) => parts.reduce((sum, part) => sum + part.counts[name], 0);
    return {
      stored: total("stored"),
      replaced: total("replaced"),
      duplicate: total("duplicate"),
      refused: total("refused"),
      seq: this.#parts.log.lastSeq,
      changes: parts.flatMap((part) => part.changes),
    };
  }

  /** Into a gap where the samples fit one, else through the rule for every sample. */
  #olderOrAll(state: SeriesState, samples: Samples, receivedMs: number): Part {
    if (samples.tMs.length === 0) return NOTHING;
    if (isRising(samples) && this.#fitsGap(state, samples)) return this.#fill(state, samples, receivedMs);
    const seriesId = new Int32Array(samples.tMs.length).fill(state.id);
    const { outcome, changes } = this.#appender.prepare({ seriesId, ...samples }, receivedMs);
    return { counts: countOutcomes(outcome), changes };
  }

  #fitsGap(state: SeriesState, { tMs }: Samples): boolean {
    const { blocks, late } = this.#parts;
    const firstMs = tMs[0] as number;
    const lastMs = tMs[tMs.length - 1] as number;
    if (tMs.length < WORTH_BLOCKS || lastMs >= state.lastMs) return false;
    if (state.tail.length > 0 && lastMs >= (state.tail.samples.tMs[0] as number)) return false;
    if (blocks.extents(state.id, firstMs, lastMs + 1).length > 0) return false;
    return state.late.rows === 0 || late.within(state.id, firstMs, lastMs + 1).rows === 0;
  }

  #fill(state: SeriesState, samples: Samples, receivedMs: number): Part {
    const { tMs } = samples;
    const revision = { kind: "late", t0Ms: tMs[0] as number, t1Ms: tMs[tMs.length - 1] as number } as const;
    this.#parts.revisions.add(state.id, revision, receivedMs);
    this.#writer.fill(state, samples);
    return this.#written(state, samples, { receivedMs, withTail: false });
  }

  /** Tail and new samples become blocks together, so that the log is not needed for either. */
  #extend(state: SeriesState, samples: Samples, receivedMs: number): Part {
    const { tMs } = samples;
    const n = tMs.length;
    const early = lowerBound(tMs, receivedMs - PUNCTUAL_MS);
    const future = lowerBound(tMs, receivedMs + PUNCTUAL_MS + 1);
    for (const [from, to] of [[0, early] as const, [future, n] as const]) {
      const revision = { kind: "arrived", t0Ms: tMs[from] as number, t1Ms: tMs[to - 1] as number } as const;
      if (from < to) this.#parts.revisions.add(state.id, revision, receivedMs);
    }
    this.#writer.extend(state, concat([state.tail.samples, samples]), this.#parts.log.lastSeq + 1);
    return this.#written(state, samples, { receivedMs, withTail: true });
  }

  #written(state: SeriesState, { tMs }: Samples, how: { receivedMs: number; withTail: boolean }): Part {
    const { seq, bytes } = this.#parts.log.write(NO_COLUMNS, how.receivedMs);
    const change = () => {
      this.#parts.log.committed(bytes);
      if (how.withTail) state.tail.clear();
      this.#parts.states.refresh(state);
      state.changed(seq, tMs[0] as number);
    };
    return { counts: { ...NOTHING.counts, stored: tMs.length }, changes: [change] };
  }
}

/** First row that is newer than everything of the series. */
function newerFrom({ tMs }: Samples, state: SeriesState): number {
  return lowerBound(tMs, state.lastMs + 1);
}

/** True where samples belong into the tail, or between it and the blocks: then the tail cannot be moved before they are in it. */
function reachesPastBlocks({ tMs }: Samples, state: SeriesState): boolean {
  return tMs.length > 0 && (tMs[tMs.length - 1] as number) > state.blockEndMs;
}

function isRising({ tMs }: Samples): boolean {
  for (let i = 1; i < tMs.length; i++) if ((tMs[i] as number) <= (tMs[i - 1] as number)) return false;
  return true;
}

function countOutcomes(outcome: Uint8Array): AppendCounts {
  const counts = new Uint32Array(4);
  for (const what of outcome) counts[what] = (counts[what] as number) + 1;
  return {
    stored: counts[OUTCOME.stored] as number,
    replaced: counts[OUTCOME.replaced] as number,
    duplicate: counts[OUTCOME.duplicate] as number,
    refused: counts[OUTCOME.refused] as number,
  };
}
