import type { Buckets, Column } from "#series/column.ts";
import type { RegistryChange } from "#sites/registry.ts";
import type { AppendResult, Batch } from "#store/batch.ts";
import type { NewCorrection, StoreStats } from "#store/records.ts";
import type { AppendCounts, Range, ReadOptions } from "#store/store.ts";
import { CommitTimes } from "./commit-times.ts";
import { openWriter, storeFile } from "./connection.ts";
import { toStoreError } from "./failure.ts";
import { ImportTable } from "./import-table.ts";
import { InboxTable } from "./inbox-table.ts";
import { countOutcomes, LedgerTable } from "./ledger-table.ts";
import { MemoryTable } from "./memory-table.ts";
import { MIGRATIONS } from "./migrations/list.ts";
import { migrate } from "./migrations/migrate.ts";
import { History } from "./plain-history.ts";
import { RawTable } from "./raw-table.ts";
import { RegistryTable } from "./registry-table.ts";
import { RejectTable } from "./reject-table.ts";
import { SettingTable } from "./setting-table.ts";
import type { Database } from "./statement.ts";
import { TokenTable } from "./token-table.ts";
import { inTransaction } from "./transaction.ts";

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
  readonly tokens: TokenTable;
  readonly settings: SettingTable;
  readonly #commits = new CommitTimes();

  constructor(options: CoreOptions) {
    this.file = storeFile(options.folder);
    this.db = openWriter(options.folder);
    try {
      migrate(this.db, MIGRATIONS, options);
      this.registry = new RegistryTable(this.db);
      this.history = new History(this.db, { rule: (seriesId) => this.registry.series(seriesId).equalInstant });
      this.ledger = new LedgerTable(this.db);
      this.rejects = new RejectTable(this.db, options.rejectLimitBytes);
      this.inbox = new InboxTable(this.db);
      this.memory = new MemoryTable(this.db);
      this.raw = new RawTable(this.db);
      this.imports = new ImportTable(this.db);
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
    let prepared: ReturnType<History["prepare"]> | undefined;
    const undo = () => {
      if (prepared !== undefined) this.history.discard(prepared);
    };
    const result = this.change(() => {
      this.registry.add(batch);
      this.#redrive(batch);
      this.#reject(batch);
      for (const count of batch.messages) this.ledger.countMessages(count);
      prepared = this.history.prepare(batch.samples, batch.receivedMs);
      this.#countOutcomes(batch.samples.seriesId, prepared.outcome);
      for (const session of batch.forgetSessions ?? []) this.inbox.forget(session);
      for (const entry of batch.inbox ?? []) this.inbox.put(entry);
      for (const message of batch.raw ?? []) this.raw.add(message);
      if (batch.memory !== undefined) this.memory.save(batch.memory);
      return prepared;
    }, undo);
    this.history.applied(result);
    this.#commits.add(performance.now() - startedMs);
    return { outcome: result.outcome, seq: result.seq };
  }

  importColumn(seriesId: number, column: Column, info: { receivedMs: number; importId?: number }): AppendCounts {
    const { source } = this.registry.series(seriesId);
    return this.change(() => {
      const counts = this.history.importColumn(seriesId, column, info);
      this.ledger.countItems(source, { items: column.tMs.length, ...counts });
      return counts;
    });
  }

  register(change: RegistryChange): void {
    this.change(() => this.registry.add(change));
  }

  read(seriesId: number, range: Range, options?: ReadOptions): Column {
    this.registry.series(seriesId);
    return this.history.read(seriesId, range, options);
  }

  readBuckets(seriesId: number, range: Range, how: { bucketMs: number; options: ReadOptions }): Buckets {
    this.registry.series(seriesId);
    return this.history.readBuckets(seriesId, range, how.bucketMs, how.options);
  }

  correct(correction: NewCorrection): number {
    this.registry.series(correction.seriesId);
    return this.change(() => this.history.correct(correction));
  }

  expireRaw(source: string, beforeMs: number): number {
    return this.change(() => this.raw.expire(source, beforeMs));
  }

  stats(): StoreStats {
    const { commits, commitMsP99 } = this.#commits;
    return { ...this.history.stats(), commits, commitMsP99 };
  }

  /** Commits since this store was opened. */
  get commits(): number {
    return this.#commits.commits;
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
      this.ledger.countItems(reject.source, { items: 1, rejected: 1 });
    }
  }

  #countOutcomes(seriesId: Int32Array, outcome: Uint8Array): void {
    const bySource = countOutcomes(seriesId, outcome, (id) => this.registry.series(id).source);
    for (const [source, count] of bySource) this.ledger.countItems(source, count);
  }
}
