/** Energy in a cubic metre of gas from an instant on. */
export interface GasRule {
  /** -Infinity: from the beginning. */
  readonly fromMs: number;
  readonly calorificKwhPerM3: number;
  /** Standard cubic metres in a cubic metre of the meter. */
  readonly zFactor: number;
  /** What the calorific value counts: with the heat of condensation (gross, what is billed) or without (net). */
  readonly basis: "gross" | "net";
}

/**
 * Gross over net heat of natural gas.
 * Source: German Buildings Energy Act (GEG), annex on the conversion of energy with reference to gross calorific value: 1.11.
 */
const GROSS_PER_NET = 1.11;

/** Units: kWh in a cubic metre of the meter, by default with the heat of condensation, as it is billed. */
export function kwhPerM3(rule: Pick<GasRule, "calorificKwhPerM3" | "zFactor" | "basis">, basis: GasRule["basis"] = "gross"): number {
  const kwh = rule.calorificKwhPerM3 * rule.zFactor;
  if (rule.basis === basis) return kwh;
  return basis === "gross" ? kwh * GROSS_PER_NET : kwh / GROSS_PER_NET;
}

/**
 * What each row of cubic metres is multiplied with to be kWh. A row in which the conversion changes has that of its beginning: split
 * the edges there first.
 * Shape:   one less than the edges. `rules` ascending.
 * Missing: NaN before the first rule.
 */
export function gasFactors(edgesMs: Float64Array, rules: readonly GasRule[]): Float64Array {
  const factors = new Float64Array(Math.max(0, edgesMs.length - 1)).fill(Number.NaN);
  let rule = -1;
  for (let row = 0; row < factors.length; row += 1) {
    while (((rules[rule + 1]?.fromMs ?? Infinity) as number) <= (edgesMs[row] as number)) rule += 1;
    const found = rules[rule];
    if (found) factors[row] = kwhPerM3(found);
  }
  return factors;
}
