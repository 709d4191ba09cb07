import type { BlockTable } from "./block-table.ts";
import { Changes } from "./changes.ts";
import type { LateCount, LateTable } from "./late-table.ts";
import { NO_LATE } from "./late-table.ts";
import { rowsWithin, type Sample, type Samples } from "./samples.ts";
import { Tail } from "./tail.ts";

/** The block that may still be extended. */
export interface OpenBlock {
  readonly id: number;
  readonly t1: number;
  readonly n: number;
}

/** What is kept in memory of one series: where its blocks end, how many late samples wait, and its tail. */
export class SeriesState {
  readonly id: number;
  readonly tail = new Tail();
  /** The newest block; the tail holds what is newer. */
  open: OpenBlock | undefined;
  /** The last log record whose samples are in blocks. */
  logSeq = 0;
  late: LateCount = NO_LATE;
  /** Log number of the last change a read could see. */
  #version: number;
  readonly #changes: Changes;
  /** The first log record the tail needs, and when it came. */
  tailSeq = 0;
  tailSinceMs = 0;
  /** The newest sample in blocks, once somebody asked. */
  newest: Sample | undefined;

  constructor(id: number, version = 0) {
    this.id = id;
    this.#version = version;
    this.#changes = new Changes(version);
  }

  get version(): number {
    return this.#version;
  }

  /** A read that reaches `fromMs` or beyond answers otherwise from now on. */
  changed(seq: number, fromMs: number): void {
    this.#version = seq;
    this.#changes.note(seq, fromMs);
  }

  /** Earliest instant that changed after this version: Infinity where none did, -Infinity where that is not known. */
  changedSince(version: number): number {
    return this.#changes.since(version);
  }

  /** Last instant in blocks; what comes at or before it is late. */
  get blockEndMs(): number {
    return this.open?.t1 ?? Number.NEGATIVE_INFINITY;
  }

  get lastMs(): number {
    return Math.max(this.tail.lastMs, this.blockEndMs);
  }

  /** Lays samples of a log record over the tail; what blocks hold already is left out. */
  take(samples: Samples, record: { seq: number; receivedMs: number }): void {
    if (samples.tMs.length === 0) return;
    const isNewer = (samples.tMs[0] as number) > this.blockEndMs;
    const fresh = isNewer ? samples : rowsWithin(samples, this.blockEndMs + 1, Number.POSITIVE_INFINITY);
    if (fresh.tMs.length === 0) return;
    this.#begin(record);
    this.tail.merge(fresh);
  }

  /** Takes rows of a log record that are newer than everything of the series. */
  follow(all: Samples, rows: { from: number; to: number }, record: { seq: number; receivedMs: number }): void {
    this.#begin(record);
    this.tail.append(all, rows.from, rows.to);
    this.changed(record.seq, all.tMs[rows.from] as number);
  }

  #begin(record: { seq: number; receivedMs: number }): void {
    if (this.tail.length > 0) return;
    this.tailSeq = record.seq;
    this.tailSinceMs = record.receivedMs;
  }

  addLate(more: LateCount): void {
    this.late = { rows: this.late.rows + more.rows, fresh: this.late.fresh + more.fresh };
  }
}

/** All series that were touched since the start; others are looked up when they are. */
export class SeriesStates {
  readonly #states = new Map<number, SeriesState>();
  readonly #blocks: BlockTable;
  /** Version of series nobody changed since the start. */
  readonly #version: number;

  constructor(blocks: BlockTable, late: LateTable, version: number) {
    this.#blocks = blocks;
    this.#version = version;
    for (const [id, count] of late.counts()) this.get(id).late = count;
  }

  get(id: number): SeriesState {
    const known = this.#states.get(id);
    if (known !== undefined) return known;
    const state = new SeriesState(id, this.#version);
    this.refresh(state);
    this.#states.set(id, state);
    return state;
  }

  /** Reads anew which block of the series is the newest. */
  refresh(state: SeriesState): void {
    const last = this.#blocks.last(state.id);
    state.open = last;
    state.logSeq = last?.log_seq ?? 0;
    state.newest = undefined;
  }

  all(): IterableIterator<SeriesState> {
    return this.#states.values();
  }

  /** Late samples that wait to be built into their blocks. */
  get lateRows(): number {
    let rows = 0;
    for (const state of this.#states.values()) rows += state.late.rows;
    return rows;
  }
}
