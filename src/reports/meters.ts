import type { Fact } from "#sites/registry.ts";
import type { Range, Store } from "#store/store.ts";
import type {
  AnomalyRow,
  ConsumptionAnswer,
  Expectation,
  Grid,
  Lineage,
  MeterDetail,
  MeterProfile,
  MeterSummary,
  ReadingRow,
} from "./meter-answers.ts";
import type { SiteMeters } from "./meter-settings.ts";

/** Knowledge of an earlier day: what was received, corrected or said after it is not used. */
export interface AsKnown {
  readonly asOfMs?: number;
}

/**
 * Everything that is asked about the meters of one site, derived from what is stored whenever it is asked.
 * Missing: undefined for a meter that is not of the site.
 */
export interface MeterReports {
  /** As they were when they were last looked at. */
  readonly settings: SiteMeters;
  /** Looks what is said about the meters now; every question does. */
  look(): Promise<SiteMeters>;
  /** Grows whenever any answer about the past could be another one. */
  version(): Promise<number>;
  list(): Promise<MeterSummary[]>;
  meter(id: string): Promise<MeterDetail | undefined>;
  consumption(id: string, asked: Range & AsKnown & { readonly by: Grid }): Promise<ConsumptionAnswer | undefined>;
  /** Newest first; `limit` rows at most. */
  readings(id: string, asked: Range & AsKnown & { readonly limit: number }): Promise<ReadingRow[] | undefined>;
  lineage(id: string, asked: Range & AsKnown): Promise<Lineage | undefined>;
  profile(id: string, range: Range): Promise<MeterProfile | undefined>;
  expectation(id: string, tMs: number): Promise<Expectation | undefined>;
  /** Of every meter, newest first, dismissed ones too; `simple` adds the original's rule, which is off otherwise. */
  anomalies(asked: Range & { readonly simple?: boolean }): Promise<AnomalyRow[]>;
  /** The same questions over another store: one that lays a planned correction over the readings. */
  over(store: Store): MeterReports;
  /** What the meters would be with one fact more, its problems with them: looked at before it is kept. */
  settingsWith(fact: Fact): Promise<SiteMeters>;
}
