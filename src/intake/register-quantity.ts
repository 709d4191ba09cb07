import { unitOf } from "#units/unit.ts";

/** Unit of what counts without one: an allocator on a radiator. */
const ALLOCATOR = /^(units?|einheit(en)?|hkv)$/i;
const GAS = /gas/i;
const WATER = /wasser|water/i;
const HEAT = /heat|heiz|w(?:ä|ae)rme|therm|warmwasser/i;

export interface RegisterSaid {
  /** As it is written. */
  readonly unit: string;
  /** Words that may tell what is counted. */
  readonly name: string;
  /** What flows through the meter, where somebody said it. */
  readonly medium?: string | undefined;
}

/** The spelling of a unit that registers count in: `units` for an allocator, every other as its sender writes it. */
export function registerUnit(unit: string): string {
  return ALLOCATOR.test(unit.trim()) ? "units" : unit.trim();
}

/**
 * The quantity of a register, by its unit and what its name speaks of. Energy has no direction: a name is no proof of it.
 * Missing: undefined for a unit that is known and that no register has; `unknown` for one nobody knows.
 */
export function registerQuantity({ unit, name, medium }: RegisterSaid): string | undefined {
  const spelling = registerUnit(unit);
  if (spelling === "units") return "units";
  const dimension = unitOf(spelling)?.dimension;
  if (dimension === undefined) return "unknown";
  if (dimension === "energy") return (medium ?? (HEAT.test(name) ? "heat" : "")) === "heat" ? "heat-energy" : "energy";
  if (dimension !== "volume") return undefined;
  const isGas = medium === undefined ? GAS.test(name) && !WATER.test(name) : medium === "gas";
  return isGas ? "gas-volume" : "water-volume";
}
