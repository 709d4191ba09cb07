import { decimalsOf, numberText, type Shown, shownNumber } from "./format-number.ts";

/** Decimals a column may show: what its numbers have, no finer than `most`; all rows of a column share them. */
export function columnDecimals(values: Iterable<number | null>, most: number): number {
  let decimals = 0;
  for (const value of values) if (value !== null && Number.isFinite(value)) decimals = Math.max(decimals, decimalsOf(value, most));
  return decimals;
}

/** Decimals that make sense where one pulse is this much: a tenth of a pulse is seen, a thousandth is noise. */
export function pulseDecimals(pulse: number | null | undefined): number {
  if (pulse === null || pulse === undefined || !(pulse > 0)) return 1;
  return Math.min(3, Math.max(0, 1 - Math.floor(Math.log10(pulse) + 1e-9)));
}

/** A value at exactly these decimals, unit beside it; "—" where it is unknown. */
export function fixedText(value: number | null | undefined, unit: string, decimals: number): string {
  return numberText(rounded(value, decimals), { unit, exact: true, decimals });
}

/** The same with number and unit apart. */
export function fixedShown(value: number | null | undefined, unit: string, decimals: number): Shown {
  return shownNumber(rounded(value, decimals), { unit, exact: true, decimals });
}

function rounded(value: number | null | undefined, decimals: number): number | null {
  return value === null || value === undefined || !Number.isFinite(value) ? null : Number(value.toFixed(decimals));
}
