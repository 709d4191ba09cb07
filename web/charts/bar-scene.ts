import { axisTicks } from "./numbers.ts";
import type { CanvasSize } from "./use-canvas.ts";

/** An amount that lasts from `x0` to `x1`. */
export interface Bar {
  readonly x0: number;
  readonly x1: number;
  /** Missing: NaN draws nothing; the gap says that nothing is known. */
  readonly value: number;
  /** Where the bar begins; 0 unless it stands on another one. */
  readonly base?: number;
  /** A token of the theme. */
  readonly color: string;
  /** Full ink, for the bars the page speaks of. */
  readonly strong?: boolean;
  /** Not measured: projected, estimated, added by a rule. */
  readonly hatched?: boolean;
  /** Valid, and not counted: an outline alone. */
  readonly hollow?: boolean;
}

/** A line over the bars. Missing: NaN breaks it. */
export interface BarLine {
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** `step` holds a value until the next x. */
  readonly shape: "line" | "step";
  readonly color: string;
  readonly dash?: readonly number[];
  /** Half the width of a band around it, for what is known only so well. */
  readonly around?: readonly number[];
  /** A faint fill down to zero. */
  readonly area?: boolean;
}

export interface BarLevel {
  readonly value: number;
  readonly label: string;
  /** Solid and in the colour of harm: the level that costs money. */
  readonly costs?: boolean;
}

/** A sign above the bars: something happened there. */
export interface BarMark {
  readonly x: number;
  readonly sign: string;
  /** A token of the theme. */
  readonly color: string;
  /** A faint vertical through the picture. */
  readonly line?: boolean;
}

/** A reading on a line. */
export interface BarPoint {
  readonly x: number;
  readonly y: number;
  readonly color: string;
  /** There, and not counted. */
  readonly hollow?: boolean;
}

export interface BarTick {
  readonly x: number;
  readonly label: string;
  /** Gets a faint vertical through the picture. */
  readonly strong?: boolean;
}

export interface BarNote {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly align: "left" | "center" | "right";
}

/** What one chart of amounts shows; x is an instant or a number of a period, y an amount of `unit`. */
export interface BarScene {
  readonly fromX: number;
  readonly toX: number;
  readonly unit: string;
  readonly bars: readonly Bar[];
  /** Bars that hang below zero, with negative values: drawn, but never under the cursor. The axis then says amounts without a sign. */
  readonly below?: readonly Bar[];
  /** Parts of bars drawn over them, such as what was measured of an amount that is filled: never under the cursor. */
  readonly over?: readonly Bar[];
  readonly points?: readonly BarPoint[];
  readonly marks?: readonly BarMark[];
  /** Where the axis begins, for a line whose zero is far away; amounts stand on 0. */
  readonly fromValue?: number;
  readonly lines: readonly BarLine[];
  readonly levels: readonly BarLevel[];
  readonly shades: readonly { readonly x0: number; readonly x1: number }[];
  readonly ticks: (widthPx: number) => readonly BarTick[];
  readonly notes?: readonly BarNote[];
}

/** Type and margins of a chart; a wall needs larger ones than a desk. Units: CSS pixels. */
export interface BarStyle {
  readonly font: number;
  readonly left: number;
  readonly top: number;
  readonly bottom: number;
  readonly right: number;
  readonly ticks: number;
  /** The unit stands behind every value instead of above the axis: a wall has no room above. */
  readonly unitBehind?: boolean;
}

export const DESK_STYLE: BarStyle = { font: 11, left: 44, top: 20, bottom: 20, right: 4, ticks: 4 };

/** Where things stand in a box. Units: CSS pixels. */
export interface BarFrame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Highest value of the axis. */
  readonly topValue: number;
  /** Lowest value of the axis: 0 unless something hangs below. */
  readonly lowValue: number;
  readonly values: readonly number[];
  x(value: number): number;
  y(value: number): number;
}

/** The frame of a scene in a box: amounts stand on zero, and every bar, line and level is inside. */
export function barFrame(scene: BarScene, size: CanvasSize, style: BarStyle = DESK_STYLE): BarFrame {
  const left = style.left;
  const right = Math.max(left + 1, size.width - style.right);
  const top = style.top;
  const bottom = Math.max(top + 1, size.height - style.bottom);
  const most = highest(scene);
  const lowValue = scene.fromValue ?? (scene.below === undefined ? 0 : Math.min(0, 1.06 * lowest(scene.below)));
  const topValue = scene.fromValue === undefined ? roomFor(most) : Math.max(scene.fromValue + 1e-6, most + 0.06 * (most - scene.fromValue));
  const span = Math.max(1e-9, scene.toX - scene.fromX);
  return {
    left,
    right,
    top,
    bottom,
    topValue,
    lowValue,
    // A scale of nothing would look like a measurement of nothing.
    values: most > 0 || lowValue < 0 ? axisTicks(lowValue, topValue, style.ticks) : [0],
    x: (value) => left + ((value - scene.fromX) / span) * (right - left),
    y: (value) => bottom - ((value - lowValue) / (topValue - lowValue)) * (bottom - top),
  };
}

function highest(scene: BarScene): number {
  let most = 0;
  const see = (value: number) => {
    if (value > most) most = value;
  };
  for (const bar of scene.bars) see(bar.value);
  for (const line of scene.lines) {
    for (let index = 0; index < line.y.length; index++) see((line.y[index] ?? Number.NaN) + (line.around?.[index] ?? 0));
  }
  for (const level of scene.levels) see(level.value);
  for (const point of scene.points ?? []) see(point.y);
  return most;
}

/** A little air above the highest value. */
function roomFor(most: number): number {
  return most > 0 ? most * 1.06 : 1;
}

/** Index of the bar under a place in the box; undefined where there is none. */
export function barAt(scene: BarScene, frame: BarFrame, xPx: number): number | undefined {
  if (xPx < frame.left || xPx > frame.right) return undefined;
  const x = scene.fromX + ((xPx - frame.left) / (frame.right - frame.left)) * (scene.toX - scene.fromX);
  let low = 0;
  let high = scene.bars.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((scene.bars[middle]?.x1 ?? 0) <= x) low = middle + 1;
    else high = middle;
  }
  const bar = scene.bars[low];
  return bar !== undefined && bar.x0 <= x && x < bar.x1 ? low : undefined;
}

/** The highest and lowest bar of each pixel column, for charts with more bars than pixels. Missing: NaN. */
export function barColumns(scene: BarScene, frame: BarFrame): { readonly low: Float64Array; readonly high: Float64Array } {
  const width = Math.max(1, Math.ceil(frame.right - frame.left));
  const low = new Float64Array(width).fill(Number.NaN);
  const high = new Float64Array(width).fill(Number.NaN);
  for (const bar of scene.bars) {
    if (!Number.isFinite(bar.value) || bar.hollow === true) continue;
    const first = Math.max(0, Math.floor(frame.x(bar.x0) - frame.left));
    const last = Math.min(width - 1, Math.max(first, Math.ceil(frame.x(bar.x1) - frame.left) - 1));
    for (let column = first; column <= last; column++) {
      if (!(bar.value >= (low[column] ?? Number.NaN))) low[column] = bar.value;
      if (!(bar.value <= (high[column] ?? Number.NaN))) high[column] = bar.value;
    }
  }
  return { low, high };
}

/** Missing: NaN counts for nothing. */
function lowest(bars: readonly Bar[]): number {
  let least = 0;
  for (const { value } of bars) if (value < least) least = value;
  return least;
}
