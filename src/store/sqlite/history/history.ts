import type { Buckets, Column } from "#series/column.ts";
import type { SampleColumns } from "#store/batch.ts";
import type { Correction, Latest, NewCorrection, Revision } from "#store/records.ts";
import type { Database } from "#store/sqlite/statement.ts";
import { inTransaction } from "#store/sqlite/transaction.ts";
import type { Extent, Range, ReadOptions } from "#store/store.ts";
import { Appender, type Prepared } from "./appender.ts";
import { BucketReader } from "./bucket-reader.ts";
import { Checkpoint, type CheckpointScope } from "./checkpoint.ts";
import type { SeriesRules } from "./decide.ts";
import { type Expired, Expirer, type Expiring } from "./expirer.ts";
import { Importer, type PreparedImport } from "./importer.ts";
import { NO_COLUMNS } from "./log.ts";
import { NewestReader } from "./newest-reader.ts";
import { Parts } from "./parts.ts";
import { PassingReader } from "./passing-reader.ts";
import { toColumn } from "./samples.ts";
import { SharedColumns } from "./shared-columns.ts";
import { type HistoryDamage, type OnBlock, verifyHistory } from "./verify.ts";

export interface HistoryOptions {
  readonly nowMs: () => number;
}

export interface HistoryStats {
  readonly logBytes: number;
  readonly tailSamples: number;
  readonly tailBytes: number;
  readonly blocks: number;
  readonly samples: number;
  readonly series: number;
  readonly lateRows: number;
  readonly checkpoints: number;
}

/**
 * The samples of all series over one open connection: columns in blocks, a log of what is not in blocks yet, and a
 * tail in memory that the log brings back after a kill. Synchronous; meant for one worker, one transaction at a time.
 */
export class History {
  readonly #parts: Parts;
  readonly #appender: Appender;
  readonly #importer: Importer;
  readonly #buckets: BucketReader;
  readonly #newest: NewestReader;
  readonly #checkpoint: Checkpoint;
  readonly #expirer: Expirer;
  readonly #passing: PassingReader;
  #open: object | undefined;

  /** Replays the log, so that reading and appending go on where the last commit left them. */
  constructor(db: Database, rules: SeriesRules, options: HistoryOptions) {
    this.#parts = new Parts(db, rules, options.nowMs);
    this.#appender = new Appender(this.#parts);
    this.#importer = new Importer(this.#parts, this.#appender);
    this.#buckets = new BucketReader(this.#parts);
    this.#newest = new NewestReader(this.#parts);
    this.#checkpoint = new Checkpoint(this.#parts);
    this.#expirer = new Expirer(this.#parts);
    this.#passing = new PassingReader(this.#parts);
    this.#parts.replay();
  }

  /**
   * Decides the outcome of every sample and writes what has to be durable, inside the caller's transaction. Follow it
   * with `applied` after COMMIT or `discard` after ROLLBACK before anything else is prepared.
   * Errors: RangeError for an instant that is no whole number of milliseconds.
   */
  prepare(samples: SampleColumns, receivedMs: number): Prepared {
    return this.#begin(() => this.#appender.prepare(samples, receivedMs));
  }

  /** A column of history in bulk, in rising order of time; the same rules and the same discipline as `prepare`. */
  importColumn(seriesId: number, column: Column, receivedMs: number): PreparedImport {
    return this.#begin(() => this.#importer.prepare(seriesId, column, receivedMs));
  }

  #begin<T extends object>(work: () => T): T {
    if (!this.#parts.db.isTransaction) throw new Error("Samples are prepared inside a transaction");
    if (this.#open !== undefined) throw new Error("What was prepared before is neither applied nor discarded");
    const prepared = work();
    this.#open = prepared;
    return prepared;
  }

  /** After COMMIT: what was prepared can be read. */
  applied(prepared: Prepared | PreparedImport): void {
    this.#end(prepared);
    for (const change of prepared.changes) change();
  }

  /** After ROLLBACK: it never happened. */
  discard(prepared: Prepared | PreparedImport): void {
    this.#end(prepared);
  }

  #end(prepared: object): void {
    if (this.#open !== prepared) throw new Error("This was not prepared, or is applied or discarded already");
    this.#open = undefined;
  }

  /** Errors: StoreError `damaged` where a block of the range is. */
  read(seriesId: number, range: Range, options: ReadOptions = {}): Column {
    return toColumn(this.#parts.reader.samples(seriesId, range, options));
  }

  /** Reads many series that travel together. Missing: undefined for what only `read` can tell. Errors: those of `read`. */
  readerOfMany(): (seriesId: number, range: Range) => Column | undefined {
    const shared = new SharedColumns();
    return (seriesId, range) => this.#passing.column(seriesId, range, shared);
  }

  /** Aggregates at multiples of bucketMs from the epoch; whole buckets that touch the range. `limit` counts buckets. */
  readBuckets(seriesId: number, range: Range, bucketMs: number, options: ReadOptions = {}): Buckets {
    return this.#buckets.buckets({ series: seriesId, span: range, bucketMs, options });
  }

  /** The sample `read` would end with, per series; of all series when left out. Series without one have no row. */
  latest(seriesIds?: readonly number[]): Latest {
    return this.#newest.latest(seriesIds ?? this.#parts.seriesIds());
  }

  /** First and last instant and count of what is stored, before corrections. Series without samples have no row. */
  extent(seriesIds: readonly number[]): Extent[] {
    return seriesIds.flatMap((id) => this.#newest.extent(id) ?? []);
  }

  version(seriesIds: readonly number[]): Float64Array {
    return Float64Array.from(seriesIds, (id) => this.#parts.states.get(id).version);
  }

  changedSince(seriesIds: readonly number[], versions: Float64Array): Float64Array {
    return Float64Array.from(seriesIds, (id, i) => this.#parts.states.get(id).changedSince(versions[i] as number));
  }

  /** Keeps a correction and answers its id. Joins the caller's transaction where there is one. */
  correct(correction: NewCorrection): number {
    return this.#changing(correction, correction.madeMs, () => this.#parts.corrections.add(correction));
  }

  /** Answers whether there was something to undo: an unknown or undone correction is left as it is. */
  undoCorrection(id: number, undo: { who: string; atMs: number }): boolean {
    const correction = this.#parts.corrections.find(id);
    if (correction === undefined) return false;
    return this.#changing(correction, undo.atMs, () => this.#parts.corrections.undo(id, undo));
  }

  /** The change takes a number of the log, so that the version grows for good. */
  #changing<T>({ seriesId, t0Ms }: Pick<Correction, "seriesId" | "t0Ms">, atMs: number, change: () => T): T {
    const work = () => ({ answer: change(), record: this.#parts.log.write(NO_COLUMNS, atMs) });
    const { answer, record } = this.#parts.db.isTransaction ? work() : inTransaction(this.#parts.db, work);
    this.#parts.log.committed(record.bytes);
    this.#parts.states.get(seriesId).changed(record.seq, t0Ms);
    return answer;
  }

  /** In the order they were made, undone ones too; of every series when left out. */
  corrections(seriesId?: number): Correction[] {
    return seriesId === undefined ? this.#parts.corrections.all() : this.#parts.corrections.of(seriesId);
  }

  /** What lost and what came late in a range, in the order it happened. */
  revisions(seriesId: number, range: Range): Revision[] {
    return this.#parts.revisions.list(seriesId, range);
  }

  /** True when `checkpointStep("due")` has something worth doing. */
  needsCheckpoint(): boolean {
    return this.#checkpoint.isNeeded;
  }

  /**
   * One bounded step in a transaction of its own; answers whether more remains. `all` moves every tail (closing, a
   * person asking); `due` leaves short young tails in the log, which spares the disk many small rewrites.
   */
  checkpointStep(scope: CheckpointScope = "all"): boolean {
    return this.#checkpoint.step(scope);
  }

  /**
   * Forgets samples of a series, one bounded step in a transaction of its own: all before an instant that is not spared, but for the newest
   * of the series. What persons corrected stays. `book` writes within the transaction, told from when on the series changes.
   */
  expireStep(expiring: Expiring, book: (fromMs: number) => void = () => {}): Expired {
    return this.#expirer.step(expiring, book);
  }

  /** Names what no longer matches its checksum. On another connection, use `verifyHistory`. */
  verify(onBlock?: OnBlock): Iterable<HistoryDamage> {
    return verifyHistory(this.#parts.db, onBlock);
  }

  stats(): HistoryStats {
    return { ...this.#parts.stats(), checkpoints: this.#checkpoint.count };
  }
}
