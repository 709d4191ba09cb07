import type { ChartLine } from "./chart-line.ts";
import { numberWords, threeDigits } from "./numbers.ts";
import { factorOf } from "./panel-scene.ts";
import type { ShownUnit } from "./unit-scale.ts";

/** A value of a line as it is written on its panel: the panel's unit, the source's digits or three significant ones. */
export function lineNumber(line: ChartLine, unit: ShownUnit, value: number): string {
  const factor = factorOf(line, unit);
  const shown = value * factor;
  if (line.digits === undefined) return numberWords(shown, threeDigits(shown));
  return numberWords(shown, Math.min(6, Math.max(0, line.digits - Math.round(Math.log10(factor)))));
}
