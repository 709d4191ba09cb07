import type { BuildingModel } from "#buildings/model.ts";
import type { Range, Store } from "#store/store.ts";
import type { BuildingNow, Finding, OverrideRow, PeakAnswer, StoppedRow, ZoneDetail } from "./building-answers.ts";
import type { BuildingSettings } from "./building-settings.ts";

/**
 * What is asked about the building of one site but its peaks, derived from what is stored whenever it is asked.
 * Missing: undefined for equipment that is not of the site.
 */
export interface BuildingQuestions {
  readonly settings: BuildingSettings;
  /** Who is there, by names and decisions; the very same object until something of it changes. */
  model(): Promise<BuildingModel>;
  /** Grows whenever any answer about the past could be another one. */
  version(): Promise<number>;
  /** Zones now and over the range, worst first. */
  overview(range: Range): Promise<BuildingNow>;
  zone(id: string, range: Range): Promise<ZoneDetail | undefined>;
  findings(range: Range): Promise<Finding[]>;
  overrides(range: Range): Promise<OverrideRow[]>;
  stopped(): Promise<StoppedRow[]>;
}

/** What the equipment did at a peak of demand. */
export interface BuildingPeak {
  /**
   * What caused the load of a point at an interval; `of` is a point with power or energy of this site or another, `site/point`. Left
   * out, the site's own, and the highest quarter-hour of the last 30 days.
   * Missing: undefined where no point tells of power.
   */
  peak(asked: { readonly range?: Range; readonly of?: string }): Promise<PeakAnswer | undefined>;
}

/** Everything that is asked about the building of one site. */
export interface BuildingReports extends BuildingQuestions, BuildingPeak {}

/** What the reports of a building stand on. */
export interface BuildingParts {
  readonly store: Store;
  readonly nowMs: () => number;
}
