import type { MeterReport } from "#intake/meter-past/report.ts";
import type { SampleCounts } from "#intake/newcomers.ts";

/** A row that is not taken, and why. */
export interface LeftRow {
  readonly sentence: string;
}

export interface OldTasmotaReport {
  readonly file: string;
  readonly site: string;
  /** The old clock's zone. */
  readonly zone: string;
  readonly dryRun: boolean;
  readonly rows: number;
  readonly meters: readonly MeterReport[];
  /** Rows whose time or a figure cannot be read, rows at a time the clock never shows, and rows of one meter at one instant. */
  readonly unreadable: number;
  readonly neverShown: number;
  readonly doubled: number;
  /** The first of the rows that are not taken. */
  readonly left: readonly LeftRow[];
  /** Rows of hours that the clock showed twice, and how many of them nothing could tell apart. */
  readonly repeated: number;
  readonly uncertain: number;
  readonly samples: SampleCounts;
}
