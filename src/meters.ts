import type { Config } from "#config/config.ts";
import type { MeterConfig } from "#config/meters.ts";
import { RANKS } from "#config/ranks.ts";
import { HAND_SOURCE } from "#intake/by-hand/keep-reading.ts";
import { CSV_SOURCE } from "#intake/csv-text.ts";
import { HOME_ASSISTANT } from "#intake/home-assistant/wish.ts";
import { OLD_TASMOTA } from "#intake/old-tasmota/destination.ts";
import type { DeclaredMeter, MeterSite } from "#reports/meter-sayings.ts";
import type { MeterReports } from "#reports/meters.ts";
import { openSiteMeters } from "#reports/open-meters.ts";
import type { Registry, Site } from "#sites/registry.ts";
import type { Store } from "#store/store.ts";
import { type Looking, openLooking } from "./looking.ts";

export interface MetersParts {
  readonly config: Config;
  readonly store: Store;
  readonly nowMs: () => number;
}

/** The meters of every site there are. */
export type Meters = Looking<MeterReports>;

/** Errors: those of the store. */
export function openMeters({ config, store, nowMs }: MetersParts): Promise<Meters> {
  const find = async (known: ReadonlyMap<string, MeterReports>): Promise<ReadonlyMap<string, MeterReports>> => {
    const registry = await store.registry();
    // By all that the file says, so that a site keeps what is derived of its meters for as long as that is so.
    const named = meterSites(config, registry).map((site) => [JSON.stringify([site, [...site.dialSources]]), site] as const);
    const found = new Map(named.map(([name, site]) => [name, known.get(name) ?? openSiteMeters(store, site, { registry, nowMs })]));
    await Promise.all([...found.values()].map((reports) => reports.look()));
    return found;
  };
  return openLooking({ nowMs, find });
}

/** A store that has meters looked at as soon as something is registered in it, so that a page sees what it said. */
export function lookedAfter(store: Store, { look }: Pick<Meters, "look">): Store {
  const register: Store["register"] = async (change) => {
    await store.register(change);
    await look();
  };
  return new Proxy(store, {
    get(target, name) {
      const method: unknown = name === "register" ? register : target[name as keyof Store];
      return typeof method === "function" ? method.bind(target) : method;
    },
  });
}

/** What the file says about the meters of every site, in its order, then of sites that messages brought. */
function meterSites(config: Config, registry: Registry): MeterSite[] {
  const sites = new Map<string, Site>();
  for (const site of [...registry.sites, ...config.sites]) sites.set(site.id, site);
  const inOrder = [...config.sites.map(({ id }) => id), ...registry.sites.map(({ id }) => id)];
  return [...new Set(inOrder)].map((id) => meterSite(config, sites.get(id) as Site));
}

function meterSite(config: Config, { id, name, zone, currency }: Site): MeterSite {
  const { startYear, simpleAnomalies } = config.utilities;
  const isOnly = config.sites.length === 1 && config.sites[0]?.id === id;
  const own = config.gas.filter(({ site }) => site === id);
  const gas = own.length > 0 ? own : config.gas.filter(({ site }) => site === undefined);
  return {
    ...{ site: id, siteName: name, zone, currency },
    meters: config.meters.filter(({ site }) => (site === undefined ? isOnly : site === id)).map(declaredMeter),
    gas: gas.map(({ fromDate, calorificKwhPerM3, zFactor, basis }) => ({
      ...(fromDate === undefined ? {} : { fromDate }),
      ...{ calorificKwhPerM3, zFactor, basis },
    })),
    ...(startYear === undefined ? {} : { startYear }),
    holidays: config.holidays.get(id) ?? [],
    simpleAnomalies,
    ranked: rankedSources(config),
    dialSources: dialSources(config),
  };
}

function declaredMeter({ title, site: _, group, description, what, ...said }: MeterConfig): DeclaredMeter {
  const about = { ...said, name: title, group, description };
  if (what.kind === "virtual") return { ...about, formula: what.formula };
  if (what.kind === "master") return { ...about, periods: what.periods };
  const { kind: _kind, ...register } = what;
  return { ...about, ...register };
}

/** What a person read off the dial goes before every device. */
function rankedSources({ sources }: Config): string[] {
  const configured = sources.toSorted((a, b) => RANKS.indexOf(a.rank) - RANKS.indexOf(b.rank));
  return [OLD_TASMOTA, HOME_ASSISTANT, CSV_SOURCE, ...configured.map(({ name }) => name), HAND_SOURCE];
}

/** Sources that were made to read dials: pulls, files of readings and hands. */
export function dialSources({ sources }: Config): Set<string> {
  const pulled = sources.filter(({ influx, tibber }) => influx !== undefined || tibber !== undefined).map(({ name }) => name);
  return new Set([HAND_SOURCE, CSV_SOURCE, ...pulled]);
}
