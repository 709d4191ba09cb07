import type { NiagaraCompat } from "#api/deps.ts";
import type { Config } from "#config/config.ts";

/** Whose routes of Niagara Copilot Edge there are: its site by id. Missing: nothing where they are not configured. */
export function oldBuildingOf({ compat: { niagara } }: Pick<Config, "compat">): { niagara?: NiagaraCompat } {
  if (niagara === undefined) return {};
  return { niagara: niagara.site === undefined ? {} : { site: niagara.site } };
}
