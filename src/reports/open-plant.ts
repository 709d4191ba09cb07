import type { Store } from "#store/store.ts";
import { BillingDesk } from "./billing-desk.ts";
import { History } from "./history.ts";
import type { PlantReports } from "./plant.ts";
import { Plant } from "./plant-desk.ts";
import type { PlantSettings } from "./plant-settings.ts";

/** The reports of one point over a store. */
export function openPlant(store: Store, settings: PlantSettings, nowMs: () => number): PlantReports {
  const history = new History(store, settings, nowMs);
  const desk = new BillingDesk({ store, history, settings, nowMs });
  return new Plant({ store, settings, nowMs, history, desk });
}
