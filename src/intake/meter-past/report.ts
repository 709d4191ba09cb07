import type { SampleCounts } from "#intake/newcomers.ts";

/** One meter of a file. */
export interface MeterReport {
  /** As the file names it; empty where it does not. */
  readonly meter: string;
  /** Where its rows go: `site/point`. */
  readonly point: string;
  readonly source: string;
  /** They go on in the series that a reader fills. */
  readonly joins: boolean;
  readonly rows: number;
  /** As written in the file. */
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
