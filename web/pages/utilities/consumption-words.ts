import { MEDIA, type MeterMedium } from "./media.ts";
import { amountText, changeWords } from "./words.ts";
import type { AmountTotal } from "./year-rows.ts";

export interface MediumTotals {
  readonly medium: MeterMedium;
  /** Of the year. */
  readonly totals: readonly AmountTotal[];
  /** Of its whole months, beside the same months of the year before. */
  readonly compared: readonly AmountTotal[];
}

/** "Electricity 3,412 kWh, 4 % less than the same months of 2025; gas 812 m³ in 2026 so far". */
export function consumptionAnswer(
  media: readonly MediumTotals[],
  { year, soFar }: { readonly year: number; readonly soFar: boolean },
): string {
  const when = `in ${year}${soFar ? " so far" : ""}`;
  const parts = media.flatMap(({ medium, totals, compared }) =>
    totals
      .filter(({ amount }) => amount !== null)
      .map((total, index) => {
        const same = compared.find(({ unit }) => unit === total.unit);
        const words = same === undefined ? undefined : changeWords(same.amount, same.before);
        const name = index === 0 ? `${MEDIA[medium].label} ` : "";
        return `${name}${amountText(total.amount, total.unit)}${words === undefined ? "" : ` (${words} the same months of ${year - 1})`}`;
      }),
  );
  if (parts.length === 0) return `Nothing known of ${year}`;
  const text = parts.map((part, index) => (index === 0 ? part : part.charAt(0).toLowerCase() + part.slice(1))).join("; ");
  return `${text} ${when}`;
}
