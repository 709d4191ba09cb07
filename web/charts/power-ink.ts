import type uPlot from "uplot";
import { mixColors, withAlpha } from "./colors.ts";
import type { PowerScene } from "./power-scene.ts";

const FILL = 0.16;

/** Ink of a line by its label. */
export function powerInk({ colors }: Pick<PowerScene, "colors">, label: string): string {
  if (label === "energy") return colors.of("--text-2");
  if (label === "typical") return colors.of("--chart-compare");
  if (label === "L1") return mixColors(colors.of("--import"), colors.of("--text-1"), 0.15);
  if (label === "L2") return mixColors(colors.of("--import"), colors.of("--text-1"), 0.45);
  if (label === "L3") return mixColors(colors.of("--import"), colors.of("--surface-1"), 0.25);
  return colors.of("--import");
}

/** Blue above zero, amber below, one line: the colour changes where the line crosses. */
export function powerStroke(plot: uPlot, scene: PowerScene): CanvasGradient | string {
  return halves(plot, scene, 1);
}

/** What the area below the power is filled with. */
export function powerFill(plot: uPlot, scene: PowerScene): CanvasGradient | string {
  return halves(plot, scene, FILL);
}

function halves(plot: uPlot, { colors, shown }: PowerScene, alpha: number): CanvasGradient | string {
  const up = shown.has("bought") ? withAlpha(colors.of("--import"), alpha) : "transparent";
  const down = shown.has("sold") ? withAlpha(colors.of("--export"), alpha) : "transparent";
  const { top, height } = plot.bbox;
  const zero = (plot.valToPos(0, "w", true) - top) / height;
  if (!Number.isFinite(zero) || !(height > 0)) return up;
  if (zero >= 1) return up;
  if (zero <= 0) return down;
  const gradient = plot.ctx.createLinearGradient(0, top, 0, top + height);
  gradient.addColorStop(0, up);
  gradient.addColorStop(zero, up);
  gradient.addColorStop(zero, down);
  gradient.addColorStop(1, down);
  return gradient;
}
