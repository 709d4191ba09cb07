import type uPlot from "uplot";
import { type ChartColumn, firstAt } from "./chart-column.ts";
import type { ChartLine, Ink, Panel, Threshold } from "./chart-line.ts";
import type { Colors } from "./colors.ts";
import type { GroundSpan } from "./ground-span.ts";
import { valueTicks } from "./numbers.ts";
import type { TargetBand } from "./target-band.ts";
import type { TimeSpan } from "./time-ticks.ts";
import { type ShownUnit, unitFamily } from "./unit-scale.ts";
import type { ZoneClock } from "./zone-clock.ts";

/** Everything a panel's picture depends on besides the visible span. Replaced as a whole; the drawing reads the newest. */
export interface PanelScene {
  readonly panel: Panel;
  readonly inks: readonly Ink[];
  readonly unit: ShownUnit;
  readonly thresholds: readonly Threshold[];
  readonly clock: ZoneClock;
  readonly colors: Colors;
  readonly nowMs: number;
  /** Key of the line that is brought to the fore; the others step back. */
  readonly emphasis: string | undefined;
  /** Whether this is the topmost chart, which names the shades. */
  readonly first: boolean;
  /** Whether the time axis carries words; stacked charts say them at the top and the bottom only. */
  readonly timeLabels: boolean;
  /** Where the lines are meant to be. */
  readonly target?: TargetBand | undefined;
  /** Stretches behind the picture instead of nights and weekends. */
  readonly ground?: readonly GroundSpan[] | undefined;
}

/** Where things are on the canvas, in its own pixels. */
export interface Frame {
  readonly context: CanvasRenderingContext2D;
  readonly ratio: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly span: TimeSpan;
  x(tMs: number): number;
  y(value: number): number;
}

export function frameOf(plot: uPlot, ratio: number, scale = "y"): Frame {
  const { left, top, width, height } = plot.bbox;
  const fromMs = plot.scales["x"]?.min ?? 0;
  const toMs = plot.scales["x"]?.max ?? 1;
  const low = plot.scales[scale]?.min ?? 0;
  const high = plot.scales[scale]?.max ?? 1;
  const perMs = width / (toMs - fromMs);
  const perValue = height / (high - low);
  return {
    context: plot.ctx,
    ratio,
    left,
    top,
    right: left + width,
    bottom: top + height,
    span: { fromMs, toMs },
    x: (tMs) => left + (tMs - fromMs) * perMs,
    y: (value) => top + height - (value - low) * perValue,
  };
}

/** Whether a line steps back because another one is pointed at. */
export function isBack(scene: PanelScene, index: number): boolean {
  return scene.emphasis !== undefined && scene.panel.lines[index]?.key !== scene.emphasis;
}

/** What a column's value must be multiplied by to stand on the panel's axis. */
export function factorOf(line: ChartLine, unit: ShownUnit): number {
  return unitFamily(line.unit).factor / unit.factor;
}

/** First and one past the last row that touch a span, with the neighbours a line to the edge needs. */
export function visibleRows(column: ChartColumn, span: TimeSpan): readonly [number, number] {
  return [Math.max(0, firstAt(column, span.fromMs) - 1), Math.min(column.tMs.length, firstAt(column, span.toMs) + 1)];
}

/** Low and high end of the value axis for what a span shows; amounts stand on zero, and the top is a little above the highest. */
export function valueRange(scene: Pick<PanelScene, "panel" | "unit" | "thresholds">, span: TimeSpan): readonly [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const line of scene.panel.lines) {
    const factor = factorOf(line, scene.unit);
    const [from, to] = visibleRows(line.column, span);
    for (let row = from; row < to; row++) {
      const least = (line.column.min[row] ?? 0) * factor;
      const most = (line.column.max[row] ?? 0) * factor;
      if (least < low) low = least;
      if (most > high) high = most;
    }
  }
  for (const value of scene.panel.always ?? []) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  for (const threshold of scene.thresholds) {
    const value = (threshold.value * unitFamily(threshold.unit).factor) / scene.unit.factor;
    if (value > high && value < high * 1.5) high = value;
  }
  const fromZero = scene.panel.lines.some((line) => line.fromZero);
  return padRange(low, high, fromZero);
}

/** A range with room above and below, edges on half marks so that it seldom moves while panning. */
export function padRange(low: number, high: number, fromZero: boolean): readonly [number, number] {
  if (low > high) return [0, 1];
  const bottom = fromZero ? Math.min(0, low) : low;
  const top = fromZero ? Math.max(0, high) : high;
  if (top - bottom < 1e-9 * Math.max(1, Math.abs(top))) {
    const half = Math.max(Math.abs(top) * 0.01, 0.5);
    return fromZero && top === 0 ? [0, 1] : fromZero && top > 0 ? [0, top * 1.1] : [bottom - half, top + half];
  }
  const ticks = valueTicks(bottom, top, 4);
  const step = ticks.length > 1 ? (ticks[1] ?? 0) - (ticks[0] ?? 0) : top - bottom;
  const half = step / 2;
  const up = Math.ceil((top + (top - bottom) * 0.03) / half - 1e-9) * half;
  // A little below zero needs a little room, not half a mark.
  const slightly = fromZero && bottom > -(top - bottom) * 0.1;
  const down = bottom - (top - bottom) * 0.03;
  const below = slightly ? down : Math.floor(down / half + 1e-9) * half;
  // What was never negative, like a register, gets no room below zero.
  return [bottom >= 0 ? Math.max(0, fromZero ? 0 : below) : below, up];
}
