import { type Fact, type Point, type Registry, type Series, type Site, TEXT_UNIT } from "#sites/registry.ts";
import type { Store } from "#store/store.ts";
import { quantityOf } from "#units/quantity.ts";
import { ApiError } from "./errors.ts";

/** The registry arranged for questions: names as people see them, series in the order they are shown. */
export interface Catalog {
  readonly registry: Registry;
  readonly sites: readonly Site[];
  readonly points: readonly Point[];
  /** By site, point, then rank of the quantity. */
  readonly series: readonly Series[];
  readonly byId: ReadonlyMap<number, Series>;
  readonly byKey: ReadonlyMap<string, Series>;
  readonly siteById: ReadonlyMap<string, Site>;
  /** Under `site/point`. */
  readonly pointByKey: ReadonlyMap<string, Point>;
  readonly seriesByPoint: ReadonlyMap<string, readonly Series[]>;
  /** Keys of the series shown first for their point and source. */
  readonly primary: ReadonlySet<string>;
  /** Text behind a code of a series. Missing: undefined for code 0 and codes nobody wrote. */
  text(seriesId: number, code: number): string | undefined;
}

const NO_WORDS = {} as const;

/** What a row of a series says in words: its value where its values are texts, and the sender's status. */
export function wordsOf(catalog: Catalog, series: Series, row: { value: number; code: number }): { text?: string; status?: string } {
  const text = saysTexts(series) ? catalog.text(series.id, row.value) : undefined;
  const status = catalog.text(series.id, row.code);
  if (text === undefined && status === undefined) return NO_WORDS;
  return { ...(text === undefined ? {} : { text }), ...(status === undefined ? {} : { status }) };
}

/** Whether the values of a series are codes of its texts. */
export function saysTexts(series: Series): boolean {
  return series.unit === TEXT_UNIT;
}

/** The catalog as of now; arranged again only when the store hands out another registry. */
export function openCatalog(store: Pick<Store, "registry">): () => Promise<Catalog> {
  let last: Catalog | undefined;
  return async () => {
    const registry = await store.registry();
    if (last?.registry !== registry) last = arrange(registry);
    return last;
  };
}

/** Errors: unknown-series naming the first that is not there. */
export function seriesOf(catalog: Catalog, keys: readonly string[]): Series[] {
  return [...new Set(keys)].map((key) => {
    const series = catalog.byKey.get(key);
    if (!series) throw new ApiError("unknown-series", { series: key.slice(0, 200) });
    return series;
  });
}

/** Errors: unknown-site. */
export function siteOf(catalog: Catalog, id: string): Site {
  const site = catalog.siteById.get(id);
  if (!site) throw new ApiError("unknown-site", { site: id.slice(0, 200) });
  return site;
}

/** Errors: unknown-point. */
export function pointOf(catalog: Catalog, key: string): Point {
  const point = catalog.pointByKey.get(key);
  if (!point) throw new ApiError("unknown-point", { point: key.slice(0, 400) });
  return point;
}

export const pointKey = (of: { readonly site: string; readonly point: string }): string => `${of.site}/${of.point}`;

function arrange(registry: Registry): Catalog {
  const names = namesOf(registry.facts);
  const sites = registry.sites.map((site) => ({ ...site, name: names.get(`${site.id}/`) ?? site.name }));
  const points = registry.points.map((point) => ({ ...point, name: names.get(`${point.site}/${point.id}`) ?? point.name }));
  const order = (a: Series, b: Series): number =>
    compare(a.site, b.site) ||
    compare(a.point, b.point) ||
    quantityOf(a.quantity).rank - quantityOf(b.quantity).rank ||
    compare(a.quantity, b.quantity) ||
    compare(a.source, b.source);
  const series = registry.series.toSorted(order);
  const codes = new Map(registry.codes.map((row) => [`${row.seriesId} ${row.code}`, row.text]));
  return {
    registry,
    sites,
    points,
    series,
    byId: new Map(series.map((one) => [one.id, one])),
    byKey: new Map(series.map((one) => [one.key, one])),
    siteById: new Map(sites.map((site) => [site.id, site])),
    pointByKey: new Map(points.map((point) => [`${point.site}/${point.id}`, point])),
    seriesByPoint: groupByPoint(series),
    primary: primaries(series),
    text: (seriesId, code) => (code === 0 ? undefined : codes.get(`${seriesId} ${code}`)),
  };
}

function groupByPoint(series: readonly Series[]): Map<string, Series[]> {
  const groups = new Map<string, Series[]>();
  for (const one of series) {
    const group = groups.get(pointKey(one));
    if (group) group.push(one);
    else groups.set(pointKey(one), [one]);
  }
  return groups;
}

/** The first of each point and source; `series` is in the order of rank. */
function primaries(series: readonly Series[]): Set<string> {
  const first = new Map<string, string>();
  for (const one of series) {
    const group = `${pointKey(one)}@${one.source}`;
    if (!first.has(group)) first.set(group, one.key);
  }
  return new Set(first.values());
}

/** Names people gave on the pages, by `site/point`; the newest edit that is not undone counts. */
function namesOf(facts: readonly Fact[]): Map<string, string> {
  const newest = new Map<string, Fact>();
  for (const fact of facts) {
    if (fact.name !== "name" || fact.undoneMs !== undefined) continue;
    const had = newest.get(pointKey(fact));
    if (!had || fact.fromMs > had.fromMs || (fact.fromMs === had.fromMs && fact.madeMs >= had.madeMs)) newest.set(pointKey(fact), fact);
  }
  return new Map([...newest].map(([key, fact]) => [key, String(fact.value)]));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
