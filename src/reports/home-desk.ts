import type { Range, Store } from "#store/store.ts";
import type { HomeReports } from "./home.ts";
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
import { HomeSources } from "./home-balance.ts";
import { HomeBooks, type HomeStanding } from "./home-books.ts";
import { type ChartAsked, homeChart } from "./home-chart.ts";
import { homeDays } from "./home-days.ts";
import { homeEvents } from "./home-events.ts";
import { figuresOf } from "./home-figures.ts";
import { homeInfo } from "./home-info.ts";
import { InstalmentDesk } from "./home-instalments.ts";
import { powerNow } from "./home-power.ts";
import { homeSelection } from "./home-selection.ts";
import type { HomeSettings } from "./home-settings.ts";
import { readingsOf, stretchesOf } from "./home-summary.ts";
import type { PlantReports } from "./plant.ts";

/** Answers every question about one home, each from a file of its own. */
export class Home implements HomeReports {
  readonly settings: HomeSettings;
  readonly #store: Store;
  readonly #books: HomeBooks;
  readonly #sources: HomeSources;
  readonly #instalments: InstalmentDesk;
  #isSold = false;

  constructor(store: Store, settings: HomeSettings, nowMs: () => number) {
    this.settings = settings;
    this.#store = store;
    this.#books = new HomeBooks(store, settings, nowMs);
    this.#sources = new HomeSources(store, settings, nowMs);
    this.#instalments = new InstalmentDesk(settings);
  }

  get bought(): PlantReports {
    return this.#books.boughtPlant;
  }

  get sold(): PlantReports | undefined {
    return this.#isSold ? this.#books.soldPlant : undefined;
  }

  async #standing(): Promise<HomeStanding> {
    const standing = await this.#books.standing();
    this.#isSold = standing.sold !== undefined;
    return standing;
  }

  version(): Promise<number> {
    return this.#books.version();
  }

  async info(): Promise<HomeInfo> {
    const at = await this.#standing();
    const [events, hasBalance] = await Promise.all([
      this.events({ fromMs: at.first ?? at.nowMs, toMs: at.endMs }),
      this.#sources.isMetered(at.registry),
    ]);
    const openEvents = events.filter(({ open, decision }) => open && decision === undefined).length;
    return homeInfo(this.#store, at, { settings: this.settings, openEvents, hasBalance });
  }

  async summary({ weekStart }: { readonly weekStart: number }): Promise<HomeSummary> {
    const at = await this.#standing();
    const [power, readings] = await Promise.all([powerNow(this.#store, at), readingsOf(this.#store, at)]);
    const instalments = this.#instalments.of(at);
    return {
      nowMs: at.nowMs,
      power,
      ...stretchesOf(at, weekStart),
      ...(instalments === undefined ? {} : { instalments }),
      readings,
    };
  }

  async chart(range: Range, asked: ChartAsked): Promise<HomeChart> {
    return homeChart(this.#store, await this.#standing(), { range, asked });
  }

  async selection(range: Range): Promise<HomeSelection> {
    return homeSelection(this.#store, { books: this.#books, at: await this.#standing() }, range);
  }

  async figures(range: Range): Promise<HomeFigures> {
    return figuresOf(await this.#standing(), { range });
  }

  async days(fromDate: string, toDate: string): Promise<HomeDay[]> {
    return homeDays(await this.#standing(), fromDate, toDate);
  }

  async balance(range: Range): Promise<HomeBalance | undefined> {
    return this.#sources.balance(range, { books: this.#books, at: await this.#standing() });
  }

  async events(range: Range): Promise<HomeEvent[]> {
    return homeEvents({ books: this.#books, at: await this.#standing(), settings: this.settings }, range);
  }

  async prices(): Promise<HomePrice[]> {
    return [...this.#books.prices.of(await this.#store.registry()).prices];
  }

  async instalments(): Promise<HomeInstalment[]> {
    return [...this.#books.prices.of(await this.#store.registry()).instalments];
  }
}
