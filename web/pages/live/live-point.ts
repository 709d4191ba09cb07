import type { Medium } from "#contract/names.ts";
import type { PointInfo, SeriesInfo, SiteInfo } from "#contract/series.ts";

/** A point with the series its card speaks of: the primary and the others, diagnostics left out. */
export interface LivePoint {
  readonly key: string;
  readonly name: string;
  readonly medium: Medium;
  readonly primary: SeriesInfo;
  readonly others: readonly SeriesInfo[];
}

export interface Section {
  readonly site: SiteInfo;
  readonly points: readonly LivePoint[];
  /** What the site's numbers come through: "Tasmota SML, KYZ pulses". */
  readonly through: string;
}

export interface Known {
  readonly sites: readonly SiteInfo[];
  readonly points: readonly PointInfo[];
  readonly series: readonly SeriesInfo[];
  /** Dialect titles by source name. */
  readonly titles: ReadonlyMap<string, string>;
}

const MEDIUM_ORDER: readonly Medium[] = ["electricity", "export", "gas", "water", "heat", "climate", "price", "other"];
const MAIN_WORDS = /\b(main|mains|grid|total|netz)\b|^(house|haus|home|site|plant)$/i;

/** Sites with their points in the order they are shown: the main meter first, then by medium, then by name, what is read by hand last; meters that were removed are left out. */
export function sectionsOf(known: Known, site: string | undefined): Section[] {
  const series = new Map(known.series.map((one) => [one.key, one]));
  const bySite = new Map<string, LivePoint[]>();
  for (const point of known.points) {
    if ((site !== undefined && point.site !== site) || point.removedOn !== undefined) continue;
    const live = livePointOf(point, series);
    if (live) bySite.set(point.site, [...(bySite.get(point.site) ?? []), live]);
  }
  const sections = [...bySite].map(([id, points]) => ({
    site: known.sites.find((one) => one.id === id) ?? unknownSite(id),
    points: points.toSorted(inOrder),
    through: [...new Set(points.map((point) => known.titles.get(point.primary.source) ?? point.primary.source))].join(" · "),
  }));
  return sections.sort((a, b) => compareLines(a.site, b.site) || byName.compare(a.site.name, b.site.name));
}

/** Declared sites stand as their owner wrote them down, found ones after them. */
function compareLines(a: SiteInfo, b: SiteInfo): number {
  if (!a.declared || !b.declared) return Number(!a.declared) - Number(!b.declared);
  return a.declared.line - b.declared.line;
}

function livePointOf(point: PointInfo, series: ReadonlyMap<string, SeriesInfo>): LivePoint | undefined {
  const own = point.series.flatMap((key) => series.get(key) ?? []).filter((one) => !one.diagnostic);
  const [primary, ...others] = own;
  return primary && { key: point.key, name: point.name, medium: point.medium, primary, others };
}

/** A site nobody declared still has a name: its own id. */
function unknownSite(id: string): SiteInfo {
  return { id, name: id, zone: Intl.DateTimeFormat().resolvedOptions().timeZone, currency: "", demo: false };
}

const byName = new Intl.Collator(undefined, { numeric: true });

function inOrder(a: LivePoint, b: LivePoint): number {
  return rank(a) - rank(b) || byName.compare(a.name, b.name);
}

/** Readings further apart than this were read by a person: they are told below what moves. */
const BY_HAND_MS = 20 * 3_600_000;

/** Whether a person reads it, now and then. */
export const isByHand = ({ primary }: Pick<LivePoint, "primary">): boolean => (primary.everyMs ?? 0) >= BY_HAND_MS;

function rank(point: LivePoint): number {
  return (isMain(point) ? 0 : 100) + (isByHand(point) ? 1_000 : 0) + MEDIUM_ORDER.indexOf(point.medium);
}

/** Whether the name says that everything of a site flows through this point. */
function isMain(point: LivePoint): boolean {
  return point.medium === "electricity" && [point.name, lastPart(point.key)].some((name) => MAIN_WORDS.test(name));
}

function lastPart(key: string): string {
  return (key.split("/").at(-1) ?? "").replaceAll("-", " ");
}

const POWER = /^(power|demand|power-import)$/;

/** The series that stands for its site: a market's demand, the power of the main or the only utility's meter, or the only power. */
export function mainPowerOf(points: readonly LivePoint[]): SeriesInfo | undefined {
  const demand = points.flatMap((point) => [point.primary, ...point.others]).find((one) => one.quantity === "market-demand");
  if (demand) return demand;
  const powers = points.filter((point) => POWER.test(point.primary.quantity));
  const meters = powers.filter((point) => point.others.some((one) => one.quantity === "energy-import"));
  return (powers.find(isMain) ?? only(meters) ?? only(powers))?.primary;
}

function only<Item>(items: readonly Item[]): Item | undefined {
  return items.length === 1 ? items[0] : undefined;
}
