import type { Fact, Registry } from "#sites/registry.ts";
import type { PlantSettings } from "./plant-settings.ts";

/** A fact of the point and the instant from which it holds. */
export type DatedFact = Pick<Fact, "name" | "value" | "fromMs">;

/** Facts that numbers are derived by; a price or a name is none of them. */
const NUMBER_FACTS: ReadonlySet<string> = new Set(["pulsesPerKwh", "kwhPerPulse", "form", "multiplier", "scale", "counterModulus"]);

/**
 * Facts of the configuration with those a person recorded on top, ascending in time; of two from one instant the recorded
 * one counts, and of those the newer. Facts that no number depends on are left out.
 */
export function factsOf(registry: Registry, settings: Pick<PlantSettings, "site" | "point" | "facts">): DatedFact[] {
  const recorded = registry.facts
    .filter((fact) => fact.site === settings.site && fact.point === settings.point && fact.undoneMs === undefined)
    .sort((a, b) => a.madeMs - b.madeMs);
  const byPlace = new Map<string, DatedFact>();
  for (const { name, value, fromMs } of [...settings.facts, ...recorded].filter((fact) => NUMBER_FACTS.has(fact.name)))
    byPlace.set(`${name} ${fromMs}`, { name, value, fromMs });
  return [...byPlace.values()].sort((a, b) => a.fromMs - b.fromMs);
}
