import { openOldDesk } from "#api/compat/old-desk.ts";
import { failAsBefore } from "#api/compat/old-failing.ts";
import type { Api, RouteDeps } from "#api/route-kit.ts";
import { kyzBillingRoutes } from "./kyz-billing.ts";
import { kioskRoute } from "./kyz-kiosk.ts";
import { kyzRowRoutes } from "./kyz-rows.ts";
import { kyzUsageRoutes } from "./kyz-usage.ts";

/**
 * The routes of the old KYZ dashboard under `/api`, with its names, limits and errors, for one site. Without the setting there are
 * none.
 */
export async function kyzRoutes(app: Api, deps: RouteDeps): Promise<void> {
  const settings = deps.config.kyz;
  if (settings === undefined) return;
  if (settings.tokenInUrl) kioskRoute(app, deps);
  await app.register(
    async (api) => {
      api.setErrorHandler(failAsBefore(deps.logger));
      const old = openOldDesk(api as unknown as Api, deps, settings);
      kyzRowRoutes(old);
      kyzBillingRoutes(old);
      kyzUsageRoutes(old);
    },
    { prefix: "/api" },
  );
}
