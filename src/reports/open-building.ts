import type { Store } from "#store/store.ts";
import type { BuildingReports } from "./building.ts";
import { openPeak } from "./building-peak.ts";
import type { BuildingSettings } from "./building-settings.ts";
import { BuildingOfSite } from "./site-building.ts";

/** The reports of the building of one site over a store. */
export function openSiteBuilding(store: Store, settings: BuildingSettings, { nowMs }: { readonly nowMs: () => number }): BuildingReports {
  const questions = new BuildingOfSite({ store, settings, nowMs });
  return Object.assign(questions, openPeak(questions, { store, nowMs }));
}
