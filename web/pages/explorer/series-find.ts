import type { SeriesInfo, SiteInfo } from "#contract/series.ts";

const MOST = 60;

/** Series whose names, keys or sites hold every word, the likeliest first: own quantities before diagnostics, beginnings before middles. */
export function findSeries(all: readonly SeriesInfo[], words: string, sites: ReadonlyMap<string, SiteInfo>): SeriesInfo[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const scored: { info: SeriesInfo; score: number }[] = [];
  for (const info of all) {
    const name = `${info.pointName} ${info.quantityName}`.toLowerCase();
    const text = `${name} ${info.key} ${sites.get(info.site)?.name ?? ""} ${info.serial ?? ""} ${info.medium}`.toLowerCase();
    if (!wanted.every((word) => text.includes(word))) continue;
    // A diagnostic is offered to those who ask for it by name.
    if (info.diagnostic && wanted.length === 0) continue;
    const early = wanted.filter((word) => name.startsWith(word) || name.includes(` ${word}`)).length;
    scored.push({ info, score: early * 4 + (info.primary ? 2 : 0) - (info.diagnostic ? 6 : 0) });
  }
  scored.sort((a, b) => b.score - a.score || a.info.pointName.localeCompare(b.info.pointName) || a.info.key.localeCompare(b.info.key));
  return scored.slice(0, MOST).map(({ info }) => info);
}

/** What to look at first where nothing is chosen: the main quantity of each site's busiest points, power before the rest. */
export function suggestSeries(all: readonly SeriesInfo[], site: string | undefined): SeriesInfo[] {
  const worth: Readonly<Record<string, number>> = { electricity: 5, export: 4, gas: 3, heat: 3, water: 3, price: 2, climate: 1, other: 0 };
  const candidates = all.filter((info) => info.primary && !info.diagnostic && (site === undefined || info.site === site));
  // A main meter says more about its point than a sub-meter does.
  const richness = new Map<string, number>();
  for (const info of all) richness.set(info.point, (richness.get(info.point) ?? 0) + (info.diagnostic ? 0 : 1));
  const rich = (info: SeriesInfo) => richness.get(info.point) ?? 0;
  const ranked = candidates.toSorted((a, b) => (worth[b.medium] ?? 0) - (worth[a.medium] ?? 0) || rich(b) - rich(a) || b.count - a.count);
  const seen = new Set<string>();
  return ranked
    .filter((info) => {
      const sort = `${info.site} ${info.medium}`;
      if (seen.has(sort)) return false;
      seen.add(sort);
      return true;
    })
    .slice(0, 6);
}
