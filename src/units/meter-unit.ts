import { unitOf } from "./unit.ts";

/** The unit of allocators, which count and say not what. */
export const ALLOCATOR_UNIT = "units";

/** A unit that a meter counts in, as the house spells it. Missing: undefined where it is none. */
export function meterUnitOf(given: string): string | undefined {
  if (/^(units?|einheit(en)?|hkv)$/i.test(given.trim())) return ALLOCATOR_UNIT;
  const unit = unitOf(given);
  return unit?.dimension === "energy" || unit?.dimension === "volume" ? unit.symbol : undefined;
}
