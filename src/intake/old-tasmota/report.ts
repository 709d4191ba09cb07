import type { SampleCounts } from "#intake/newcomers.ts";

/** One meter of the table. */
export interface MeterReport {
  /** As the table names it; empty where it does not. */
  readonly meter: string;
  /** Where its rows go: `site/point`. */
  readonly point: string;
  readonly source: string;
  /** They go on in the series that a reader fills. */
  readonly joins: boolean;
  readonly rows: number;
  /** By the old clock, as written. */
  readonly first?: string;
  readonly last?: string;
  readonly firstMs?: number;
  readonly lastMs?: number;
  /** Registers of the first and the last row that tell one, kWh. */
  readonly bought?: Register;
  readonly sold?: Register;
  readonly withPower: number;
  readonly samples: SampleCounts;
}

export interface Register {
  readonly firstKwh: number;
  readonly lastKwh: number;
  /** Readings that were lower than the one before: a restart, another meter. They are taken as they are and count for no energy. */
  readonly falls: number;
}

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
