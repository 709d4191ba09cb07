import { dateText } from "#calendar/local-text.ts";
import type { Zone } from "#calendar/zone.ts";
import type { Store } from "#store/store.ts";
import type { Destination } from "./destination.ts";
import type { BackupSettings } from "./settings.ts";
import { FolderDestination } from "./to-folder.ts";
import { GitDestination } from "./to-git.ts";
import { RsyncDestination } from "./to-rsync.ts";

type House = { readonly store: Pick<Store, "setting" | "saveSetting" | "registry" | "extent">; readonly zone: Zone };

/** The second place of the settings. Missing: undefined where there is none. */
export function destinationOf({ to, keep }: BackupSettings, { store, zone }: House): Destination | undefined {
  if (to === undefined) return undefined;
  if (to.kind === "folder") return new FolderDestination({ path: to.path, memory: store, keep, zone });
  if (to.kind === "rsync") return new RsyncDestination(to.target);
  return new GitDestination({ remote: to.remote, branch: to.branch, memory: store, span: () => spanOf(store, zone) });
}

/** Local dates of the first and the last sample there is. */
async function spanOf(store: House["store"], zone: Zone): Promise<string | undefined> {
  const { series } = await store.registry();
  const extents = await store.extent(series.map(({ id }) => id));
  if (extents.length === 0) return undefined;
  let [firstMs, lastMs] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const extent of extents) {
    firstMs = Math.min(firstMs, extent.firstMs);
    lastMs = Math.max(lastMs, extent.lastMs);
  }
  return `${dateText(firstMs, zone)} – ${dateText(lastMs, zone)}`;
}
