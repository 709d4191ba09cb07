import { quantityOf } from "#units/quantity.ts";
import { unitOf } from "#units/unit.ts";
import type { Medium } from "./meter-settings.ts";

const GAS = /gas/i;
const WATER = /wasser|water/i;
const HEAT = /heat|heiz|w(?:ä|ae)rme|therm|warmwasser/i;
const SOLAR = /solar|pv|photovolt/i;

const OF_QUANTITY: Readonly<Record<string, Medium>> = {
  electricity: "electricity",
  export: "solar",
  gas: "gas",
  water: "water",
  heat: "heat",
};

/** What flows through a meter that nobody said it of: by its register, else by its unit and what its name speaks of. */
export function guessMedium({ name, unit, quantity }: { name: string; unit: string; quantity?: string | undefined }): Medium {
  const dimension = unitOf(unit)?.dimension;
  if (dimension === "volume") return volumeMedium(name, quantity);
  if (dimension !== "energy") return HEAT.test(name) || quantity === "units" ? "heat" : "other";
  if (SOLAR.test(name)) return "solar";
  // Sources that know only a unit call every energy bought electricity; a name knows better.
  if (HEAT.test(name)) return "heat";
  if (GAS.test(name)) return "gas";
  return (quantity === undefined ? undefined : OF_QUANTITY[quantityOf(quantity).medium]) ?? "electricity";
}

function volumeMedium(name: string, quantity: string | undefined): Medium {
  if (GAS.test(name) && !WATER.test(name)) return "gas";
  if (WATER.test(name)) return "water";
  const said = quantity === undefined ? undefined : OF_QUANTITY[quantityOf(quantity).medium];
  return said ?? "water";
}
