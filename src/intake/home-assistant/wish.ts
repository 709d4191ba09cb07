import type { IntakeLine } from "#intake/line.ts";
import type { Progress, Store } from "#store/store.ts";

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

export interface StatisticsHouse {
  readonly store: Store;
  readonly line: Pick<IntakeLine, "within">;
  readonly nowMs: () => number;
  readonly progress: Progress;
}

/** What keeps statistics from being taken over, told to a person. */
export class StatisticsProblem extends Error {
  readonly code: string;
  constructor(code: string, sentence: string) {
    super(sentence);
    this.name = "StatisticsProblem";
    this.code = code;
  }
}
