import type { Colors } from "./colors.ts";
import { hatchPattern } from "./hatch.ts";
import type { CanvasSize } from "./use-canvas.ts";

/** How sure a number is; one look each, everywhere. */
export type Freshness = "fresh" | "stale" | "estimated" | "suspect" | "missing";

/**
 * What a sparkline shows.
 * Shape:   `tMs` and `value` have one length, ascending in time.
 * Missing: null in `value` is a gap; nothing is drawn across it.
 */
export interface SparklineData {
  readonly tMs: readonly number[];
  readonly value: readonly (number | null)[];
  readonly fromMs: number;
  readonly toMs: number;
  readonly fromZero: boolean;
  readonly step: boolean;
  readonly state: Freshness;
}

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Runs of neighbouring points in CSS pixels, and the line an area stands on. Pure, so that tests can look at it. */
export function sparklineRuns(
  data: SparklineData,
  size: CanvasSize,
): { readonly runs: readonly (readonly Spot[])[]; readonly baseY: number } {
  let low = data.fromZero ? 0 : Number.POSITIVE_INFINITY;
  let high = data.fromZero ? 0 : Number.NEGATIVE_INFINITY;
  for (const value of data.value) {
    if (value === null) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return { runs: [], baseY: size.height / 2 };
  if (high - low < 1e-9) {
    if (!data.fromZero) low -= 1;
    high += 1;
  }
  const margin = (high - low) * 0.06;
  const top = high + margin;
  const bottom = data.fromZero && low === 0 ? 0 : low - margin;
  const span = Math.max(1, data.toMs - data.fromMs);
  const x = (tMs: number) => 1 + ((tMs - data.fromMs) / span) * (size.width - 5);
  const y = (value: number) => size.height - 2 - ((value - bottom) / (top - bottom)) * (size.height - 4);
  const runs: Spot[][] = [];
  let run: Spot[] = [];
  data.value.forEach((value, index) => {
    const tMs = data.tMs[index];
    if (tMs === undefined || tMs < data.fromMs - span || tMs > data.toMs + span) return;
    if (value === null) {
      run = [];
      return;
    }
    if (run.length === 0) runs.push(run);
    run.push({ x: x(tMs), y: y(value) });
  });
  return { runs, baseY: y(Math.min(Math.max(0, bottom), top)) };
}

/** Draws the picture: area 13 %, line 1.4 px, a dot at the end, a hollow ring when stale, dashes when nothing is known. */
export function drawSparkline(
  context: CanvasRenderingContext2D,
  size: CanvasSize,
  view: { readonly data: SparklineData; readonly color: string; readonly colors: Colors },
): void {
  const { data, color, colors } = view;
  const { runs, baseY } = sparklineRuns(data, size);
  const last = runs.at(-1)?.at(-1);
  if (last === undefined || data.state === "missing")
    drawMissing(context, size, { color: colors.of("--q-missing"), fromX: last === undefined ? 1 : last.x + 4, y: last?.y });
  if (last === undefined) return;
  context.lineJoin = "round";
  context.lineCap = "round";
  context.globalAlpha = data.state === "stale" || data.state === "missing" ? 0.5 : 1;
  if (data.fromZero)
    fillRuns(context, runs, {
      baseY,
      step: data.step,
      paint: data.state === "estimated" ? hatchPattern(context, color, 1) : color,
      alpha: data.state === "estimated" ? 0.6 : 0.13,
    });
  context.strokeStyle = color;
  context.lineWidth = 1.4;
  context.setLineDash(data.state === "estimated" ? [3, 2] : []);
  for (const run of runs) {
    context.beginPath();
    trace(context, run, data.step);
    context.stroke();
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
  drawEnd(context, last, { state: data.state, color, colors });
}

function trace(context: CanvasRenderingContext2D, run: readonly Spot[], step: boolean): void {
  let before: Spot | undefined;
  for (const spot of run) {
    if (before === undefined) context.moveTo(spot.x, spot.y);
    else if (step) context.lineTo(spot.x, before.y);
    context.lineTo(spot.x, spot.y);
    before = spot;
  }
}

function fillRuns(
  context: CanvasRenderingContext2D,
  runs: readonly (readonly Spot[])[],
  how: { baseY: number; step: boolean; paint: string | CanvasPattern; alpha: number },
): void {
  const before = context.globalAlpha;
  context.globalAlpha = before * how.alpha;
  context.fillStyle = how.paint;
  for (const run of runs) {
    const first = run[0];
    const end = run.at(-1);
    if (first === undefined || end === undefined) continue;
    context.beginPath();
    trace(context, run, how.step);
    context.lineTo(end.x, how.baseY);
    context.lineTo(first.x, how.baseY);
    context.fill();
  }
  context.globalAlpha = before;
}

function drawMissing(
  context: CanvasRenderingContext2D,
  size: CanvasSize,
  how: { color: string; fromX: number; y: number | undefined },
): void {
  const y = Math.round(how.y ?? size.height / 2) + 0.5;
  context.strokeStyle = how.color;
  context.lineWidth = 1;
  context.setLineDash([4, 4]);
  context.beginPath();
  context.moveTo(Math.min(how.fromX, size.width - 2), y);
  context.lineTo(size.width - 2, y);
  context.stroke();
  context.setLineDash([]);
}

function drawEnd(context: CanvasRenderingContext2D, at: Spot, how: { state: Freshness; color: string; colors: Colors }): void {
  if (how.state === "missing") return;
  context.beginPath();
  context.arc(at.x, at.y, 2.2, 0, 2 * Math.PI);
  context.fillStyle =
    how.state === "suspect" ? how.colors.of("--q-suspect") : how.state === "stale" ? how.colors.of("--surface-1") : how.color;
  context.fill();
  if (how.state !== "stale") return;
  context.strokeStyle = how.colors.of("--q-stale");
  context.lineWidth = 1;
  context.stroke();
}
