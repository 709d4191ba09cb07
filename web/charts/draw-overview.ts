import type { ChartLine } from "./chart-line.ts";
import type { Colors } from "./colors.ts";
import { type TimeSpan, timeTicks } from "./time-ticks.ts";
import type { CanvasSize } from "./use-canvas.ts";
import type { ZoneClock } from "./zone-clock.ts";

export const OVERVIEW_RIGHT = 8;
const TOP = 4;
const BOTTOM = 17;

export interface OverviewView {
  readonly line: ChartLine;
  readonly extent: TimeSpan;
  readonly clock: ZoneClock;
  readonly colors: Colors;
  readonly leftPx: number;
}

/** The grey silhouette of a whole history, with its months or years. */
export function drawOverview(context: CanvasRenderingContext2D, size: CanvasSize, view: OverviewView): void {
  const width = size.width - view.leftPx - OVERVIEW_RIGHT;
  const floor = size.height - BOTTOM;
  const x = (tMs: number) => view.leftPx + ((tMs - view.extent.fromMs) / (view.extent.toMs - view.extent.fromMs)) * width;
  context.globalAlpha = 0.35;
  context.fillStyle = view.colors.of("--chart-compare");
  silhouette(context, view.line, { x, floor });
  context.globalAlpha = 1;
  context.strokeStyle = view.colors.of("--chart-axis");
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(view.leftPx, Math.round(floor) + 0.5);
  context.lineTo(view.leftPx + width, Math.round(floor) + 0.5);
  context.font = `11px ${view.colors.font}`;
  context.fillStyle = view.colors.of("--text-3");
  context.textAlign = "left";
  let free = view.leftPx;
  for (const tick of timeTicks(view.extent, width * 0.75, view.clock)) {
    const at = Math.round(x(tick.tMs)) + 0.5;
    context.moveTo(at, floor);
    context.lineTo(at, floor + 4);
    const end = at + 4 + context.measureText(tick.label).width;
    if (at < free || end > size.width) continue;
    context.fillText(tick.label, at + 4, size.height - 3);
    free = end + 6;
  }
  context.stroke();
}

function silhouette(context: CanvasRenderingContext2D, line: ChartLine, { x, floor }: { x: (tMs: number) => number; floor: number }): void {
  const { tMs, value, broken } = line.column;
  let low = line.fromZero ? 0 : Number.POSITIVE_INFINITY;
  let high = line.fromZero ? 0 : Number.NEGATIVE_INFINITY;
  for (const one of value) {
    if (one < low) low = one;
    if (one > high) high = one;
  }
  const tall = high - low || 1;
  const y = (one: number) => floor - ((one - low) / tall) * (floor - TOP);
  let startX: number | undefined;
  let endX = 0;
  const close = () => {
    if (startX === undefined) return;
    context.lineTo(endX, floor);
    context.lineTo(startX, floor);
    context.fill();
    startX = undefined;
  };
  for (let row = 0; row < tMs.length; row++) {
    const one = value[row] ?? Number.NaN;
    if (Number.isNaN(one) || broken[row] === 1) close();
    if (Number.isNaN(one)) continue;
    const at = x(tMs[row] ?? 0);
    if (startX === undefined) {
      context.beginPath();
      context.moveTo(at, floor);
      startX = at;
    }
    context.lineTo(at, y(one));
    endX = at;
  }
  close();
}
