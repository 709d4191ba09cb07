import { type Bar, type BarFrame, type BarLine, type BarScene, type BarStyle, barColumns } from "./bar-scene.ts";
import { type Colors, withAlpha } from "./colors.ts";
import { hatchPattern } from "./hatch.ts";
import { numberWords, stepDigits } from "./numbers.ts";

export interface BarView {
  readonly scene: BarScene;
  readonly frame: BarFrame;
  readonly style: BarStyle;
  readonly colors: Colors;
  /** Token of what is behind the chart: words get an edge of it. */
  readonly ground: string;
}

/** Bars thinner than this are drawn as one shape. Units: CSS pixels. */
const THIN_PX = 2.2;

/** Draws the picture: night and grid behind, bars, lines, then levels, notes and axes above. */
export function drawBarChart(context: CanvasRenderingContext2D, view: BarView): void {
  context.font = `${view.style.font}px ${view.colors.font}`;
  context.textBaseline = "alphabetic";
  drawShades(context, view);
  drawGrid(context, view);
  if (isThin(view)) drawEnvelope(context, view);
  else for (const bar of view.scene.bars) drawBar(context, view, bar);
  for (const bar of view.scene.below ?? []) drawBar(context, view, bar);
  for (const bar of isThin(view) ? [] : (view.scene.over ?? [])) drawBar(context, view, bar);
  for (const line of view.scene.lines) drawLine(context, view, line);
  drawPoints(context, view);
  drawMarks(context, view);
  drawLevels(context, view);
  drawTicks(context, view);
  for (const note of view.scene.notes ?? []) {
    words(context, view, { text: note.text, x: view.frame.x(note.x), y: view.frame.y(note.y) - 6, align: note.align, strong: true });
  }
}

function isThin({ scene, frame }: BarView): boolean {
  const bar = scene.bars[0];
  return bar !== undefined && scene.below === undefined && frame.x(bar.x1) - frame.x(bar.x0) < THIN_PX;
}

function drawShades(context: CanvasRenderingContext2D, { scene, frame, colors }: BarView): void {
  context.fillStyle = colors.of("--chart-night");
  for (const shade of scene.shades) {
    const from = Math.max(frame.left, frame.x(shade.x0));
    const to = Math.min(frame.right, frame.x(shade.x1));
    if (to > from) context.fillRect(from, frame.top, to - from, frame.bottom - frame.top);
  }
}

function drawGrid(context: CanvasRenderingContext2D, { scene, frame, style, colors }: BarView): void {
  const step = (frame.values[1] ?? 1) - (frame.values[0] ?? 0);
  context.lineWidth = 1;
  context.textAlign = "right";
  for (const value of frame.values) {
    const y = crisp(frame.y(value));
    context.strokeStyle = colors.of("--chart-grid");
    stroke(context, [frame.left, y], [frame.right, y]);
    context.fillStyle = colors.of("--text-3");
    const shown = scene.below === undefined ? value : Math.abs(value);
    context.fillText(valueWords(shown, step, style.unitBehind === true ? scene.unit : ""), frame.left - 7, y + style.font * 0.34);
  }
  if (style.unitBehind !== true) context.fillText(scene.unit, frame.left - 7, frame.top - style.font * 0.75);
}

function valueWords(value: number, step: number, unit: string): string {
  const words = numberWords(value, stepDigits(step));
  return unit === "" || value === 0 ? words : `${words} ${unit}`;
}

function drawBar(context: CanvasRenderingContext2D, { scene, frame, colors }: BarView, bar: Bar): void {
  if (!Number.isFinite(bar.value)) return;
  const width = frame.x(bar.x1) - frame.x(bar.x0);
  const space = width > 24 ? Math.min(14, width * 0.24) : width > 5 ? 1 : 0.4;
  const left = Math.max(frame.x(bar.x0), frame.left) + space / 2;
  const right = Math.min(frame.x(bar.x1), frame.right) - space / 2;
  const [low, high] = bar.value < 0 ? [bar.value, 0] : [bar.base ?? 0, bar.value];
  const top = frame.y(high);
  const height = frame.y(low) - top;
  if (right <= left || height <= 0) return;
  const color = colors.of(bar.color);
  context.lineWidth = 1;
  if (bar.hatched === true || bar.hollow === true) {
    context.fillStyle = bar.hollow === true ? withAlpha(color, 0.12) : hatchPattern(context, color, 1);
    context.fillRect(left, top, right - left, height);
    context.strokeStyle = color;
    if (right - left > 3) context.strokeRect(left + 0.5, top + 0.5, Math.max(0, right - left - 1), Math.max(0, height - 1));
    return;
  }
  context.fillStyle = withAlpha(color, bar.strong === true ? 1 : scene.bars.length > 40 ? 0.8 : 0.55);
  context.fillRect(left, top, right - left, height);
}

/** More bars than pixels: what lies below all of a pixel's bars is faint, what lies between the lowest and the highest is full. */
function drawEnvelope(context: CanvasRenderingContext2D, view: BarView): void {
  const { frame, scene, colors } = view;
  const { low, high } = barColumns(scene, frame);
  const color = colors.of(scene.bars[0]?.color ?? "--import");
  for (let column = 0; column < high.length; column++) {
    const top = high[column] ?? Number.NaN;
    if (Number.isNaN(top)) continue;
    const foot = low[column] ?? top;
    const x = frame.left + column;
    context.fillStyle = withAlpha(color, 0.16);
    context.fillRect(x, frame.y(foot), 1, frame.bottom - frame.y(foot));
    context.fillStyle = withAlpha(color, 0.85);
    context.fillRect(x, frame.y(top), 1, Math.max(1.4, frame.y(foot) - frame.y(top)));
  }
}

function drawLine(context: CanvasRenderingContext2D, { frame, colors }: BarView, line: BarLine): void {
  const color = colors.of(line.color);
  context.save();
  context.beginPath();
  context.rect(frame.left, frame.top - 6, frame.right - frame.left, frame.bottom - frame.top + 7);
  context.clip();
  for (const run of runsOf(line)) {
    if (line.around !== undefined) fillBand(context, frame, { line, run, fill: withAlpha(color, 0.18) });
    if (line.area === true) fillArea(context, frame, { line, run, fill: withAlpha(color, 0.14) });
    context.beginPath();
    trace(context, frame, { line, run });
    context.setLineDash([...(line.dash ?? [])]);
    context.strokeStyle = color;
    context.lineWidth = 1.5;
    context.lineJoin = "round";
    context.stroke();
    context.setLineDash([]);
  }
  context.restore();
}

/** More points than this side by side are a line already. */
const POINT_LEAST_PX = 5;

function drawPoints(context: CanvasRenderingContext2D, { scene, frame, colors }: BarView): void {
  const points = (scene.points ?? []).filter((point) => frame.x(point.x) >= frame.left - 1 && frame.x(point.x) <= frame.right + 1);
  const small = points.length * POINT_LEAST_PX > frame.right - frame.left;
  for (const point of points) {
    if (small && point.hollow !== true) continue;
    context.beginPath();
    context.arc(frame.x(point.x), frame.y(point.y), 2.6, 0, 2 * Math.PI);
    context.fillStyle = colors.of(point.hollow === true ? "--surface-1" : point.color);
    context.fill();
    context.strokeStyle = colors.of(point.color);
    context.lineWidth = 1.2;
    context.stroke();
  }
}

/** Signs of what happened, on the upper edge; one that would lie on another is told by that one. */
function drawMarks(context: CanvasRenderingContext2D, { scene, frame, style, colors }: BarView): void {
  let free = Number.NEGATIVE_INFINITY;
  for (const mark of (scene.marks ?? []).toSorted((a, b) => a.x - b.x)) {
    const x = frame.x(mark.x);
    if (x < frame.left || x > frame.right) continue;
    if (mark.line === true) {
      context.strokeStyle = withAlpha(colors.of(mark.color), 0.55);
      context.lineWidth = 1;
      context.setLineDash([2, 3]);
      stroke(context, [crisp(x), frame.top], [crisp(x), frame.bottom]);
      context.setLineDash([]);
    }
    if (x < free) continue;
    free = x + style.font;
    context.textAlign = "center";
    context.fillStyle = colors.of(mark.color);
    context.fillText(mark.sign, x, frame.top + style.font * 0.3);
  }
}

interface Run {
  readonly line: BarLine;
  /** Indices from the first up to, not including, the last. */
  readonly run: readonly [number, number];
}

function runsOf(line: BarLine): (readonly [number, number])[] {
  const runs: (readonly [number, number])[] = [];
  let from: number | undefined;
  for (let index = 0; index <= line.x.length; index++) {
    const known = index < line.x.length && Number.isFinite(line.y[index] ?? Number.NaN);
    if (known && from === undefined) from = index;
    if (!known && from !== undefined) {
      runs.push([from, index]);
      from = undefined;
    }
  }
  return runs;
}

function trace(context: CanvasRenderingContext2D, frame: BarFrame, { line, run: [from, to] }: Run): void {
  for (let index = from; index < to; index++) {
    const x = frame.x(line.x[index] ?? 0);
    const y = frame.y(line.y[index] ?? 0);
    if (index === from) context.moveTo(x, y);
    else if (line.shape === "step") context.lineTo(x, frame.y(line.y[index - 1] ?? 0));
    context.lineTo(x, y);
  }
}

function fillArea(context: CanvasRenderingContext2D, frame: BarFrame, part: Run & { readonly fill: string }): void {
  context.beginPath();
  trace(context, frame, part);
  context.lineTo(frame.x(part.line.x[part.run[1] - 1] ?? 0), frame.y(0));
  context.lineTo(frame.x(part.line.x[part.run[0]] ?? 0), frame.y(0));
  context.fillStyle = part.fill;
  context.fill();
}

function fillBand(context: CanvasRenderingContext2D, frame: BarFrame, part: Run & { readonly fill: string }): void {
  const { line, run } = part;
  const edge = (index: number, sign: 1 | -1): [number, number] => [
    frame.x(line.x[index] ?? 0),
    frame.y(Math.max(0, (line.y[index] ?? 0) + sign * (line.around?.[index] ?? 0))),
  ];
  context.beginPath();
  for (let index = run[0]; index < run[1]; index++) context.lineTo(...edge(index, 1));
  for (let index = run[1] - 1; index >= run[0]; index--) context.lineTo(...edge(index, -1));
  context.fillStyle = part.fill;
  context.fill();
}

/** Levels and their names; a name that would lie on another one stands left of it, never on the bars below. */
function drawLevels(context: CanvasRenderingContext2D, view: BarView): void {
  const { scene, frame, style, colors } = view;
  let last: { readonly y: number; readonly left: number } | undefined;
  for (const level of scene.levels.toSorted((a, b) => b.value - a.value)) {
    const y = crisp(frame.y(level.value));
    context.strokeStyle = colors.of(level.costs === true ? "--bad" : "--text-2");
    context.lineWidth = style.font > 20 ? 3 : 1.3;
    context.setLineDash(level.costs === true ? [] : [5, 3]);
    stroke(context, [frame.left, y], [frame.right, y]);
    context.setLineDash([]);
    if (level.label === "") continue;
    const close = last !== undefined && y - 5 - last.y < style.font + 4;
    const at = close && last !== undefined ? { x: last.left - style.font, y: last.y } : { x: frame.right - 4, y: y - 5 };
    last = { y: at.y, left: at.x - context.measureText(level.label).width };
    words(context, view, { text: level.label, ...at, align: "right" });
  }
}

function drawTicks(context: CanvasRenderingContext2D, view: BarView): void {
  const { scene, frame, style, colors } = view;
  context.strokeStyle = colors.of("--chart-axis");
  context.lineWidth = 1;
  stroke(context, [frame.left, crisp(frame.bottom)], [frame.right, crisp(frame.bottom)]);
  if (frame.lowValue < 0) stroke(context, [frame.left, crisp(frame.y(0))], [frame.right, crisp(frame.y(0))]);
  let free = Number.NEGATIVE_INFINITY;
  context.fillStyle = colors.of("--text-3");
  for (const tick of scene.ticks(frame.right - frame.left)) {
    const x = frame.x(tick.x);
    if (x < frame.left - 1 || x > frame.right + 1) continue;
    stroke(context, [crisp(x), frame.bottom], [crisp(x), frame.bottom + 4]);
    const width = context.measureText(tick.label).width;
    const from = Math.min(Math.max(x - width / 2, frame.left - 4), frame.right - width + 2);
    if (from < free) continue;
    free = from + width + 8;
    context.textAlign = "left";
    context.fillText(tick.label, from, frame.bottom + style.font * 1.36);
  }
}

interface Words {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly align: CanvasTextAlign;
  readonly strong?: boolean;
}

function words(context: CanvasRenderingContext2D, { frame, style, colors, ground }: BarView, said: Words): void {
  context.font = `${said.strong === true ? "600 " : ""}${style.font}px ${colors.font}`;
  const width = context.measureText(said.text).width;
  const share = said.align === "right" ? 1 : said.align === "center" ? 0.5 : 0;
  const left = Math.min(Math.max(said.x - width * share, frame.left + 2), Math.max(frame.left + 2, frame.right - width - 2));
  context.textAlign = "left";
  context.lineJoin = "round";
  context.lineWidth = style.font > 20 ? 8 : 4;
  context.strokeStyle = colors.of(ground);
  context.strokeText(said.text, left, said.y);
  context.fillStyle = colors.of(said.strong === true ? "--text-1" : "--text-2");
  context.fillText(said.text, left, said.y);
  context.font = `${style.font}px ${colors.font}`;
}

function stroke(context: CanvasRenderingContext2D, from: readonly [number, number], to: readonly [number, number]): void {
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
}

/** On the middle of a pixel, so that a line of one pixel is sharp. */
const crisp = (value: number): number => Math.round(value) + 0.5;
