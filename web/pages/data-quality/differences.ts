import { NOT_KNOWN } from "#web/parts/format-number.ts";
import { moneyText } from "#web/parts/money-text.ts";
import { fixedText } from "#web/parts/resolution.ts";

/** "−25.3 kWh", "+4": what a number changed by; a dash where nothing changed or one of them is unknown. */
export function differenceText(before: number | null, after: number | null, style: { unit: string; decimals: number }): string {
  if (before === null || after === null) return NOT_KNOWN;
  const difference = Number((after - before).toFixed(style.decimals));
  if (difference === 0) return NOT_KNOWN;
  return `${difference > 0 ? "+" : ""}${fixedText(difference, style.unit, style.decimals)}`;
}

/** The same for money. It is taken in whole cents, so that the difference of exact texts is exact. */
export function moneyDifference(before: string | null, after: string | null, currency: string): string {
  if (before === null || after === null) return NOT_KNOWN;
  const cents = Math.round(Number(after) * 100) - Math.round(Number(before) * 100);
  if (cents === 0) return NOT_KNOWN;
  return `${cents > 0 ? "+" : ""}${moneyText((cents / 100).toFixed(2), currency)}`;
}
