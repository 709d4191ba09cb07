import { type Panel, panelUnit } from "./chart-line.ts";
import { numberWords, stepDigits, valueTicks } from "./numbers.ts";
import { type PanelScene, valueRange } from "./panel-scene.ts";

const LEAST_PX = 42;
const MOST_PX = 92;
const BESIDE_PX = 13;
const PER_LETTER_PX = 5.9;

/** Width of the value axis that all charts of a stack share: 42 px, more only where a register's number needs it. */
export function axisWidth(panels: readonly Panel[]): number {
  let letters = 0;
  for (const panel of panels) {
    const scene: Pick<PanelScene, "panel" | "unit" | "thresholds"> = { panel, unit: panelUnit(panel), thresholds: [] };
    const all = { fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY };
    const [low, high] = valueRange(scene, all);
    const ticks = valueTicks(low, high, 4);
    const digits = stepDigits((ticks[1] ?? 1) - (ticks[0] ?? 0));
    for (const tick of ticks) letters = Math.max(letters, numberWords(tick, digits).length);
  }
  return Math.min(MOST_PX, Math.max(LEAST_PX, Math.ceil((letters * PER_LETTER_PX + BESIDE_PX) / 10) * 10 + 2));
}
