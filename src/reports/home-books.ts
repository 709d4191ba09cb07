import { IntervalGrid } from "#analytics/interval-grid.ts";
import type { Intervals } from "#analytics/intervals.ts";
import { type LocalDay, type LocalDays, localDays } from "#analytics/local-days.ts";
import { dateStart } from "#calendar/local-text.ts";
import { Periods } from "#calendar/periods.ts";
import type { Zone } from "#calendar/zone.ts";
import type { Registry } from "#sites/registry.ts";
import type { Extent, Store } from "#store/store.ts";
import { billing } from "#tariffs/billing.ts";
import { Costing } from "#tariffs/costing.ts";
import type { DemandHistory } from "#tariffs/demand-history.ts";
import { BillingDesk } from "./billing-desk.ts";
import { EnergySums } from "./energy-sums.ts";
import { History, type Standing } from "./history.ts";
import { PriceBook, type PriceList } from "./home-prices.ts";
import { BOUGHT, type HomeSeries, SOLD, seriesOfMeter } from "./home-series.ts";
import type { HomeSettings } from "./home-settings.ts";
import { joined } from "./interval-columns.ts";
import type { PlantReports } from "./plant.ts";
import { Plant } from "./plant-desk.ts";
import type { PlantSettings } from "./plant-settings.ts";

/** Energy that flows one way through the grid meter, all of history. */
export interface Flow {
  /** Of whole local days, today's included: what is to come is not known. */
  readonly intervals: Intervals;
  readonly sums: EnergySums;
  readonly days: LocalDays;
  readonly standing: Standing;
}

/** Everything that is derived of a home at one moment. */
export interface HomeStanding {
  readonly nowMs: number;
  /** Of everything below: what was made of one standing holds for another with this text. */
  readonly name: string;
  readonly registry: Registry;
  readonly series: HomeSeries;
  /** First and last reading of the grid meter; left out while there is none. */
  readonly first?: number;
  readonly last?: number;
  /** End of the interval that runs: what was metered until now has come by then. */
  readonly endMs: number;
  readonly bought: Flow;
  /** Left out where nobody counts it. */
  readonly sold?: Flow;
  readonly money: PriceList;
  readonly demand: DemandHistory | undefined;
  readonly costing: Costing | undefined;
  readonly isHoliday: (dayMs: number) => boolean;
}

/** Keeps what a home's answers are made of for as long as nothing of it changes. */
export class HomeBooks {
  readonly zone: Zone;
  readonly bought: History;
  readonly sold: History;
  readonly boughtPlant: PlantReports;
  readonly soldPlant: PlantReports;
  readonly prices: PriceBook;
  readonly grid: IntervalGrid;
  readonly #store: Store;
  readonly #settings: HomeSettings;
  readonly #nowMs: () => number;
  readonly #holidays: ReadonlySet<number>;
  readonly #periods: Periods;
  /** Days of a piece of history, by the piece. */
  readonly #days = new WeakMap<Intervals, readonly LocalDay[]>();
  #kept: { readonly name: string; readonly standing: Promise<HomeStanding> } | undefined;

  constructor(store: Store, settings: HomeSettings, nowMs: () => number) {
    this.#store = store;
    this.#settings = settings;
    this.#nowMs = nowMs;
    this.prices = new PriceBook(settings);
    const counter = { quantity: BOUGHT, connectionKw: settings.connectionKw };
    const planFrom = (registry: Registry) => this.prices.of(registry).flat;
    const bought: PlantSettings = { ...settings.meter, counter, planFrom };
    const { plan: _, ...unbilled } = settings.meter;
    const sold: PlantSettings = { ...unbilled, counter: { ...counter, quantity: SOLD, given: true } };
    this.bought = new History(store, bought, nowMs);
    this.sold = new History(store, sold, nowMs);
    this.zone = this.bought.zone;
    this.boughtPlant = plantOf(store, { settings: bought, nowMs, history: this.bought, sold: this.sold });
    this.soldPlant = plantOf(store, { settings: sold, nowMs, history: this.sold });
    this.grid = new IntervalGrid(this.zone, settings.meter.intervalMinutes * 60_000);
    this.#periods = new Periods(settings.meter.billing, this.zone);
    this.#holidays = new Set(settings.meter.holidays.flatMap((date) => dateStart(date, this.zone) ?? []));
  }

  /** As of now. Questions that come together share one look. */
  async standing(): Promise<HomeStanding> {
    const nowMs = this.#nowMs();
    const [registry, bought, sold] = await Promise.all([this.#store.registry(), this.bought.refresh(), this.sold.refresh()]);
    const money = this.prices.of(registry);
    const endMs = this.grid.after(nowMs);
    const name = `${bought.version} ${sold.version} ${this.#numberOf(money)} ${endMs}`;
    if (this.#kept?.name !== name) {
      const standing = this.#opened({ nowMs, name, registry, money, endMs }, { bought, sold });
      this.#kept = { name, standing };
      standing.catch(() => {
        this.#kept = undefined;
      });
    }
    return { ...(await this.#kept.standing), nowMs };
  }

  /** Grows whenever any answer about the past could be another one. */
  async version(): Promise<number> {
    const [registry, bought, sold] = await Promise.all([this.#store.registry(), this.bought.refresh(), this.sold.refresh()]);
    return bought.version + sold.version + this.#numberOf(this.prices.of(registry));
  }

  readonly #numbers = new WeakMap<PriceList, number>();
  #lists = 0;

  #numberOf(list: PriceList): number {
    const known = this.#numbers.get(list) ?? ++this.#lists;
    this.#numbers.set(list, known);
    return known;
  }

  async #opened(
    at: Pick<HomeStanding, "nowMs" | "name" | "registry" | "money" | "endMs">,
    { bought, sold }: { readonly bought: Standing; readonly sold: Standing },
  ): Promise<HomeStanding> {
    const extents = await this.#store.extent([...bought.ids, ...sold.ids]);
    const first = edge(extents, ({ firstMs }) => firstMs, Math.min);
    const last = edge(extents, ({ lastMs }) => lastMs, Math.max);
    const range = { fromMs: this.zone.dayStart(Math.min(first ?? at.nowMs, at.nowMs)), toMs: this.zone.nextStart("day", at.nowMs) };
    const boughtFlow = await this.#flow(this.bought, bought, range);
    const soldFlow = sold.ids.length === 0 ? undefined : await this.#flow(this.sold, sold, range);
    const plan = at.money.flat ?? this.#settings.meter.plan;
    const holidays = this.#settings.meter.holidays;
    const exported = soldFlow === undefined ? {} : { exported: soldFlow.intervals };
    const demand = plan && billing(plan, boughtFlow.intervals, { periods: this.#periods, nowMs: at.nowMs, holidays, ...exported });
    return {
      ...at,
      series: seriesOfMeter(at.registry, this.#settings.meter),
      ...(first === undefined ? {} : { first }),
      ...(last === undefined ? {} : { last }),
      bought: boughtFlow,
      ...(soldFlow === undefined ? {} : { sold: soldFlow }),
      demand,
      costing: demand && new Costing(demand),
      isHoliday: (dayMs) => this.#holidays.has(dayMs),
    };
  }

  async #flow(history: History, standing: Standing, range: { fromMs: number; toMs: number }): Promise<Flow> {
    const pieces = await history.pieces(range);
    const intervals = joined(pieces);
    const days = pieces.flatMap((piece) => this.#daysOf(piece));
    return { intervals, sums: new EnergySums(intervals), days: { zone: this.zone, slotMs: intervals.lengthMs, days }, standing };
  }

  #daysOf(piece: Intervals): readonly LocalDay[] {
    const known = this.#days.get(piece) ?? localDays(piece, this.zone, { isHoliday: (dayMs) => this.#holidays.has(dayMs) }).days;
    this.#days.set(piece, known);
    return known;
  }
}

interface PlantOf {
  readonly settings: PlantSettings;
  readonly nowMs: () => number;
  readonly history: History;
  readonly sold?: History;
}

function plantOf(store: Store, parts: PlantOf): PlantReports {
  return new Plant({ store, ...parts, desk: new BillingDesk({ store, ...parts }) });
}

/** Missing: undefined where no series has a sample. */
function edge(extents: readonly Extent[], of: (extent: Extent) => number, pick: (...all: number[]) => number): number | undefined {
  const known = extents.filter(({ count }) => count > 0).map(of);
  return known.length === 0 ? undefined : pick(...known);
}
