import type { Range } from "#store/store.ts";
import type {
  HomeBalance,
  HomeChart,
  HomeDay,
  HomeEvent,
  HomeFigures,
  HomeInfo,
  HomeInstalment,
  HomePrice,
  HomeSelection,
  HomeSummary,
} from "./home-answers.ts";
import type { HomeSettings } from "./home-settings.ts";
import type { PlantReports } from "./plant.ts";

/**
 * Everything that is asked about one home, derived from what is stored whenever it is asked.
 * Units:   kWh and W; money is decimal, in the currency of the settings.
 * Missing: NaN in numbers; money is left out where there is no price.
 */
export interface HomeReports {
  readonly settings: HomeSettings;
  /** Intervals, days and bills of what is bought: the same engine as a plant's. */
  readonly bought: PlantReports;
  /** Of what is sold; left out where the meter does not count it. */
  readonly sold?: PlantReports | undefined;

  /** Grows whenever any answer about the past could be another one, a fact of a page included. */
  version(): Promise<number>;
  /** What the meter sends, and since when. */
  info(): Promise<HomeInfo>;
  /** `weekStart`: the day weeks begin with, 0 for Sunday, as the reader's locale has it. */
  summary(asked: { readonly weekStart: number }): Promise<HomeSummary>;
  /** `points`: rows the screen can show. */
  chart(range: Range, asked: { readonly points: number; readonly phases?: boolean; readonly typical?: boolean }): Promise<HomeChart>;
  selection(range: Range): Promise<HomeSelection>;
  figures(range: Range): Promise<HomeFigures>;
  /** Local days from one date up to and including another. */
  days(fromDate: string, toDate: string): Promise<HomeDay[]>;
  /** Missing: undefined where nothing but the grid is metered. */
  balance(range: Range): Promise<HomeBalance | undefined>;
  /** Newest first. */
  events(range: Range): Promise<HomeEvent[]>;
  /** In force one after another, oldest first. */
  prices(): Promise<HomePrice[]>;
  /** What is paid in advance each month, oldest first. */
  instalments(): Promise<HomeInstalment[]>;
}
