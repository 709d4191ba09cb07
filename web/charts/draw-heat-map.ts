import { type Colors, mixColors } from "./colors.ts";
import { hatchPattern } from "./hatch.ts";
import type { HeatGrid } from "./heat-grid.ts";
import { type HeatLayout, heatBox } from "./heat-layout.ts";
import { clockWords, dayOfMonth, dayWords, monthWord, weekdayOf, yearOf } from "./time-words.ts";
import type { CanvasSize } from "./use-canvas.ts";
import type { ZoneClock } from "./zone-clock.ts";

/** Marks on a cell; they add up. */
export const HEAT_MARK = { hatched: 1, dot: 2, ring: 4 } as const;

/** Steps of the ramp from nothing to the highest value. */
export const RAMP_STEPS = 40;

/**
 * What each interval looks like.
 * Missing: ink -1 is an interval nobody knows anything about; it is drawn as a gap.
 */
export interface HeatCells {
  /** Step of the ramp or number of the ink, per interval. */
  readonly ink: Int16Array;
  /** HEAT_MARK bits, per interval. */
  readonly mark: Uint8Array;
  /** Tokens of the inks; left out, the ink is a step of the ramp. */
  readonly inks?: readonly string[];
  /** Token of the ramp's hue; left out, energy from the grid. */
  readonly ramp?: string;
}

/** One hue from faint to deep, then towards the colour of text: the order is one of lightness, so every eye sees it. */
export function rampColors(colors: Colors, hue = "--import"): string[] {
  const surface = colors.of("--surface-1");
  const full = colors.of(hue);
  return Array.from({ length: RAMP_STEPS }, (_, step) => {
    const share = step / (RAMP_STEPS - 1);
    return share < 0.7
      ? mixColors(surface, full, 0.13 + (0.87 * share) / 0.7)
      : mixColors(full, colors.of("--text-1"), ((share - 0.7) / 0.3) * 0.55);
  });
}

export interface HeatView {
  readonly grid: HeatGrid;
  readonly cells: HeatCells;
  readonly layout: HeatLayout;
  readonly clock: ZoneClock;
  readonly colors: Colors;
}

/** Draws days by time of day: cells, their marks, the names of days and hours. */
export function drawHeatMap(context: CanvasRenderingContext2D, size: CanvasSize, view: HeatView): void {
  drawCells(context, view);
  drawMarks(context, view);
  drawHours(context, size, view);
  drawDays(context, view);
}

function drawCells(context: CanvasRenderingContext2D, { grid, cells, layout, colors }: HeatView): void {
  const palette = cells.inks?.map((token) => colors.of(token)) ?? rampColors(colors, cells.ramp);
  const byInk: number[][] = Array.from({ length: palette.length + 1 }, () => []);
  for (let index = 0; index < grid.count; index++) byInk[(cells.ink[index] ?? -1) + 1]?.push(index);
  byInk.forEach((indices, slot) => {
    if (slot === 0) {
      drawGaps(context, indices, { grid, layout, color: colors.of("--q-missing") });
      return;
    }
    context.fillStyle = palette[slot - 1] ?? colors.of("--neutral");
    context.beginPath();
    for (const index of indices) {
      const box = heatBox(layout, grid.placeOf(index));
      context.rect(box.left, box.top, box.width, box.height);
    }
    context.fill();
  });
}

/** An empty outline; where cells are too low for one, a line through the gap. */
function drawGaps(
  context: CanvasRenderingContext2D,
  indices: readonly number[],
  { grid, layout, color }: { grid: HeatGrid; layout: HeatLayout; color: string },
): void {
  context.strokeStyle = color;
  context.lineWidth = 1;
  context.beginPath();
  for (const index of indices) {
    const box = heatBox(layout, grid.placeOf(index));
    if (box.height >= 5 && box.width >= 3) context.rect(box.left + 0.5, box.top + 0.5, box.width - 1, box.height - 1);
    else {
      context.moveTo(box.left, box.top + box.height / 2);
      context.lineTo(box.left + box.width, box.top + box.height / 2);
    }
  }
  context.stroke();
}

function drawMarks(context: CanvasRenderingContext2D, { grid, cells, layout, colors }: HeatView): void {
  const hatch = hatchPattern(context, colors.of("--surface-1"), 1);
  for (let index = 0; index < grid.count; index++) {
    const mark = cells.mark[index] ?? 0;
    if (mark === 0) continue;
    const box = heatBox(layout, grid.placeOf(index));
    if ((mark & HEAT_MARK.hatched) !== 0) {
      context.fillStyle = hatch;
      context.fillRect(box.left, box.top, box.width, box.height);
    }
    if ((mark & HEAT_MARK.dot) !== 0) dot(context, box, { fill: colors.of("--q-suspect"), line: colors.of("--surface-1") });
    if ((mark & HEAT_MARK.ring) !== 0) dot(context, box, { fill: colors.of("--surface-1"), line: colors.of("--text-1") });
  }
}

function dot(
  context: CanvasRenderingContext2D,
  box: { left: number; top: number; width: number; height: number },
  { fill, line }: { fill: string; line: string },
): void {
  const radius = Math.max(1, Math.min(3.2, box.width / 2 - 0.5, box.height / 2 - 0.5));
  context.beginPath();
  context.arc(box.left + box.width / 2, box.top + box.height / 2, radius, 0, 2 * Math.PI);
  context.fillStyle = fill;
  context.fill();
  if (radius < 2) return;
  context.strokeStyle = line;
  context.lineWidth = 1;
  context.stroke();
}

function drawHours(context: CanvasRenderingContext2D, size: CanvasSize, { layout, colors }: HeatView): void {
  context.font = `11px ${colors.font}`;
  context.fillStyle = colors.of("--text-3");
  context.textBaseline = "alphabetic";
  const every = layout.widthPx > 520 ? 3 : 6;
  for (let hour = 0; hour <= 24; hour += every) {
    const x = layout.leftPx + (hour / 24) * layout.widthPx;
    context.textAlign = hour === 0 ? "left" : hour === 24 ? "right" : "center";
    context.fillText(hour === 24 ? "24:00" : clockWords(hour * 3_600_000), Math.min(x, size.width), layout.topPx - 7);
  }
}

/** Names of days at the left, as many as there is room for; at the right how many intervals a day of another length has. */
function drawDays(context: CanvasRenderingContext2D, { grid, layout, clock, colors }: HeatView): void {
  const narrow = layout.leftPx < 60;
  const ordinary = grid.columns;
  let free = Number.NEGATIVE_INFINITY;
  grid.days.forEach((dayMs, row) => {
    const wall = clock.wallMs(dayMs + 12 * 3_600_000);
    const middle = layout.topPx + (row + 0.5) * layout.rowPx - layout.gapPx / 2;
    const weekend = weekdayOf(wall) === 0 || weekdayOf(wall) === 6;
    context.textBaseline = "middle";
    const monthly = layout.rowPx < 6;
    const wanted = monthly ? dayOfMonth(wall) === 1 : layout.rowPx < 12 ? weekdayOf(wall) === 1 : true;
    if (wanted && middle - free >= 12) {
      context.textAlign = "left";
      context.fillStyle = colors.of(weekend && !monthly ? "--text-3" : "--text-2");
      context.fillText(monthly ? monthLabel(wall) : dayLabel(wall, narrow), 0, middle);
      free = middle;
    }
    const expected = grid.expected(row);
    if (expected !== ordinary && layout.rowPx >= 6) {
      context.textAlign = "right";
      context.fillStyle = colors.of("--text-3");
      context.fillText(String(expected), layout.leftPx + layout.widthPx + (narrow ? 25 : 26), middle);
    }
  });
}

function monthLabel(wall: number): string {
  return monthWord(wall) === "Jan" ? `Jan ${yearOf(wall)}` : monthWord(wall);
}

function dayLabel(wall: number, narrow: boolean): string {
  if (!narrow) return dayWords(wall, true);
  return `${dayOfMonth(wall)} ${monthWord(wall)}`;
}
