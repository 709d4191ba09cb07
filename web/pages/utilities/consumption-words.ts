import { NOT_KNOWN } from "#web/parts/format-number.ts";
import { MEDIA, type MeterMedium } from "./media.ts";
import { amountText, changeText } from "./words.ts";
import type { AmountTotal } from "./year-rows.ts";

export interface MediumTotals {
  readonly medium: MeterMedium;
  /** Of the year. */
  readonly totals: readonly AmountTotal[];
  /** Of its whole months, beside the same months of the year before. */
  readonly compared: readonly AmountTotal[];
}

/** "Electricity 3,412 kWh (−4 %), gas 812 m³ (+2 %) in 2026 so far": of each medium the unit that has most meters. */
export function consumptionAnswer(
  media: readonly MediumTotals[],
  { year, soFar }: { readonly year: number; readonly soFar: boolean },
): string {
  const parts = media.flatMap(({ medium, totals, compared }) => {
    const total = totals.find(({ amount }) => amount !== null);
    if (total === undefined) return [];
    const same = compared.find(({ unit }) => unit === total.unit);
    const change = same === undefined ? NOT_KNOWN : changeText(same.amount, same.before);
    return [`${MEDIA[medium].label} ${amountText(total.amount, total.unit)}${change === NOT_KNOWN ? "" : ` (${change})`}`];
  });
  if (parts.length === 0) return `Nothing known of ${year}`;
  const text = parts.map((part, index) => (index === 0 ? part : part.charAt(0).toLowerCase() + part.slice(1))).join(", ");
  return `${text} in ${year}${soFar ? " so far" : ""}`;
}
