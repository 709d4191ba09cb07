/** The source of statistics that Home Assistant kept. */
export const HOME_ASSISTANT = "home-assistant";

/** Where a person wants a statistic. */
export interface Mapping {
  readonly statistic: string;
  readonly point: string;
  readonly quantity: string;
}

export interface StatisticsWish {
  /** Absolute. */
  readonly file: string;
  readonly site: string;
  /** Only these statistics; left out, all of them. */
  readonly only?: readonly string[];
  readonly mappings: readonly Mapping[];
  /** Statistics of which Home Assistant's running sum counts, not what the register said. */
  readonly sums: readonly string[];
  readonly dryRun: boolean;
}
