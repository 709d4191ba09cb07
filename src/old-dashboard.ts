import type { ApiConfig } from "#api/deps.ts";
import { isSecretOf, OLD_TOKEN_ID, oldToken } from "#api/old-token.ts";
import type { Config } from "#config/config.ts";
import type { PlantReports } from "#reports/plant.ts";
import type { Store } from "#store/store.ts";

/** How the old dashboard's routes answer, and how long page views are kept. Without a site to speak of there are no such routes. */
export function oldDashboardOf(config: Config, plants: readonly PlantReports[]): Pick<ApiConfig, "kyz" | "usageDays"> {
  const { compat, outlets, usageDays } = config;
  const kept = usageDays === undefined ? {} : { usageDays };
  const site = compat.kyz?.site ?? plants[0]?.settings.site;
  if (compat.kyz === undefined || site === undefined) return kept;
  const { token: _token, declared: _declared, ...said } = compat.kyz;
  const credentialMode = said.credentialMode ?? (outlets.azure?.reader === undefined ? "rw" : "ro");
  return { ...kept, kyz: { ...said, site, credentialMode, tokenNeeded: compat.kyz.token !== undefined } };
}

/**
 * Makes the configured token of the old dashboard count, as the hash of a viewer's token, and lets go of one that is configured no
 * more. One that was revoked on a page stays revoked until another is configured.
 */
export async function keepOldToken({ compat }: Config, store: Store, nowMs: number): Promise<void> {
  const secret = compat.kyz?.token?.reveal();
  const stored = (await store.tokens()).find((token) => token.id === OLD_TOKEN_ID);
  if (secret === undefined) {
    if (stored !== undefined && stored.revokedMs === undefined) await store.saveToken({ ...stored, revokedMs: nowMs });
    return;
  }
  if (stored !== undefined && isSecretOf(stored, secret)) return;
  await store.saveToken(oldToken(secret, nowMs));
}
