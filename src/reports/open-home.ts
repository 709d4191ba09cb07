import type { Store } from "#store/store.ts";
import type { HomeReports } from "./home.ts";
import { Home } from "./home-desk.ts";
import type { HomeSettings } from "./home-settings.ts";

/** The reports of one home over a store. */
export function openHome(store: Store, settings: HomeSettings, nowMs: () => number): HomeReports {
  return new Home(store, settings, nowMs);
}
