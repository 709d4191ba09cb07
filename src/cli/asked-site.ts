import type { Config } from "#config/config.ts";
import type { Site } from "#sites/registry.ts";
import { Exit } from "./exit.ts";

/** The site that was asked for, or else the only one there is. `what` belongs to it: "the meter belongs". Errors: Exit 2, with the sites there are. */
export function askedSite({ sites }: Pick<Config, "sites">, asked: string | undefined, what: string): Site {
  const id = asked ?? (sites.length === 1 ? sites[0]?.id : undefined);
  const site = sites.find((one) => one.id === id);
  if (site !== undefined) return site;
  const names = sites.map((one) => one.id).join(", ");
  throw new Exit(2, asked === undefined ? `Say which site ${what} to: --site ${names}` : `"${asked}" is no site; there are ${names}.`);
}
