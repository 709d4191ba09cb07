import { NOT_KNOWN } from "./format-number.ts";

/** Exact decimal text as the locale writes money; "—" where it is unknown. The text is never computed with. */
export function moneyText(amount: string | null | undefined, currency: string): string {
  if (amount === null || amount === undefined) return NOT_KNOWN;
  const value = Number(amount);
  try {
    return new Intl.NumberFormat(undefined, { style: "currency", currency }).format(value).replace("-", "−");
  } catch {
    return `${amount} ${currency}`;
  }
}
