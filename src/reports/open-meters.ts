import type { Registry } from "#sites/registry.ts";
import type { Store } from "#store/store.ts";
import type { MeterSite } from "./meter-sayings.ts";
import type { MeterReports } from "./meters.ts";
import { MetersOfSite } from "./site-meters.ts";

/** The reports of the meters of one site over a store. */
export function openSiteMeters(
  store: Store,
  site: MeterSite,
  { registry, nowMs }: { readonly registry: Registry; readonly nowMs: () => number },
): MeterReports {
  return new MetersOfSite({ store, site, registry, nowMs });
}
