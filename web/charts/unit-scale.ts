/** Units that differ by a power of ten share one axis; the axis picks the one that reads best. */
export interface UnitFamily {
  /** The unit all of the family are brought to, and the name of the axis they share. */
  readonly base: string;
  /** How many base units one of this unit is. */
  readonly factor: number;
}

/** The unit an axis shows. Units: shown = base value / `factor`. */
export interface ShownUnit {
  readonly unit: string;
  readonly factor: number;
}

const PREFIXED: Readonly<Record<string, readonly ShownUnit[]>> = {
  W: scale("W", "kW", "MW", "GW"),
  Wh: scale("Wh", "kWh", "MWh", "GWh"),
  VA: scale("VA", "kVA", "MVA"),
  var: scale("var", "kvar", "Mvar"),
};

function scale(...units: readonly string[]): ShownUnit[] {
  return units.map((unit, index) => ({ unit, factor: 1000 ** index }));
}

/** The family of a unit as a sender writes it; a unit on its own is its own family. */
export function unitFamily(unit: string): UnitFamily {
  for (const [base, members] of Object.entries(PREFIXED)) {
    const found = members.find((member) => member.unit === unit);
    if (found !== undefined) return { base, factor: found.factor };
  }
  return { base: unit, factor: 1 };
}

/** The unit in which the largest value of an axis has one to three digits before the point; never below what `least` says. */
export function shownUnit(base: string, largest: number): ShownUnit {
  const members = PREFIXED[base];
  if (members === undefined) return { unit: base, factor: 1 };
  const fitting = members.filter((member) => largest >= member.factor).at(-1);
  return fitting ?? members[0] ?? { unit: base, factor: 1 };
}

/** What the product of a rate and time is measured in: kW over an hour is kWh. Undefined where the product means nothing. */
export function integralUnit(unit: string): { readonly unit: string; readonly perMs: number } | undefined {
  const known = RATES[unit];
  return known === undefined ? undefined : { unit: known[0], perMs: known[1] / 3_600_000 };
}

// Amount unit, and how many of it one rate unit makes in an hour.
const RATES: Readonly<Record<string, readonly [string, number]>> = {
  W: ["kWh", 0.001],
  kW: ["kWh", 1],
  MW: ["MWh", 1],
  GW: ["GWh", 1],
  "m³/h": ["m³", 1],
  "m3/h": ["m³", 1],
  "L/h": ["L", 1],
  "l/h": ["L", 1],
  "L/min": ["L", 60],
  "l/min": ["L", 60],
  "L/s": ["L", 3600],
  "l/s": ["L", 3600],
  "gal/min": ["gal", 60],
};
