import type { SampleCounts } from "#intake/newcomers.ts";

/** Column of the table whose numbers are taken: what the register said, Home Assistant's running sum, or the mean of an hour. */
export type Told = "state" | "sum" | "mean";

/** One statistic of the file, and what became of it. */
export interface StatisticReport {
  readonly statistic: string;
  readonly kind: "counter" | "interval";
  /** As the house spells it. */
  readonly unit: string;
  /** Nobody here can convert it. */
  readonly unitUnknown?: true;
  readonly told: Told;
  /** Key of its series. */
  readonly series: string;
  /** Hours that are taken. */
  readonly hours: number;
  /** Ends of the first and the last of them. */
  readonly firstMs?: number;
  readonly lastMs?: number;
  readonly first?: number;
  readonly last?: number;
  /** Readings of a register that are lower than the one before. */
  readonly falls: number;
  readonly samples: SampleCounts;
  /** Rows that are not taken: without a time, without a number, hours that have not ended, and hours that a later row repeats. */
  readonly timeless: number;
  readonly empty: number;
  readonly unended: number;
  readonly doubled: number;
  /** Why nothing of it is taken. */
  readonly left?: string;
}

export interface StatisticsReport {
  readonly file: string;
  readonly site: string;
  readonly dryRun: boolean;
  /** Rows that were read. */
  readonly rows: number;
  readonly statistics: readonly StatisticReport[];
  readonly samples: SampleCounts;
}
