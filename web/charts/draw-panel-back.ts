import { withAlpha } from "./colors.ts";
import { drawGroundSpans, drawTarget } from "./draw-target.ts";
import { hatchPattern } from "./hatch.ts";
import { type Frame, factorOf, isBack, type PanelScene, visibleRows } from "./panel-scene.ts";
import { type TimeTick, timeShades } from "./time-ticks.ts";

const FILLED_BIT = 2;
/** More bands than this lie over each other and say nothing. */
export const MOST_BANDS = 3;

/** Behind everything: nights or weekends or what the page names, the verticals of the days, and where the lines are meant to be. */
export function drawGround(frame: Frame, scene: PanelScene, ticks: readonly TimeTick[]): void {
  const { context } = frame;
  context.save();
  context.setLineDash([]);
  if (scene.ground !== undefined) drawGroundSpans(frame, scene, scene.ground);
  else drawShades(frame, scene);
  context.strokeStyle = scene.colors.of("--chart-grid");
  context.lineWidth = frame.ratio;
  context.beginPath();
  for (const tick of ticks) {
    if (!tick.strong) continue;
    const x = crisp(frame.x(tick.tMs), frame.ratio);
    context.moveTo(x, frame.top);
    context.lineTo(x, frame.bottom);
  }
  context.stroke();
  drawTarget(frame, scene);
  context.restore();
}

function drawShades(frame: Frame, scene: PanelScene): void {
  const { context } = frame;
  let named = false;
  for (const shade of timeShades(frame.span, scene.clock)) {
    const from = Math.max(frame.left, frame.x(shade.fromMs));
    const to = Math.min(frame.right, frame.x(shade.toMs));
    context.fillStyle = scene.colors.of("--chart-night");
    context.fillRect(Math.round(from), frame.top, Math.round(to) - Math.round(from), frame.bottom - frame.top);
    if (named || !scene.first || to - from < 60 * frame.ratio) continue;
    named = true;
    context.fillStyle = scene.colors.of("--text-3");
    context.font = `${11 * frame.ratio}px ${scene.colors.font}`;
    context.textAlign = "left";
    context.textBaseline = "alphabetic";
    context.fillText(shade.label, from + 5 * frame.ratio, frame.top + 12 * frame.ratio);
  }
}

/** Below the lines: from the lowest to the highest reading of each point, hatched where nothing was measured. */
export function drawBands(frame: Frame, scene: PanelScene): void {
  const { context } = frame;
  context.save();
  clipToPlot(frame);
  scene.panel.lines.forEach((line, index) => {
    if (isBack(scene, index)) return;
    const stroke = scene.inks[index]?.stroke ?? scene.colors.of(line.color);
    const factor = factorOf(line, scene.unit);
    const solid = withAlpha(stroke, 0.22);
    let hatch: string | CanvasPattern | undefined;
    const [from, to] = visibleRows(line.column, frame.span);
    let start = from;
    while (start < to) {
      let end = start + 1;
      const filled = isFilled(line.column.quality[start]);
      while (end < to && line.column.broken[end] !== 1 && isFilled(line.column.quality[end]) === filled) end++;
      const next = end + (line.column.broken[end] === 1 ? 0 : 1);
      if (filled) hatch ??= hatchPattern(context, stroke, frame.ratio);
      // A filled stretch without a band of its own gets one of some pixels, so that the hatching can be seen.
      const least = filled ? 7 * frame.ratio : 0;
      context.fillStyle = filled ? (hatch ?? solid) : solid;
      // Two stretches of one line meet in the row they share.
      if (filled || scene.panel.lines.length <= MOST_BANDS) {
        fillBand(frame, { line: line.column, factor, from: start, to: Math.min(next, to), least });
      }
      start = end;
    }
  });
  context.restore();
}

interface BandRows {
  readonly line: PanelScene["panel"]["lines"][number]["column"];
  readonly factor: number;
  readonly from: number;
  readonly to: number;
  readonly least: number;
}

/** Rows closer than this are drawn as bars on whole pixels: a jagged outline of a thousand points costs a processor twenty times as much. */
const DENSE_PX = 2.5;

function fillBand(frame: Frame, rows: BandRows): void {
  const first = frame.x(rows.line.tMs[rows.from] ?? 0);
  const last = frame.x(rows.line.tMs[rows.to - 1] ?? 0);
  if (last - first < (rows.to - rows.from) * DENSE_PX * frame.ratio) bandBars(frame, rows);
  else {
    bandPath(frame, rows);
    frame.context.fill();
  }
}

function bandBars(frame: Frame, rows: BandRows): void {
  let left = Math.round(frame.x(rows.line.tMs[rows.from] ?? 0));
  let high = Number.POSITIVE_INFINITY;
  let low = Number.NEGATIVE_INFINITY;
  for (let row = rows.from; row < rows.to; row++) {
    const most = rows.line.max[row] ?? Number.NaN;
    const least = rows.line.min[row] ?? Number.NaN;
    if (!Number.isNaN(most)) high = Math.min(high, frame.y(most * rows.factor) - rows.least);
    if (!Number.isNaN(least)) low = Math.max(low, frame.y(least * rows.factor) + rows.least);
    const alone = row + 1 >= rows.to || rows.line.broken[row + 1] === 1;
    const right = Math.round(frame.x((alone ? rows.line.endMs[row] : rows.line.tMs[row + 1]) ?? 0));
    if (right <= left && row < rows.to - 1) continue;
    if (low > high)
      frame.context.fillRect(left, Math.round(high), Math.max(1, right - left), Math.max(1, Math.round(low) - Math.round(high)));
    left = right;
    high = Number.POSITIVE_INFINITY;
    low = Number.NEGATIVE_INFINITY;
  }
}

function bandPath(frame: Frame, rows: BandRows): void {
  const { context } = frame;
  context.beginPath();
  let open = false;
  for (let row = rows.from; row < rows.to; row++) {
    const high = rows.line.max[row] ?? Number.NaN;
    if (Number.isNaN(high)) continue;
    const y = frame.y(high * rows.factor);
    const x = frame.x(rows.line.tMs[row] ?? 0);
    if (open) context.lineTo(x, y - rows.least);
    else context.moveTo(x, y - rows.least);
    open = true;
  }
  for (let row = rows.to - 1; row >= rows.from; row--) {
    const low = rows.line.min[row] ?? Number.NaN;
    if (Number.isNaN(low)) continue;
    context.lineTo(frame.x(rows.line.tMs[row] ?? 0), frame.y(low * rows.factor) + rows.least);
  }
  context.closePath();
}

const isFilled = (quality: number | undefined): boolean => ((quality ?? 0) & FILLED_BIT) !== 0;

export function clipToPlot(frame: Frame): void {
  frame.context.beginPath();
  frame.context.rect(frame.left, frame.top, frame.right - frame.left, frame.bottom - frame.top);
  frame.context.clip();
}

/** The middle of a device pixel, where a thin line is sharp. */
export function crisp(value: number, ratio: number): number {
  return Math.round(value) + (Math.round(ratio) % 2 === 1 ? 0.5 : 0);
}
