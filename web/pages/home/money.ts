import type { HomeFigures } from "#contract/home.ts";

/** What the energy of a stretch costs, the base fee apart. Missing: null without a price, and where nobody knows how much it was. */
export function energyCost({ boughtKwh, cost, baseFee }: Pick<HomeFigures, "boughtKwh" | "cost" | "baseFee">): string | null {
  return boughtKwh === null ? null : lessMoney(cost, baseFee);
}

/** One exact decimal less another, exactly. Missing: null where the first is. */
export function lessMoney(amount: string | null, less: string | null): string | null {
  if (amount === null || less === null) return amount;
  const places = Math.max(placesOf(amount), placesOf(less));
  return written(scaled(amount, places) - scaled(less, places), places);
}

const placesOf = (text: string): number => text.split(".")[1]?.length ?? 0;

function scaled(text: string, places: number): bigint {
  const [whole = "0", fraction = ""] = text.replace("-", "").split(".");
  const size = BigInt(whole + fraction.padEnd(places, "0"));
  return text.startsWith("-") ? -size : size;
}

function written(value: bigint, places: number): string {
  const sign = value < 0n ? "-" : "";
  const digits = (value < 0n ? -value : value).toString().padStart(places + 1, "0");
  return places === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** A rate of money with all its digits: "€ 0.3102". */
export function rateText(rate: string, currency: string): string {
  const digits = Math.min(6, Math.max(2, placesOf(rate.replace(/0+$/, ""))));
  try {
    const format = new Intl.NumberFormat(undefined, {
      style: "currency",
      currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    return format.format(Number(rate)).replace("-", "−");
  } catch {
    return `${rate} ${currency}`;
  }
}

/** Whole money, for what is only known roughly: "€ 96". */
export function roughMoney(amount: string, currency: string): string {
  try {
    const format = new Intl.NumberFormat(undefined, { style: "currency", currency, maximumFractionDigits: 0 });
    return format.format(Math.abs(Number(amount)));
  } catch {
    return `${Math.round(Math.abs(Number(amount)))} ${currency}`;
  }
}
