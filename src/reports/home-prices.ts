import { Decimal } from "decimal.js";
import { dateText } from "#calendar/local-text.ts";
import { type Zone, zoneNamed } from "#calendar/zone.ts";
import type { Fact, Registry } from "#sites/registry.ts";
import { type FlatPrice, flatPlan } from "#tariffs/flat-plan.ts";
import type { Plan } from "#tariffs/plan.ts";
import type { HomeInstalment, HomePrice } from "./home-answers.ts";
import { DEFAULT_PER_KWH, type HomeSettings } from "./home-settings.ts";

/** Names of the facts of a page. */
const PRICE_FACT = "home-price";
const INSTALMENT_FACT = "home-instalment";
/** What nobody said holds from the beginning. */
const BEGINNING = "1970-01-01";
/** The price and the advance of a home, and the plan they come to. */
export interface PriceList {
  readonly prices: readonly HomePrice[];
  readonly instalments: readonly HomeInstalment[];
  /** Left out where the configuration bills the point by a tariff of its own. */
  readonly flat?: Plan;
}

/** Reads what the file and the pages say of money. The same registry gives the same list, and what does not change the same plan. */
export class PriceBook {
  readonly #settings: HomeSettings;
  readonly #zone: Zone;
  #known: { readonly registry: Registry; readonly print: string; readonly list: PriceList } | undefined;

  constructor(settings: HomeSettings) {
    this.#settings = settings;
    this.#zone = zoneNamed(settings.zone);
  }

  of(registry: Registry): PriceList {
    const known = this.#known;
    if (known?.registry === registry) return known.list;
    const list = this.#listOf(registry);
    const print = JSON.stringify([list.prices, list.instalments]);
    this.#known = { registry, print, list: known?.print === print ? known.list : list };
    return this.#known.list;
  }

  #listOf(registry: Registry): PriceList {
    const { prices, instalments, meter, currency } = this.#settings;
    const paid = this.#rows(registry, INSTALMENT_FACT, amountOf);
    const fileDates = new Set(instalments.map(({ fromDate }) => fromDate));
    const advance = [
      ...instalments.map(({ fromDate, amount }) => ({ fromDate, amount: new Decimal(amount), from: "file" as const })),
      ...paid.filter(({ fromDate }) => !fileDates.has(fromDate)).map((row) => ({ ...row, from: "page" as const })),
    ].sort(byDate);
    if (meter.plan !== undefined) return { prices: tariffPrices(meter.plan), instalments: advance };
    const pinned = new Set(prices.map(({ fromDate }) => fromDate));
    const said = this.#rows(registry, PRICE_FACT, priceOf).filter(({ fromDate }) => !pinned.has(fromDate));
    const rows: HomePrice[] = [
      ...prices.map((row) => ({ ...priced(row), fromDate: row.fromDate, from: "file" as const })),
      ...said.map(({ fromDate, factId, ...price }) => ({ ...price, fromDate, factId, from: "page" as const })),
    ].sort(byDate);
    const all = rows.length > 0 ? rows : [ASSUMED];
    return { prices: all, instalments: advance, flat: flatPlan(all.map(flatOf), { currency }) };
  }

  /** Facts of the grid point by local date; of two from one date the newer counts. */
  #rows<T extends object>(registry: Registry, name: string, read: (fact: Fact) => T | undefined): (T & Dated)[] {
    const { site, roles } = this.#settings;
    const facts = registry.facts
      .filter((fact) => fact.name === name && fact.site === site && fact.point === roles.grid && fact.undoneMs === undefined)
      .sort((a, b) => a.madeMs - b.madeMs);
    const byDay = new Map<string, T & Dated>();
    for (const fact of facts) {
      const said = read(fact);
      const fromDate = dateText(fact.fromMs, this.#zone);
      if (said !== undefined && fact.id !== undefined) byDay.set(fromDate, { ...said, fromDate, factId: fact.id });
    }
    return [...byDay.values()];
  }
}

interface Dated {
  readonly fromDate: string;
  readonly factId: number;
}

const ASSUMED: HomePrice = { fromDate: BEGINNING, perKwh: new Decimal(DEFAULT_PER_KWH), baseFee: new Decimal(0), from: "default" };

type Price = Pick<HomePrice, "perKwh" | "baseFee" | "feedIn">;

function priced(row: { perKwh: string; baseFeePerMonth?: string; feedInPerKwh?: string | null | undefined }): Price {
  const { perKwh, baseFeePerMonth = "0", feedInPerKwh } = row;
  return {
    perKwh: new Decimal(perKwh),
    baseFee: new Decimal(baseFeePerMonth),
    ...(feedInPerKwh === undefined || feedInPerKwh === null ? {} : { feedIn: new Decimal(feedInPerKwh) }),
  };
}

/** Missing: undefined for a fact that is no price. */
function priceOf({ value }: Fact): Price | undefined {
  try {
    return priced(JSON.parse(String(value)));
  } catch {
    return undefined;
  }
}

/** Missing: undefined for a fact that is no amount. */
function amountOf({ value }: Fact): Pick<HomeInstalment, "amount"> | undefined {
  try {
    return { amount: new Decimal(value) };
  } catch {
    return undefined;
  }
}

function flatOf({ fromDate, perKwh, baseFee, feedIn }: HomePrice): FlatPrice {
  const paid = feedIn === undefined ? {} : { feedInPerKwh: feedIn.toFixed() };
  return { fromDate, perKwh: perKwh.toFixed(), baseFeePerMonth: baseFee.toFixed(), ...paid };
}

const DAYS_OF_MONTH = new Decimal(365.25).div(12);

/** A tariff as prices, as far as one number tells it: the first rate of each energy line, and its fees by the month. */
function tariffPrices(plan: Plan): HomePrice[] {
  return plan.versions.map((version) => {
    let perKwh = new Decimal(0);
    let baseFee = new Decimal(0);
    let feedIn: Decimal | undefined;
    for (const component of version.components) {
      if (component.kind === "energy") perKwh = perKwh.plus(firstRate(component));
      else if (component.kind === "feed-in") feedIn = firstRate(component).plus(feedIn ?? 0);
      else if (component.kind === "fixed")
        baseFee = baseFee.plus(new Decimal(component.rate).times(component.per === "day" ? DAYS_OF_MONTH : 1));
    }
    return { fromDate: version.validFrom, perKwh, baseFee, ...(feedIn === undefined ? {} : { feedIn }), from: "tariff" };
  });
}

interface Rated {
  readonly rate?: string | undefined;
  readonly rates?: { readonly bands: Readonly<Record<string, string>> } | undefined;
  readonly tiers?: readonly { readonly rate: string }[] | undefined;
}

function firstRate({ rate, rates, tiers }: Rated): Decimal {
  return new Decimal(rate ?? Object.values(rates?.bands ?? {})[0] ?? tiers?.[0]?.rate ?? 0);
}

function byDate(a: { readonly fromDate: string }, b: { readonly fromDate: string }): number {
  return a.fromDate < b.fromDate ? -1 : 1;
}
