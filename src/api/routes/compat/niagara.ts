import { failAsStation } from "#api/compat/station-failing.ts";
import type { Api, RouteDeps } from "#api/route-kit.ts";
import { stationDebugRoutes } from "./niagara-debug.ts";
import { stationSeriesRoutes } from "./niagara-series.ts";
import { stationSummaryRoutes } from "./niagara-summary.ts";
import { stationZoneRoutes } from "./niagara-zones.ts";

/** The routes of Niagara Copilot Edge, with its names, limits and errors, for one building. Without the setting there are none. */
export async function niagaraRoutes(app: Api, deps: RouteDeps): Promise<void> {
  const settings = deps.config.niagara;
  if (settings === undefined) return;
  await app.register(async (api) => {
    api.setErrorHandler(failAsStation(deps.logger));
    const old = { app: api as unknown as Api, deps, settings };
    stationSeriesRoutes(old);
    stationZoneRoutes(old);
    stationDebugRoutes(old);
    stationSummaryRoutes(old);
  });
}
