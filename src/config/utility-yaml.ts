import { madeYaml, variableLine } from "./made-yaml.ts";
import type { Problem } from "./problem.ts";
import { utilityContent } from "./utility-content.ts";
import type { UtilityFiles } from "./utility-files.ts";

/** The file of secrets beside the configuration. */
export const UTILITY_SECRETS_FILE = "secrets/utility.env";
const SECRETS = ["INFLUX_TOKEN", "INFLUX_ORG", "TIBBER_API_TOKEN"] as const;

const MANNER = {
  heading: " Made from the files of Utility Meter Analytics. Every key: docs/guides/configuration.md",
  order: ["sites", "utilities", "sources", "outlets", "gas", "meters", "log"],
  onOneLine: ["pattern", "sources", "gas", "periods"],
  comments: {
    gas: " Energy in a cubic metre: calorific value × z-factor. Add a row with from for each change.",
    sources: " Readings are fetched again and again; nothing is written into their bucket.",
    outlets: " What the dashboards of Grafana read. The old program's results are replaced, its readings never.",
    meters: " The key is the name in formulas and periods, and of the entity in InfluxDB.",
  },
};

export interface UtilityMade {
  readonly yaml: string;
  /** Content of the file of secrets. Missing: undefined where there is none to keep. */
  readonly secrets?: string;
  readonly notes: readonly string[];
  readonly problems: readonly Problem[];
}

/** A configuration of ours that says what the files of Utility Meter Analytics say; secrets stand in a file of their own. */
export function utilityYaml(
  files: UtilityFiles,
  house: { readonly zone: string; readonly currency: string; readonly secret: (name: string) => string | undefined },
): UtilityMade {
  const known = new Map(SECRETS.flatMap((name) => (house.secret(name) ? [[name, house.secret(name) as string] as const] : [])));
  const isNeeded = (name: string): boolean => name !== "TIBBER_API_TOKEN";
  const built = utilityContent(files, {
    own: { sites: { house: { name: "House", zone: house.zone, currency: house.currency } } },
    secret: (name) => (known.has(name as (typeof SECRETS)[number]) || isNeeded(name) ? `$\{${name}}` : undefined),
  });
  const missing = files.config?.content.influxdb === undefined ? [] : SECRETS.filter((name) => isNeeded(name) && !known.has(name));
  const notes = [
    ...built.warnings,
    ...missing.map((name) => `${name} was not found; write it to ${UTILITY_SECRETS_FILE} beside the new configuration.`),
  ];
  const secrets = [...known].map(([name, value]) => variableLine(name, value)).join("");
  return { yaml: madeYaml(built.content, MANNER), ...(secrets === "" ? {} : { secrets }), notes, problems: built.problems };
}
