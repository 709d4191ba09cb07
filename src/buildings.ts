import type { Decision } from "#buildings/model.ts";
import { type BuildingConfig, USUAL_BUILDING } from "#config/buildings.ts";
import type { Config } from "#config/config.ts";
import { RANKS } from "#config/ranks.ts";
import type { BuildingReports } from "#reports/building.ts";
import { isZone } from "#reports/building-machines.ts";
import type { BuildingSettings } from "#reports/building-settings.ts";
import { openSiteBuilding } from "#reports/open-building.ts";
import type { Registry, Site } from "#sites/registry.ts";
import type { Store } from "#store/store.ts";
import { type Looking, openLooking } from "./looking.ts";

export interface BuildingsParts {
  readonly config: Config;
  readonly store: Store;
  readonly nowMs: () => number;
}

/** The buildings there are: those of the file, sites with histories of a station, and sites where a zone is found by its name. */
export type Buildings = Looking<BuildingReports>;

/** Errors: those of the store. */
export function openBuildings({ config, store, nowMs }: BuildingsParts): Promise<Buildings> {
  // Those that are none keep what was found out about them as well: it is asked again with every look.
  const probes = new Map<string, BuildingReports>();
  const find = async (): Promise<ReadonlyMap<string, BuildingReports>> => {
    const registry = await store.registry();
    const stations = new Set(registry.points.flatMap(({ site, about }) => (about?.station ? [site] : [])));
    const found = new Map<string, BuildingReports>();
    for (const settings of buildingSettings(config, registry)) {
      const name = JSON.stringify(settings);
      const reports = probes.get(name) ?? openSiteBuilding(store, settings, { nowMs });
      probes.set(name, reports);
      if (settings.declared || stations.has(settings.site) || (await reports.model()).equipment.some(isZone)) found.set(name, reports);
    }
    return found;
  };
  return openLooking({ nowMs, find });
}

/** Every site as a building would be judged there, those of the file first. */
function buildingSettings(config: Config, registry: Registry): BuildingSettings[] {
  const sites = new Map<string, Site>();
  for (const site of [...registry.sites, ...config.sites]) sites.set(site.id, site);
  const inOrder = [...config.sites.map(({ id }) => id), ...registry.sites.map(({ id }) => id)];
  return [...new Set(inOrder)].map((id) => settingsOf(config, sites.get(id) as Site));
}

function settingsOf(config: Config, { id, name, zone, currency }: Site): BuildingSettings {
  const said = config.buildings.find(({ site }) => site === id);
  const own: Omit<BuildingConfig, "site"> = said ?? { ...USUAL_BUILDING, rules: [], decisions: [], equipment: [] };
  const { occupancy, band, bandUnit, flow, health, sentinels, flatMs, silenceMs, rules, decisions, equipment, outdoorPoint } = own;
  return {
    ...{ site: id, siteName: name, zone, currency, holidays: config.holidays.get(id) ?? [], declared: said !== undefined },
    ...{ occupancy, band, bandUnit, flow, health, sentinels, flatMs, silenceMs, rules, equipment },
    decisions: withOutdoor(decisions, outdoorPoint),
    ...(outdoorPoint === undefined ? {} : { outdoorPoint }),
    ranked: [...config.sources].sort((a, b) => RANKS.indexOf(b.rank) - RANKS.indexOf(a.rank)).map((source) => source.name),
  };
}

/** The point of the outdoor temperature is what the file says it is. */
function withOutdoor(decisions: readonly Decision[], outdoorPoint: string | undefined): readonly Decision[] {
  if (outdoorPoint === undefined || decisions.some(({ point, role }) => point === outdoorPoint && role !== undefined)) return decisions;
  const said = decisions.find(({ point }) => point === outdoorPoint);
  const others = decisions.filter((one) => one !== said);
  return [...others, { ...said, point: outdoorPoint, role: "outdoor-air-temp", from: "file" }];
}
