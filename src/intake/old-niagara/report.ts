import type { SampleCounts } from "#intake/newcomers.ts";

/** One history of the file, and what became of it. */
export interface HistoryReport {
  readonly station: string;
  /** As the rows name it, in the newest of its spellings. */
  readonly history: string;
  /** Point it went to, or would go to, and the unit it has there. */
  readonly point: string;
  readonly quantity: string;
  readonly unit: string;
  readonly rows: number;
  readonly firstMs?: number;
  readonly lastMs?: number;
  /** Of all values that are numbers, whatever their status. */
  readonly sum: number;
  /** Rows whose status says that the value is no good. */
  readonly bad: number;
  readonly samples: SampleCounts;
  /** Why it was left out. */
  readonly problem?: string;
}

export interface OldNiagaraReport {
  readonly file: string;
  readonly site: string;
  readonly source: string;
  readonly dryRun: boolean;
  readonly rows: number;
  readonly histories: readonly HistoryReport[];
  /** Rows whose time or value cannot be read, and the first of them in words. */
  readonly unreadable: number;
  readonly left: readonly string[];
  /** Rows of one history at one instant: the last that was written counts. */
  readonly doubled: number;
  readonly samples: SampleCounts;
}
