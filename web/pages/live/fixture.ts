import type { LiveValue, PointInfo, SeriesInfo, SiteInfo } from "#contract/series.ts";
import { type Section, sectionsOf } from "./live-point.ts";

export const NOW = 1_790_000_000_000;

/** Small made-up houses for the tests of this page. */
export function site(id: string, name: string, line = 1): SiteInfo {
  return { id, name, zone: "Europe/Berlin", currency: "EUR", demo: false, declared: { file: "wattkeep.yaml", line } };
}

export function series(key: string, more: Partial<SeriesInfo> = {}): SeriesInfo {
  const [siteId = "", point = "", rest = ""] = key.split("/");
  const [quantity = "", source = ""] = rest.split("@");
  return {
    key,
    site: siteId,
    point,
    pointName: point,
    quantity,
    quantityName: quantity,
    source,
    kind: "gauge",
    unit: "kW",
    medium: "electricity",
    primary: true,
    diagnostic: false,
    everyMs: 10_000,
    guaranteed: true,
    count: 1,
    demo: false,
    ...more,
  };
}

export function point(key: string, name: string, keys: readonly string[], more: Partial<PointInfo> = {}): PointInfo {
  const [siteId = "", id = ""] = key.split("/");
  return { key, site: siteId, id, name, medium: "electricity", series: [...keys], ...more };
}

export function value(key: string, number: number | null, more: Partial<LiveValue> = {}): LiveValue {
  return { key, tMs: NOW - 3000, value: number, quality: 0, ...more };
}

export function sections(sites: readonly SiteInfo[], points: readonly PointInfo[], all: readonly SeriesInfo[]): Section[] {
  return sectionsOf({ sites, points, series: all, titles: new Map() }, undefined);
}

/** A store of nothing but these values. */
export function latestIn(values: readonly LiveValue[]): (key: string) => LiveValue | undefined {
  return (key) => values.find((one) => one.key === key);
}
