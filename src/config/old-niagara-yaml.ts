import type { ConfigDocument } from "./document.ts";
import { madeYaml, variableLine } from "./made-yaml.ts";
import { oldNiagaraContent } from "./old-niagara-content.ts";
import type { UtilityMade } from "./utility-yaml.ts";

/** The file of secrets beside the configuration. */
export const NIAGARA_SECRETS_FILE = "secrets/niagara.env";

const MANNER = {
  heading: " Made from the config.yaml of Niagara Copilot Edge. Every key: docs/guides/configuration.md",
  order: ["sites", "buildings", "brokers", "sources", "compat", "http"],
  onOneLine: ["sites", "occupied", "topics", "units", "columns", "tls", "station", "stream", "compat", "http"],
  comments: {
    buildings: " As it judged before: every day counts, no warm-up, its own score. health: later and days: [mon, …] say otherwise.",
    compat: " The old addresses (/zones, /comfort/zone …) go on answering.",
    http: " The port of before, on this computer alone until somebody can sign in: wattkeep token create NAME --role viewer",
  },
};

/** A configuration of ours that says what a `config.yaml` of Niagara Copilot Edge says; secrets stand in a file of their own. */
export function niagaraYaml(
  document: ConfigDocument,
  house: { readonly zone: string; readonly currency: string; readonly variable: (name: string) => string | undefined },
): UtilityMade {
  const needed = new Set<string>();
  const built = oldNiagaraContent(document, {
    zone: house.zone,
    variable: house.variable,
    secret(name) {
      needed.add(name);
      return `$\{${name}}`;
    },
  });
  built.put(["sites", "building", "currency"], house.currency);
  built.put(["http", "listen"], "127.0.0.1:8000");
  const known = [...needed].flatMap((name) => (house.variable(name) ? [[name, house.variable(name) as string] as const] : []));
  const missing = [...needed].filter((name) => !house.variable(name));
  const notes = [
    ...built.warnings,
    ...missing.map((name) => `${name} was not found; write it to ${NIAGARA_SECRETS_FILE} beside the new configuration.`),
  ];
  const secrets = known.map(([name, value]) => variableLine(name, value)).join("");
  return {
    yaml: madeYaml(built.content as Record<string, unknown>, MANNER),
    ...(secrets === "" ? {} : { secrets }),
    notes,
    problems: built.problems,
  };
}
