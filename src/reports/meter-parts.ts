import { parseFormula } from "#analytics/meter-formula.ts";
import type { Medium, MeterSettings } from "./meter-settings.ts";

/** Names of the meters one is made of, in the order they are named, each once. Empty for a physical one, and where nobody can read the formula. */
export function partsOf({ what }: Pick<MeterSettings, "what">): string[] {
  if (what.kind === "physical") return [];
  if (what.kind === "master") return [...new Set(what.periods.flatMap(({ sources }) => sources))];
  const read = parseFormula(what.formula);
  return "terms" in read ? read.terms.map(({ meter }) => meter) : [];
}

/** What flows through meters nobody said it of and that are made of others: what flows through the first of those. */
export function withMediaOfParts(meters: readonly MeterSettings[], isSaid: (settings: MeterSettings) => boolean): MeterSettings[] {
  const byName = new Map(meters.map((settings) => [settings.meter, settings]));
  const mediumOf = (settings: MeterSettings, seen: ReadonlySet<string>): Medium => {
    const [first] = isSaid(settings) ? [] : partsOf(settings);
    const part = first === undefined || seen.has(first) ? undefined : byName.get(first);
    return part === undefined ? settings.medium : mediumOf(part, new Set([...seen, settings.meter]));
  };
  return meters.map((settings) => ({ ...settings, medium: mediumOf(settings, new Set([settings.meter])) }));
}
