import type { Buckets, Column } from "#series/column.ts";
import type { Registry, RegistryChange } from "#sites/registry.ts";
import type { AppendResult, Batch, InboxRun, RawMessage } from "./batch.ts";
import type {
  AlertChange,
  AlertDelivery,
  AlertDeliveryFilter,
  AlertFilter,
  AlertMemory,
  AlertRecord,
  BackupReport,
  Correction,
  DerivedRow,
  ImportEnd,
  ImportFilter,
  ImportRecord,
  JobLogLine,
  JobRunEnd,
  JobRunFilter,
  JobRunRecord,
  Latest,
  LedgerRow,
  NewCorrection,
  NewDerivedRow,
  RejectFilter,
  Revision,
  StoredReject,
  StoredToken,
  StoreStats,
  VerifyReport,
} from "./records.ts";

/** Half-open in time: [fromMs, toMs). */
export interface Range {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface ReadOptions {
  /** The column as it was known at this instant: without what was received or corrected later. */
  readonly asOfMs?: number;
  /** Corrections laid over; true unless said. */
  readonly corrected?: boolean;
  /** Stop after this many rows, from the start of the range (or from its end when negative). */
  readonly limit?: number;
}

/** A read among many. */
export interface SeriesRange {
  readonly seriesId: number;
  readonly range: Range;
}

/** Called now and then during long work; return false to cancel. */
export type Progress = (done: number, total: number, what: string) => boolean | undefined;

/**
 * The face of a store. Everything is async because history lives in a worker; nothing here knows SQL.
 * Errors: rejects with StoreError (`code`, sentence) for what an operator can mend: disk full, locked, damaged.
 */
export interface Store {
  /** One durable transaction; resolves after fsync. Nothing is stored when it rejects. */
  append(batch: Batch): Promise<AppendResult>;
  /** History of one series in bulk, in time order, outside the live path; same rules, ledger of `source` included. */
  importColumn(seriesId: number, column: Column, info: { receivedMs: number; importId?: number }): Promise<AppendCounts>;
  /**
   * Forgets for good what these series hold before an instant, but for the spared ranges and the newest sample of each series. Revisions of
   * that time go as well; what persons corrected or added stays, and so do ledger and registry. What was done when it rejects stays done.
   */
  expireSamples(seriesIds: readonly number[], beforeMs: number, options?: { spare?: readonly Range[] }): Promise<ExpireCounts>;
  register(change: RegistryChange): Promise<void>;
  /** The very same object until something of it changes, so that what is derived from it can be kept with it. */
  registry(): Promise<Registry>;

  read(seriesId: number, range: Range, options?: ReadOptions): Promise<Column>;
  /**
   * Many reads at once, in their order, each as `read` would answer it alone.
   * Shape:   columns may share arrays of their instants and qualities: none is to be changed.
   */
  readMany(asked: readonly SeriesRange[]): Promise<Column[]>;
  /** Aggregates at multiples of bucketMs from the epoch; whole buckets that touch the range. */
  readBuckets(seriesId: number, range: Range, bucketMs: number, options?: ReadOptions): Promise<Buckets>;
  /** Newest sample of each series asked for, of every series when left out. Series without samples have no row. */
  latest(seriesIds?: readonly number[]): Promise<Latest>;
  /** Extent per series: first and last instant, count. */
  extent(seriesIds: readonly number[]): Promise<Extent[]>;
  /** Grows whenever anything a read of the series could answer has changed. */
  version(seriesIds: readonly number[]): Promise<Float64Array>;
  /**
   * The earliest instant of each series that a read answers otherwise than it did at that version, at the latest.
   * Missing: Infinity where nothing changed, -Infinity where it is not known, as after a restart.
   */
  changedSince(seriesIds: readonly number[], versions: Float64Array): Promise<Float64Array>;

  correct(correction: NewCorrection): Promise<number>;
  undoCorrection(id: number, undo: { who: string; atMs: number }): Promise<void>;
  /** In the order they were made, undone ones too; of every series when left out. */
  corrections(seriesId?: number): Promise<Correction[]>;
  revisions(seriesId: number, range: Range): Promise<Revision[]>;

  rejects(filter: RejectFilter): Promise<StoredReject[]>;
  ledger(): Promise<LedgerRow[]>;
  inbox(): Promise<InboxRun[]>;
  /** Decoder memory by source. */
  memory(): Promise<Record<string, string>>;
  /** Raw messages of a source in the order they came, a page at a time; `after` is the last `seq` seen. */
  raw(source: string, page: { after: number; limit: number }): Promise<{ seq: number; message: RawMessage }[]>;
  expireRaw(source: string, beforeMs: number): Promise<number>;

  /** Newest first. */
  imports(filter?: ImportFilter): Promise<ImportRecord[]>;
  beginImport(record: Omit<ImportRecord, "id">): Promise<number>;
  /** What is left out stays as it was. */
  endImport(id: number, end: ImportEnd): Promise<void>;

  /** Newest first. */
  jobRuns(filter?: JobRunFilter): Promise<JobRunRecord[]>;
  beginJobRun(run: Omit<JobRunRecord, "id">): Promise<number>;
  endJobRun(id: number, end: JobRunEnd): Promise<void>;
  /** What a run wrote down; empty for one that did not, or is not known. */
  jobRunLog(id: number): Promise<JobLogLine[]>;

  /** Newest first, each with its deliveries. */
  alerts(filter?: AlertFilter): Promise<AlertRecord[]>;
  alertMemory(): Promise<AlertMemory>;
  alertDeliveries(filter?: AlertDeliveryFilter): Promise<AlertDelivery[]>;
  /** One durable transaction; answers the ids of the alerts that fired, in their order. */
  changeAlerts(change: AlertChange): Promise<number[]>;

  tokens(): Promise<StoredToken[]>;
  saveToken(token: StoredToken): Promise<void>;
  /** Free-form settings of the product (`demo.builtMs`), text to text. */
  setting(name: string): Promise<string | undefined>;
  saveSetting(name: string, value: string): Promise<void>;

  /** What was derived of series and kept, by owner and rules; what it was made of has not changed since. */
  derived(owner: string, rules: string): Promise<DerivedRow[]>;
  /** Keeps a derived row, unless what it was made of has changed meanwhile. */
  saveDerived(row: NewDerivedRow): Promise<void>;

  /** Merge dirty tails into blocks and drop what the log no longer needs. Runs by itself; asked for by tests and close. */
  checkpoint(): Promise<void>;
  verify(progress?: Progress): Promise<VerifyReport>;
  /**
   * A consistent copy in one file, made while the store works, and read back whole before it appears under its name. Blocks
   * that are damaged are copied as they are, and named.
   */
  backup(file: string, progress?: Progress): Promise<BackupReport>;
  /** A text that changes with everything a person would miss in a backup; not with runs of jobs, nor with page views. */
  changeMark(): Promise<string>;
  stats(): Promise<StoreStats>;
  close(): Promise<void>;
}

export interface AppendCounts {
  readonly stored: number;
  readonly replaced: number;
  readonly duplicate: number;
  readonly refused: number;
}

/** How many samples are gone, and of how many series. */
export interface ExpireCounts {
  readonly series: number;
  readonly samples: number;
}

export interface Extent {
  readonly seriesId: number;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly count: number;
}

/** What an operator can mend. Codes: disk-full, not-writable, locked, damaged, newer-format, no-space-to-migrate, closed, cancelled. */
export class StoreError extends Error {
  readonly code: string;
  constructor(code: string, sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.name = "StoreError";
    this.code = code;
  }
}
