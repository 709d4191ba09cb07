import { numberWords, threeDigits } from "#web/charts/numbers.ts";

const NO_BREAK = "\u00a0";

/** An amount with its unit: 37,634 kWh, 1,284 MWh once nobody can read the kWh, 2.34 m³. */
export function amountText(value: number, unit: string): string {
  const at = amountParts(value, unit);
  return `${at.number}${NO_BREAK}${at.unit}`;
}

export function amountParts(value: number, unit: string): { readonly number: string; readonly unit: string } {
  const scaled = scaleAmount(value, unit);
  return { number: numberWords(scaled.value, threeDigits(scaled.value)), unit: scaled.unit };
}

function scaleAmount(value: number, unit: string): { value: number; unit: string } {
  const size = Math.abs(value);
  if (unit === "Wh" && size >= 1_000) return scaleAmount(value / 1000, "kWh");
  if (unit === "kWh" && size >= 1_000_000) return { value: value / 1000, unit: "MWh" };
  return { value, unit };
}

/** "96.8 %"; never 100 % or 0 % for what is only nearly so. */
export function shareText(share: number): string {
  const percent = share * 100;
  const shown =
    percent > 0 && percent < 0.1
      ? "<0.1"
      : percent < 100 && percent > 99.9
        ? "99.9"
        : numberWords(percent, percent === 0 || percent === 100 ? 0 : 1);
  return `${shown}${NO_BREAK}%`;
}

/** "1 reading", "38,760 readings". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${numberWords(count, 0)}${NO_BREAK}${count === 1 ? one : many}`;
}
