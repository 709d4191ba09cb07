import type { Observation } from "./alert.ts";
import { valueText } from "./words.ts";

interface Limits {
  readonly above?: number;
  readonly below?: number;
}

/** "above 25 °C", "below 5 °C", "above 25 °C or below 5 °C". */
export function limitText({ above, below }: Limits, unit: string): string {
  const parts = [
    ...(above === undefined ? [] : [`above ${valueText(above, unit)}`]),
    ...(below === undefined ? [] : [`below ${valueText(below, unit)}`]),
  ];
  return parts.length === 0 ? "beyond no limit" : parts.join(" or ");
}

/** "Cellar is above 25 °C: 26.1 °C". While it lasts inside the hysteresis, only what it is now. */
export function crossingWords(title: string, { value, unit }: Pick<Observation, "value" | "unit">, { above, below }: Limits): string {
  if (above !== undefined && value > above) return `${title} is above ${valueText(above, unit)}: ${valueText(value, unit)}`;
  if (below !== undefined && value < below) return `${title} is below ${valueText(below, unit)}: ${valueText(value, unit)}`;
  return `${title} is still near its limit: ${valueText(value, unit)}`;
}
