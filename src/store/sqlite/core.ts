import { statSync } from "node:fs";
import type { Column } from "#series/column.ts";
import type { RegistryChange } from "#sites/registry.ts";
import { type AppendResult, type Batch, type ImportCompletion, OUTCOME } from "#store/batch.ts";
import type { NewCorrection, NewDerivedRow, StoreStats } from "#store/records.ts";
import type { AppendCounts } from "#store/store.ts";
import { AlertTable } from "./alert-table.ts";
import { CommitTimes } from "./commit-times.ts";
import { openWriter, storeFile } from "./connection.ts";
import { DerivedTable } from "./derived-table.ts";
import { toStoreError } from "./failure.ts";
import type { Expired, Expiring } from "./history/expirer.ts";
import { History } from "./history/history.ts";
import { ImportTable } from "./import-table.ts";
import { InboxTable } from "./inbox-table.ts";
import { JobRunTable } from "./job-run-table.ts";
import { countOutcomes, LedgerTable } from "./ledger-table.ts";
import { MemoryTable } from "./memory-table.ts";
import { MIGRATIONS } from "./migrations/list.ts";
import { migrate } from "./migrations/migrate.ts";
import { RawTable } from "./raw-table.ts";
import { RegistryTable } from "./registry-table.ts";
import { RejectTable } from "./reject-table.ts";
import { SettingTable } from "./setting-table.ts";
import type { Database } from "./statement.ts";
import { TokenTable } from "./token-table.ts";
import { inTransaction } from "./transaction.ts";
import { WatchedRanges } from "./watched-ranges.ts";

const OUTCOME_NAMES = Object.keys(OUTCOME) as readonly (keyof typeof OUTCOME)[];

type PreparedHistory = Parameters<History["applied"]>[0];

export interface CoreOptions {
  readonly folder: string;
  readonly nowMs: () => number;
  /** Bytes of rejects kept before the oldest are folded into counters. */
  readonly rejectLimitBytes?: number;
}

/** The store itself, synchronous: one connection, one transaction per change. Whoever holds it decides which thread that is. */
export class StoreCore {
  readonly db: Database;
  readonly file: string;
  readonly registry: RegistryTable;
  readonly history: History;
  readonly ledger: LedgerTable;
  readonly rejects: RejectTable;
  readonly inbox: InboxTable;
  readonly memory: MemoryTable;
  readonly raw: RawTable;
  readonly imports: ImportTable;
  readonly jobRuns: JobRunTable;
  readonly alerts: AlertTable;
  readonly derived: DerivedTable;
  readonly tokens: TokenTable;
  readonly settings: SettingTable;
  readonly watched = new WatchedRanges();
  readonly #commits = new CommitTimes();

  constructor(options: CoreOptions) {
    this.file = storeFile(options.folder);
    this.db = openWriter(options.folder);
    try {
      migrate(this.db, MIGRATIONS, options);
      this.registry = new RegistryTable(this.db);
      this.history = new History(this.db, { rule: (seriesId) => this.registry.series(seriesId).equalInstant }, options);
      this.ledger = new LedgerTable(this.db);
      this.rejects = new RejectTable(this.db, options.rejectLimitBytes);
      this.inbox = new InboxTable(this.db, options.nowMs);
      this.memory = new MemoryTable(this.db);
      this.raw = new RawTable(this.db);
      this.imports = new ImportTable(this.db);
      this.jobRuns = new JobRunTable(this.db);
      this.alerts = new AlertTable(this.db);
      this.derived = new DerivedTable(this.db);
      this.tokens = new TokenTable(this.db);
      this.settings = new SettingTable(this.db);
    } catch (error) {
      this.db.close();
      throw toStoreError(error, this.file);
    }
  }

  /** Everything of one batch in one durable transaction, or nothing of it. */
  append(batch: Batch): AppendResult {
    const startedMs = performance.now();
    const { samples, receivedMs } = batch;
    const { outcome, seq } = this.#changeHistory(
      () => {
        this.registry.add(batch);
        return this.history.prepare(samples, receivedMs);
      },
      (prepared) => {
        this.derived.appended(samples);
        this.#redrive(batch);
        this.#reject(batch);
        this.#countOutcomes(samples.seriesId, prepared.outcome);
        if (batch.completes !== undefined) this.#complete(batch.completes, prepared.outcome);
        this.#note(batch);
      },
    );
    this.watched.appended(samples, outcome);
    this.#commits.add(performance.now() - startedMs);
    return { outcome, seq };
  }

  /** A column of one series in one durable transaction, booked under the source of the series. */
  importColumn(seriesId: number, column: Column, receivedMs: number): AppendCounts {
    const { source } = this.registry.series(seriesId);
    const done = this.#changeHistory(
      () => this.history.importColumn(seriesId, column, receivedMs),
      ({ stored, replaced, duplicate, refused }) => {
        this.derived.changed(
          seriesId,
          column.tMs.reduce((least, tMs) => Math.min(least, tMs), Number.POSITIVE_INFINITY),
        );
        this.ledger.countItems(source, { items: column.tMs.length, stored, replaced, duplicate, refused });
      },
    );
    this.watched.imported(seriesId, column);
    return { stored: done.stored, replaced: done.replaced, duplicate: done.duplicate, refused: done.refused };
  }

  register(change: RegistryChange): void {
    this.change(() => this.registry.add(change));
  }

  correct(correction: NewCorrection): number {
    this.registry.series(correction.seriesId);
    this.watched.corrected();
    this.change(() => this.derived.changed(correction.seriesId, correction.t0Ms));
    return this.guard(() => this.history.correct(correction));
  }

  undoCorrection(id: number, undo: { who: string; atMs: number }): void {
    this.watched.corrected();
    this.change(() => this.derived.clear());
    this.guard(() => this.history.undoCorrection(id, undo));
  }

  /** One step of forgetting samples of a series, in a transaction of its own. */
  expireStep(expiring: Expiring): Expired {
    const seriesId = this.registry.series(expiring.seriesId).id;
    const done = this.guard(() => this.history.expireStep(expiring, (fromMs) => this.derived.changed(seriesId, fromMs)));
    this.watched.expired(seriesId, done.span);
    return done;
  }

  expireRaw(source: string, beforeMs: number): number {
    return this.change(() => this.raw.expire(source, beforeMs));
  }

  saveDerived(row: NewDerivedRow): void {
    const ids = row.of.map(({ seriesId }) => seriesId);
    const changedMs = this.history.changedSince(ids, row.versions);
    if (row.of.some(({ untilMs }, i) => (changedMs[i] as number) < untilMs)) return;
    this.change(() => this.derived.save(row));
  }

  stats(): StoreStats {
    const { commits, commitMsP99 } = this.#commits;
    const fileBytes = sizeOf(this.file) + sizeOf(`${this.file}-wal`);
    return { fileBytes, ...this.history.stats(), commits, commitMsP99 };
  }

  /** Commits since this store was opened. */
  get commits(): number {
    return this.#commits.commits;
  }

  /** Runs what keeps its own transactions; errors become those of the store. */
  guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw toStoreError(error, this.file);
    }
  }

  /** A change as one transaction; when it fails, what is remembered in memory is read again from the file. */
  change<T>(work: () => T, undo?: () => void): T {
    try {
      return inTransaction(this.db, work);
    } catch (error) {
      undo?.();
      for (const table of [this.registry, this.rejects, this.inbox, this.raw]) table.rolledBack();
      throw toStoreError(error, this.file);
    }
  }

  /** What was prepared is applied once it is durable, and never happened when it is not. */
  #changeHistory<P extends PreparedHistory>(prepare: () => P, book: (prepared: P) => void): P {
    let prepared: P | undefined;
    const work = () => {
      prepared = prepare();
      book(prepared);
      return prepared;
    };
    const durable = this.change(work, () => {
      if (prepared !== undefined) this.history.discard(prepared);
    });
    this.history.applied(durable);
    return durable;
  }

  #complete({ importId, ...end }: ImportCompletion, outcome: Uint8Array): void {
    const counts = { stored: 0, replaced: 0, duplicate: 0, refused: 0 };
    for (const what of outcome) counts[OUTCOME_NAMES[what] as keyof typeof counts]++;
    this.imports.end(importId, { status: "done", ...counts, ...end });
  }

  /** What a batch says besides its samples and rejects. */
  #note(batch: Batch): void {
    for (const count of batch.messages) this.ledger.countMessages(count);
    for (const session of batch.forgetSessions ?? []) this.inbox.forget(session);
    if (batch.inbox !== undefined) this.inbox.put(batch.inbox, batch.receivedMs);
    for (const message of batch.raw ?? []) this.raw.add(message);
    if (batch.memory !== undefined) this.memory.save(batch.memory);
  }

  /** Rejects that are driven again leave `rejected`; what they became is counted like anything new. */
  #redrive(batch: Batch): void {
    for (const id of batch.redriven ?? []) {
      const redriven = this.rejects.redrive(id, batch.receivedMs);
      if (redriven === undefined) continue;
      // A folded row stood for equal messages: one is driven again, the others are duplicates of it.
      const { source, count } = redriven;
      this.ledger.countItems(source, { items: -1, rejected: -count, duplicate: count - 1 });
    }
  }

  #reject(batch: Batch): void {
    for (const reject of batch.rejects) {
      this.rejects.add(reject);
      const { source, count = 1 } = reject;
      this.ledger.countItems(source, { items: count, rejected: count });
    }
  }

  #countOutcomes(seriesId: Int32Array, outcome: Uint8Array): void {
    const bySource = countOutcomes(seriesId, outcome, (id) => this.registry.series(id).source);
    for (const [source, count] of bySource) this.ledger.countItems(source, count);
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
