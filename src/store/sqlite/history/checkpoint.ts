import { inTransaction } from "#store/sqlite/transaction.ts";
import { BlockWriter, type Rebuilt } from "./block-writer.ts";
import type { Parts } from "./parts.ts";
import { rows } from "./samples.ts";
import type { SeriesState } from "./series-state.ts";

const MEBIBYTE = 1024 * 1024;
const LOG_BYTES = 32 * MEBIBYTE;
const TAIL_BYTES = 64 * MEBIBYTE;
const EVERY_MS = 15 * 60_000;

/** Late samples wait until no more come, few of them this long, for others that touch the same blocks; but not for ever. */
const QUIET_MS = 2_000;
const LATE_MS = 60_000;
const FEW_ROWS = 20_000;
const LATE_ROWS = 250_000;

/** Samples one step packs anew; some ten milliseconds. */
const STEP_SAMPLES = 32_768;
const STEP_SERIES = 256;
/** To build late samples in, a block is read as well, and its rollups are mended. */
const STEP_REBUILT = 16_384;

/** A tail this long, or this old, is worth a new version of its block when only the clock asks for it. */
const WORTH_SAMPLES = 64;
const WORTH_AGE_MS = 4 * 3_600_000;

/** `due`: what is worth it by now; `all`: everything. */
export type CheckpointScope = "due" | "all";

/** A place in the order of series and time. */
interface LatePlace {
  readonly series: number;
  readonly tMs: number;
}

interface Run {
  readonly scope: CheckpointScope;
  readonly tails: SeriesState[];
  lateFrom: LatePlace | undefined;
}

/** Moves tails and late samples into blocks and drops what the log no longer needs, one short transaction at a time. */
export class Checkpoint {
  readonly #parts: Parts;
  readonly #writer: BlockWriter;
  #run: Run | undefined;
  #finishedMs: number;
  #lateSeen = { rows: 0, atMs: 0 };
  #count = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#writer = new BlockWriter(parts);
    this.#finishedMs = parts.nowMs();
  }

  /** Runs that were finished since the start. */
  get count(): number {
    return this.#count;
  }

  get isNeeded(): boolean {
    return this.#run !== undefined || this.#isFull || this.#isTime;
  }

  get #isFull(): boolean {
    if (this.#parts.log.bytes > LOG_BYTES) return true;
    let bytes = 0;
    for (const state of this.#parts.states.all()) bytes += state.tail.bytes;
    return bytes > TAIL_BYTES;
  }

  get #isTime(): boolean {
    const sinceMs = this.#parts.nowMs() - this.#finishedMs;
    if (this.#isLateTime(sinceMs)) return true;
    return sinceMs >= EVERY_MS && this.#dirty("due").length > 0;
  }

  #isLateTime(sinceMs: number): boolean {
    const rows = this.#parts.states.lateRows;
    const nowMs = this.#parts.nowMs();
    if (rows !== this.#lateSeen.rows) this.#lateSeen = { rows, atMs: nowMs };
    if (rows === 0) return false;
    const isQuiet = nowMs - this.#lateSeen.atMs >= QUIET_MS;
    return rows >= LATE_ROWS || sinceMs >= EVERY_MS || (isQuiet && (rows >= FEW_ROWS || sinceMs >= LATE_MS));
  }

  /** One bounded step; answers whether more remains. */
  step(scope: CheckpointScope): boolean {
    const run = this.#runFor(this.#isFull ? "all" : scope);
    if (run.tails.length > 0) this.#moveTails(run.tails);
    else if (run.lateFrom !== undefined) run.lateFrom = this.#buildLate(run.lateFrom);
    else if (!this.#trim()) this.#finish();
    return this.#run !== undefined;
  }

  /** The run that is under way, or a new one where it is asked for more than that one does. */
  #runFor(scope: CheckpointScope): Run {
    if (this.#run === undefined || (scope === "all" && this.#run.scope === "due")) {
      this.#run = { scope, tails: this.#dirty(scope), lateFrom: { series: Number.MIN_SAFE_INTEGER, tMs: 0 } };
    }
    return this.#run;
  }

  #finish(): void {
    this.#run = undefined;
    this.#finishedMs = this.#parts.nowMs();
    this.#count++;
  }

  #dirty(scope: CheckpointScope): SeriesState[] {
    const oldMs = this.#parts.nowMs() - WORTH_AGE_MS;
    const worth = ({ tail, tailSinceMs }: SeriesState) => scope === "all" || tail.length >= WORTH_SAMPLES || tailSinceMs <= oldMs;
    return [...this.#parts.states.all()].filter((state) => state.tail.length > 0 && worth(state));
  }

  #moveTails(tails: SeriesState[]): void {
    const moved: { state: SeriesState; n: number }[] = [];
    inTransaction(this.#parts.db, () => {
      for (let samples = 0; moved.length < tails.length && moved.length < STEP_SERIES && samples < STEP_SAMPLES; ) {
        const state = tails[moved.length] as SeriesState;
        const n = Math.min(state.tail.length, STEP_SAMPLES);
        samples += n + (state.open?.n ?? 0);
        // A tail that is moved in part still needs its log records, so the block does not say that it has them.
        const logSeq = n === state.tail.length ? this.#parts.log.committedSeq : state.logSeq;
        this.#writer.extend(state, rows(state.tail.samples, 0, n), logSeq);
        moved.push({ state, n });
      }
    });
    tails.splice(0, moved.length);
    for (const { state, n } of moved) {
      state.tail.dropFirst(n);
      this.#parts.states.refresh(state);
      if (state.tail.length > 0) tails.push(state);
    }
  }

  /** Builds late samples into their blocks; answers where to go on, or nothing at the end. Damaged blocks are passed over. */
  #buildLate(from: LatePlace): LatePlace | undefined {
    const built: { state: SeriesState; done: Rebuilt }[] = [];
    let next: LatePlace | undefined = from;
    inTransaction(this.#parts.db, () => {
      for (let samples = 0; samples < STEP_REBUILT && next !== undefined; ) {
        next = this.#parts.late.next(next);
        if (next === undefined) break;
        const state = this.#parts.states.get(next.series);
        const done = this.#writer.rebuild(state, next.tMs);
        built.push({ state, done });
        samples += done.written + 1;
        next = after(state.id, done.nextMs);
      }
      this.#mend(built);
    });
    for (const { state, done } of built) {
      state.addLate({ rows: -done.rows, fresh: -done.fresh });
      this.#parts.states.refresh(state);
    }
    return next;
  }

  /** Blocks of a series follow each other, and so do their instants: their rollups are mended once. */
  #mend(built: readonly { state: SeriesState; done: Rebuilt }[]): void {
    for (const state of new Set(built.map((one) => one.state))) {
      const own = built.filter((one) => one.state === state);
      this.#writer.mend(state.id, Float64Array.from(own.flatMap(({ done }) => [...done.tMs])));
    }
  }

  /** Drops records every series has passed; answers whether there were any. */
  #trim(): boolean {
    let needed = Number.MAX_SAFE_INTEGER;
    for (const { tail, tailSeq } of this.#parts.states.all()) if (tail.length > 0) needed = Math.min(needed, tailSeq);
    const dropped = inTransaction(this.#parts.db, () => this.#parts.log.trim(needed));
    this.#parts.log.committed(-dropped);
    return dropped > 0;
  }
}

/** Where the next block begins; the next series after the last block. */
function after(series: number, nextMs: number): LatePlace {
  return nextMs === Number.POSITIVE_INFINITY ? { series: series + 1, tMs: Number.MIN_SAFE_INTEGER } : { series, tMs: nextMs };
}
