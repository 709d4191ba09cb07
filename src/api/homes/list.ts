import { figure, orNull } from "#api/plants/wire.ts";
import type { RouteDeps } from "#api/route-kit.ts";
import type { HomeInfo as HomeInfoAnswer } from "#contract/home.ts";
import { type HomeDesk, homeDesk } from "./desk.ts";
import { amount, rate, rateOrNull } from "./wire.ts";

type ListDeps = Pick<RouteDeps, "homes" | "plants" | "catalog" | "store">;

/** Every home there is now. */
export async function homesAnswer(deps: ListDeps): Promise<HomeInfoAnswer[]> {
  return Promise.all((deps.homes?.() ?? []).map((home) => homeInfo(homeDesk(home), deps)));
}

/** What a home is, and what it sends. */
async function homeInfo(desk: HomeDesk, deps: ListDeps): Promise<HomeInfoAnswer> {
  const { settings } = desk.reports;
  const [info, prices, instalments] = await Promise.all([desk.reports.info(), desk.reports.prices(), desk.reports.instalments()]);
  const { series } = info;
  return {
    id: desk.id,
    ...desk.place,
    siteName: settings.siteName,
    name: await nameOf(desk, deps),
    zone: settings.zone,
    currency: settings.currency,
    series: {
      power: orNull(series.power),
      bought: orNull(series.bought),
      sold: orNull(series.sold),
      phases: [...series.phases],
      solar: [...series.solar],
      battery: [...series.battery],
    },
    reader: { title: readerOf(desk, info.source), url: orNull(settings.readerUrl), everyMs: figure(info.everyMs) },
    wholeKwh: info.wholeKwh,
    hasSold: await hasSold(series.sold, deps),
    hasPhases: series.phases.length > 0,
    hasBalance: info.hasBalance,
    firstMs: orNull(info.firstMs),
    lastMs: orNull(info.lastMs),
    prices: prices.map(({ fromDate, perKwh, baseFee, feedIn, from, factId }) => ({
      fromDate,
      perKwh: rate(perKwh),
      baseFeePerMonth: rate(baseFee),
      feedInPerKwh: rateOrNull(feedIn),
      from,
      factId: orNull(factId),
    })),
    instalments: instalments.map(({ fromDate, amount: paid, from, factId }) => ({
      fromDate,
      amount: amount(paid),
      from,
      factId: orNull(factId),
    })),
    settlement: settings.settlement,
    plant: plantOf(desk, deps),
    openEvents: info.openEvents,
    needs: [...info.needs],
    demo: settings.demo,
  };
}

/** The name somebody gave its meter on a page, else the configured one. */
async function nameOf({ place, reports }: HomeDesk, deps: ListDeps): Promise<string> {
  const { registry, pointByKey } = await deps.catalog();
  const renamed = registry.facts.some(
    (fact) => fact.name === "name" && fact.undoneMs === undefined && fact.site === place.site && fact.point === place.point,
  );
  return (renamed ? pointByKey.get(`${place.site}/${place.point}`)?.name : undefined) ?? reports.settings.name;
}

/** Meters for one direction send the other register too, and it stands at zero for ever. */
async function hasSold(key: string | undefined, { store, catalog }: ListDeps): Promise<boolean> {
  const series = key === undefined ? undefined : (await catalog()).byKey.get(key);
  return series !== undefined && ((await store.latest([series.id])).value[0] ?? 0) > 0;
}

function readerOf({ reports }: HomeDesk, source: string | undefined): string {
  return reports.settings.meter.sources.find(({ name }) => name === source)?.title ?? source ?? "";
}

function plantOf({ place }: HomeDesk, { plants = [] }: ListDeps): string | null {
  const { site, point } = place;
  return plants.some(({ settings }) => settings.site === site && settings.point === point) ? `${site}.${point}` : null;
}
