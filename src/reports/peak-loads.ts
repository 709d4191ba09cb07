import type { Registry, Series } from "#sites/registry.ts";
import { unitOf } from "#units/unit.ts";

/** A point whose demand can be asked about. */
export interface PeakLoad {
  /** `site/point`. */
  readonly point: string;
  readonly name: string;
  readonly site: string;
  readonly series: Series;
}

/** Quantities that are what flows in, and not one phase of it or what leaves; the best to ask first. */
const WANTED: Readonly<Record<string, number>> = {
  demand: 0,
  power: 1,
  "power-import": 2,
  energy: 3,
  "energy-import": 4,
  "energy-total": 5,
};
const WHOLE = /\b(?:main|mains|total|whole|grid|utility|incomer|service|building)\b/i;
const MAKES_OR_STORES = /\b(?:battery|storage|solar|pv|inverter|generator)\b/i;
/** Who tells apart what came in stands where it can also leave: at the grid. */
const AT_THE_GRID = new Set(["power-import", "energy-import"]);

/**
 * Points with power or energy: all of the site, and of other sites those that are their whole, as the meter of a plant or of a home. The
 * site's own first, what is the whole before all others.
 */
export function peakLoads(registry: Pick<Registry, "points" | "series">, site: string): PeakLoad[] {
  const best = new Map<string, Series>();
  const wholes = new Set<string>();
  const names = new Map(registry.points.map((point) => [`${point.site}/${point.id}`, point.name]));
  for (const series of registry.series) {
    const want = wantOf(series);
    if (want === undefined) continue;
    const key = `${series.site}/${series.point}`;
    const words = `${names.get(key) ?? ""} ${series.point}`.replaceAll("-", " ");
    if (WHOLE.test(words) || (AT_THE_GRID.has(series.quantity) && !MAKES_OR_STORES.test(words))) wholes.add(key);
    const known = best.get(key);
    if (known === undefined || want < (wantOf(known) as number)) best.set(key, series);
  }
  const loads = [...best].map(([point, series]) => ({ point, name: names.get(point) ?? series.point, site: series.site, series }));
  const order = ({ site: own, point }: PeakLoad): number => (own === site ? 0 : 2) + (wholes.has(point) ? 0 : 1);
  return loads
    .filter(({ site: own, point }) => own === site || wholes.has(point))
    .sort((a, b) => order(a) - order(b) || a.name.localeCompare(b.name, "en", { numeric: true }));
}

function wantOf({ quantity, unit, kind }: Series): number | undefined {
  const want = WANTED[quantity];
  const dimension = unitOf(unit)?.dimension;
  if (want === undefined) return undefined;
  if (dimension === "power") return kind === "gauge" || kind === "interval" ? want : undefined;
  return dimension === "energy" && (kind === "counter" || kind === "interval") ? want : undefined;
}

/** Whether a series says power, or an energy that power is told from. */
export function saysPower(series: Series): boolean {
  return wantOf(series) !== undefined;
}
