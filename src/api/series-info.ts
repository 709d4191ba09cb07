import type { PointInfo, SeriesInfo, SiteInfo } from "#contract/series.ts";
import type { Point, Series, Site } from "#sites/registry.ts";
import type { Store } from "#store/store.ts";
import { quantityOf } from "#units/quantity.ts";
import type { Actions } from "./actions.ts";
import { type Catalog, pointKey } from "./catalog.ts";
import type { Spacing } from "./spacing.ts";

interface SeriesInfoDeps {
  readonly store: Pick<Store, "extent">;
  readonly actions: Pick<Actions, "sources" | "sourceRates">;
  readonly spacing: Spacing;
}

/** Everything a page says about series, in their order. */
export async function seriesInfos(deps: SeriesInfoDeps, catalog: Catalog, series: readonly Series[]): Promise<SeriesInfo[]> {
  const [extents, every] = await Promise.all([deps.store.extent(series.map((one) => one.id)), deps.spacing(series)]);
  const extentById = new Map(extents.map((extent) => [extent.seriesId, extent]));
  const dialects = new Map(deps.actions.sources().map((source) => [source.name, source.dialect]));
  const rates = deps.actions.sourceRates();
  const serials = serialsOf(catalog);
  return series.map((one, row) => {
    const info: Filling = { ...namesOf(catalog, one), guaranteed: (rates.get(one.source)?.qos0Share ?? 0) === 0, count: 0 };
    const dialect = dialects.get(one.source);
    const serial = serials.size > 0 ? serials.get(`${pointKey(one)}@${one.source}`) : undefined;
    const everyMs = every[row];
    const extent = extentById.get(one.id);
    if (dialect !== undefined) info.dialect = dialect;
    if (one.intervalMs !== undefined) info.intervalMs = one.intervalMs;
    if (everyMs !== undefined) info.everyMs = everyMs;
    if (serial !== undefined) info.serial = serial;
    if (extent && extent.count > 0) Object.assign(info, { firstMs: extent.firstMs, lastMs: extent.lastMs, count: extent.count });
    return info;
  });
}

/** Filled field by field: a page asks for thousands. */
type Filling = { -readonly [K in keyof SeriesInfo]: SeriesInfo[K] };

/** Series whose names, keys, quantities, units or serials hold every word. */
export function searchSeries(catalog: Catalog, words: string): Series[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const serials = wanted.length > 0 ? serialsOf(catalog) : new Map<string, string>();
  return catalog.series.filter((series) => {
    const { pointName, quantityName } = namesOf(catalog, series);
    const serial = serials.get(`${pointKey(series)}@${series.source}`) ?? "";
    const site = catalog.siteById.get(series.site)?.name ?? "";
    const text = `${series.key} ${site} ${pointName} ${quantityName} ${series.unit} ${serial}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

export function siteInfo(catalog: Catalog, site: Site): SiteInfo {
  const { id, name, zone, currency } = site;
  const demo = catalog.series.some((series) => series.site === id && series.demo === true);
  return { id, name, zone, currency, demo, ...(site.declared ? { declared: site.declared } : {}) };
}

export function pointInfo(catalog: Catalog, point: Point): PointInfo {
  const key = `${point.site}/${point.id}`;
  const series = catalog.seriesByPoint.get(key) ?? [];
  const medium = series[0] ? quantityOf(series[0].quantity).medium : "other";
  return {
    key,
    site: point.site,
    id: point.id,
    name: point.name,
    medium,
    series: series.map((one) => one.key),
    ...(point.declared ? { declared: point.declared } : {}),
  };
}

function namesOf(catalog: Catalog, series: Series) {
  const quantity = quantityOf(series.quantity);
  return {
    key: series.key,
    site: series.site,
    point: series.point,
    pointName: catalog.pointByKey.get(pointKey(series))?.name ?? series.point,
    quantity: series.quantity,
    quantityName: quantity.label,
    source: series.source,
    kind: series.kind,
    unit: series.unit,
    medium: quantity.medium,
    primary: catalog.primary.has(series.key),
    diagnostic: quantity.diagnostic === true,
    demo: series.demo === true,
  };
}

/** Serial of the hardware that serves a point now, by `site/point@source`. */
function serialsOf(catalog: Catalog): Map<string, string> {
  const devices = new Map(catalog.registry.devices.map((device) => [`${device.source} ${device.id}`, device.serial]));
  const serials = new Map<string, string>();
  for (const row of catalog.registry.assignments.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const serial = devices.get(`${row.source} ${row.device}`);
    const key = `${pointKey(row)}@${row.source}`;
    if (serial === undefined) serials.delete(key);
    else serials.set(key, serial);
  }
  return serials;
}
