import type { Database } from "#store/sqlite/statement.ts";
import { BlockCache } from "./block-cache.ts";
import { BlockTable } from "./block-table.ts";
import { CorrectionTable } from "./correction-table.ts";
import type { SeriesRules } from "./decide.ts";
import { LateTable } from "./late-table.ts";
import { LogTable } from "./log-table.ts";
import { Reader } from "./reader.ts";
import { RevisionTable } from "./revision-table.ts";
import { RollupTable } from "./rollup-table.ts";
import { SeriesStates } from "./series-state.ts";

/** The tables of a history and what is kept in memory of them. */
export class Parts {
  readonly db: Database;
  readonly rules: SeriesRules;
  readonly nowMs: () => number;
  readonly log: LogTable;
  readonly blocks: BlockTable;
  readonly cache = new BlockCache();
  readonly late: LateTable;
  readonly revisions: RevisionTable;
  readonly corrections: CorrectionTable;
  readonly states: SeriesStates;
  readonly reader: Reader;
  readonly rollups: RollupTable;

  constructor(db: Database, rules: SeriesRules, nowMs: () => number) {
    this.db = db;
    this.rules = rules;
    this.nowMs = nowMs;
    this.log = new LogTable(db);
    this.blocks = new BlockTable(db);
    this.late = new LateTable(db);
    this.revisions = new RevisionTable(db);
    this.corrections = new CorrectionTable(db);
    this.states = new SeriesStates(this.blocks, this.late, this.log.lastSeq);
    this.reader = new Reader(this);
    this.rollups = new RollupTable(db, this.blocks, (series, span) => this.reader.inBlocks(series, span));
  }

  /** Brings the tails back from the log. */
  replay(): void {
    this.log.replay((seq, entries, receivedMs) => {
      for (const { series, samples } of entries) {
        const state = this.states.get(series);
        if (seq > state.logSeq) state.take(samples, { seq, receivedMs });
      }
    });
  }

  /** Every series that has samples. */
  seriesIds(): number[] {
    const ids = new Set(this.blocks.seriesIds());
    for (const { id, tail } of this.states.all()) if (tail.length > 0) ids.add(id);
    return [...ids].sort((a, b) => a - b);
  }

  stats() {
    const { blocks, samples } = this.blocks.grandTotals();
    let tailSamples = 0;
    let tailBytes = 0;
    let fresh = 0;
    for (const { tail, late } of this.states.all()) {
      tailSamples += tail.length;
      tailBytes += tail.bytes;
      fresh += late.fresh;
    }
    const lateRows = this.states.lateRows;
    const series = this.seriesIds().length;
    return { logBytes: this.log.bytes, tailSamples, tailBytes, blocks, samples: samples + tailSamples + fresh, series, lateRows };
  }
}
