import type { Config } from "#config/config.ts";
import type { HomeConfig } from "#config/homes.ts";
import type { HomeReports } from "#reports/home.ts";
import type { HomeSettings } from "#reports/home-settings.ts";
import { openHome } from "#reports/open-home.ts";
import type { Registry, Series, Site } from "#sites/registry.ts";
import type { Store } from "#store/store.ts";
import { sameDimension } from "#units/unit.ts";
import { type Looking, openLooking } from "./looking.ts";
import { dialSources } from "./meters.ts";
import { connectionOf, plantSettings } from "./plants.ts";

export interface HomesParts {
  readonly config: Config;
  readonly demo: boolean;
  readonly store: Store;
  readonly nowMs: () => number;
}

/** The homes there are. A reader that is plugged in while the server runs is one at the next look. */
export type Homes = Looking<HomeReports>;

/** Errors: those of the store. */
export function openHomes({ config, demo, store, nowMs }: HomesParts): Promise<Homes> {
  let seen: Registry | undefined;
  const find = async (known: ReadonlyMap<string, HomeReports>): Promise<ReadonlyMap<string, HomeReports>> => {
    const registry = await store.registry();
    if (registry === seen) return known;
    seen = registry;
    // By all that is said about it, so that a home keeps what it has derived for as long as that is so.
    const all = homeSettings(config, { registry, demo }).map((settings) => [JSON.stringify(settings), settings] as const);
    return new Map(all.map(([name, settings]) => [name, known.get(name) ?? openHome(store, settings, nowMs)]));
  };
  return openLooking({ nowMs, find });
}

interface Known {
  readonly registry: Registry;
  readonly demo: boolean;
}

/** Configured homes in the order of the file, then every other meter of a grid connection that a reader sends, at sites without one. */
export function homeSettings(config: Config, { registry, demo }: Known): HomeSettings[] {
  const meters = registry.series.filter(isGridMeter);
  const roles = new Set(
    config.homes.flatMap((home) => [...home.solar, ...home.battery].map((point) => `${siteOf(config, home)}/${point}`)),
  );
  const configured = config.homes.flatMap((home) => {
    const site = siteNamed(config, registry, siteOf(config, home));
    const own = meters.find((meter) => meter.site === site?.id && !roles.has(`${meter.site}/${meter.point}`));
    const grid = home.grid ?? own?.point;
    return site === undefined || grid === undefined ? [] : [settingsOf(config, { home, site, grid, registry, demo })];
  });
  const said = new Set(configured.map(({ site }) => site));
  // A house of flats has a register for each, read by people or pulled from elsewhere: those are its meters, and no home of their own.
  const dials = dialSources(config);
  const places = new Map(
    meters
      .filter(({ site, source }) => !said.has(site) && !dials.has(source))
      .map(({ site, point }) => [`${site}/${point}`, { site, point }]),
  );
  const found = [...places.values()].flatMap(({ site: id, point }) => {
    const site = siteNamed(config, registry, id);
    return site === undefined ? [] : [settingsOf(config, { site, grid: point, registry, demo })];
  });
  return [...configured, ...found];
}

function isGridMeter({ quantity, kind, unit }: Series): boolean {
  return quantity === "energy-import" && kind === "counter" && sameDimension(unit, "kWh");
}

function siteOf({ sites }: Config, { site }: HomeConfig): string | undefined {
  return site ?? (sites.length === 1 ? sites[0]?.id : undefined);
}

/** Of the file, else one that messages brought. */
function siteNamed({ sites }: Config, registry: Registry, id: string | undefined): Site | undefined {
  return sites.find((site) => site.id === id) ?? registry.sites.find((site) => site.id === id);
}

interface Place extends Known {
  readonly home?: HomeConfig;
  readonly site: Site;
  readonly grid: string;
}

const SETTLEMENT = "01-01";

function settingsOf(config: Config, { home, site, grid, registry, demo }: Place): HomeSettings {
  const meter = plantSettings(config, { site, point: grid, demo, registry });
  const pointName = registry.points.find((point) => point.site === site.id && point.id === grid)?.name;
  return {
    id: `${site.id}.${grid}`,
    site: site.id,
    siteName: site.name,
    name: home?.title ?? pointName ?? grid,
    zone: site.zone,
    currency: site.currency,
    roles: { grid, solar: home?.solar ?? [], battery: home?.battery ?? [] },
    meter,
    prices: home?.prices ?? [],
    instalments: home?.instalments ?? [],
    settlement: home?.settlement ?? SETTLEMENT,
    ...(home?.readerUrl === undefined ? {} : { readerUrl: home.readerUrl }),
    connectionKw: home?.connectionKw ?? connectionOf(config, { site: site.id, point: grid }),
    demo,
  };
}

/** Whose routes of the old Tasmota monitor there are: its home by id. Missing: nothing where they are not configured. */
export function oldMonitorOf(config: Config): { tasmota?: { home?: string } } {
  const { tasmota } = config.compat;
  if (tasmota === undefined) return {};
  const named = config.homes.find(({ name }) => name === tasmota.home);
  if (named === undefined) return { tasmota: tasmota.home === undefined ? {} : { home: tasmota.home } };
  const site = siteOf(config, named);
  return { tasmota: site === undefined || named.grid === undefined ? {} : { home: `${site}.${named.grid}` } };
}
