import { firstAt } from "./chart-column.ts";
import type { ChartLine } from "./chart-line.ts";
import { clipToPlot, crisp } from "./draw-panel-back.ts";
import { findGaps } from "./gaps.ts";
import { type Frame, factorOf, isBack, type PanelScene } from "./panel-scene.ts";
import type { TimeSpan, TimeTick } from "./time-ticks.ts";
import { durationWords } from "./time-words.ts";
import { unitFamily } from "./unit-scale.ts";

const SUSPECT_BIT = 1;
const BRACKET_LEAST_PX = 5;
const LOW_PX = 70;

/** Above the lines: suspect readings, gaps with their length, levels, the axis of time and the unit. */
export function drawFront(frame: Frame, scene: PanelScene, ticks: readonly TimeTick[]): void {
  const { context } = frame;
  context.save();
  // The dash of the last series would go on into everything else.
  context.setLineDash([]);
  context.font = `${11 * frame.ratio}px ${scene.colors.font}`;
  context.textBaseline = "alphabetic";
  context.save();
  clipToPlot(frame);
  drawLonely(frame, scene);
  drawSuspects(frame, scene);
  drawNow(frame, scene);
  context.restore();
  drawGaps(frame, scene);
  drawThresholds(frame, scene);
  drawTimeAxis(frame, scene, ticks);
  context.fillStyle = scene.colors.of("--text-3");
  context.textAlign = "right";
  context.fillText(scene.unit.unit, frame.left - 7 * frame.ratio, frame.top - 10 * frame.ratio);
  context.restore();
}

/** A reading between two gaps has no line to be seen by: it gets a dot. */
function drawLonely(frame: Frame, scene: PanelScene): void {
  scene.panel.lines.forEach((line, index) => {
    const { tMs, value, broken } = line.column;
    if (isBack(scene, index)) return;
    const factor = factorOf(line, scene.unit);
    frame.context.fillStyle = scene.inks[index]?.stroke ?? scene.colors.of(line.color);
    for (let row = Math.max(0, firstAt(line.column, frame.span.fromMs)); row < tMs.length; row++) {
      if ((tMs[row] ?? 0) > frame.span.toMs) break;
      const alone = (row === 0 || broken[row] === 1) && (row === tMs.length - 1 || broken[row + 1] === 1);
      if (!alone || Number.isNaN(value[row] ?? Number.NaN)) continue;
      frame.context.beginPath();
      frame.context.arc(frame.x(tMs[row] ?? 0), frame.y((value[row] ?? 0) * factor), 1.5 * frame.ratio, 0, 2 * Math.PI);
      frame.context.fill();
    }
  });
}

function drawSuspects(frame: Frame, scene: PanelScene): void {
  const { context } = frame;
  context.fillStyle = scene.colors.of("--q-suspect");
  context.strokeStyle = scene.colors.of("--surface-1");
  context.lineWidth = 1.5 * frame.ratio;
  for (const [index, line] of scene.panel.lines.entries()) {
    if (isBack(scene, index)) continue;
    const factor = factorOf(line, scene.unit);
    const { tMs, value, quality, counted } = line.column;
    for (let row = firstAt(line.column, frame.span.fromMs); row < tMs.length; row++) {
      const t = tMs[row] ?? 0;
      if (t > frame.span.toMs) break;
      const shown = value[row] ?? Number.NaN;
      const doubtful = ((quality[row] ?? 0) & SUSPECT_BIT) !== 0 || counted[row] === 0;
      if (!doubtful || Number.isNaN(shown)) continue;
      context.beginPath();
      context.arc(frame.x(t), frame.y(shown * factor), 3.5 * frame.ratio, 0, 2 * Math.PI);
      context.fill();
      context.stroke();
    }
  }
}

function drawNow(frame: Frame, scene: PanelScene): void {
  if (scene.nowMs <= frame.span.fromMs || scene.nowMs >= frame.span.toMs) return;
  const { context } = frame;
  const x = crisp(frame.x(scene.nowMs), frame.ratio);
  context.strokeStyle = scene.colors.of("--text-3");
  context.lineWidth = frame.ratio;
  context.beginPath();
  context.moveTo(x, frame.top);
  context.lineTo(x, frame.bottom);
  context.stroke();
}

/** Brackets of the panel's first line: with several lines they would stand for none of them. */
function drawGaps(frame: Frame, scene: PanelScene): void {
  const line = scene.panel.lines[0];
  if (line === undefined || line.column.tMs.length === 0) return;
  const { context, ratio } = frame;
  const y = crisp(frame.bottom - 6 * ratio, ratio);
  let wordsUntil = frame.left;
  for (const gap of findGaps(line.column, frame.span, { gapMs: line.gapMs, nowMs: scene.nowMs })) {
    const from = frame.x(gap.fromMs) + ratio;
    const to = frame.x(gap.toMs) - ratio;
    if (to - from < BRACKET_LEAST_PX * ratio) continue;
    context.strokeStyle = scene.colors.of("--q-missing");
    context.lineWidth = ratio;
    context.beginPath();
    context.moveTo(from, y - 4 * ratio);
    context.lineTo(from, y);
    context.lineTo(to, y);
    context.lineTo(to, y - 4 * ratio);
    context.stroke();
    const words = `${gapWord(line, gap)} ${durationWords(gap.toMs - gap.fromMs)}`;
    const half = context.measureText(words).width / 2;
    // A low chart has no room above its lines for words that reach beyond their gap.
    if (frame.bottom - frame.top < LOW_PX * ratio && 2 * half > to - from) continue;
    const middle = Math.min(Math.max((from + to) / 2, frame.left + half + 2), frame.right - half - 2);
    if (middle - half < wordsUntil) continue;
    wordsUntil = middle + half + 8 * ratio;
    label(frame, scene, { words, x: middle, y: y - 9 * ratio, align: "center" });
  }
}

function gapWord({ leftOut, column }: ChartLine, gap: TimeSpan): string {
  if (leftOut === undefined) return "no readings";
  const middle = (gap.fromMs + gap.toMs) / 2;
  const row = firstAt(column, middle);
  // Rows without a value stand in a gap of what came and was left out; in a silence there are none.
  return Number.isNaN(column.value[row] ?? 0) ? leftOut : "no readings";
}

function drawThresholds(frame: Frame, scene: PanelScene): void {
  const { context, ratio } = frame;
  for (const threshold of scene.thresholds) {
    const family = unitFamily(threshold.unit);
    if (family.base !== scene.panel.base) continue;
    const y = crisp(frame.y((threshold.value * family.factor) / scene.unit.factor), ratio);
    if (y < frame.top || y > frame.bottom) continue;
    context.strokeStyle = scene.colors.of(threshold.costs === true ? "--bad" : "--text-2");
    context.lineWidth = ratio;
    context.setLineDash(threshold.costs === true ? [] : [5 * ratio, 3 * ratio]);
    context.beginPath();
    context.moveTo(frame.left, y);
    context.lineTo(frame.right, y);
    context.stroke();
    context.setLineDash([]);
    label(frame, scene, { words: threshold.label, x: frame.right - 4 * ratio, y: y - 5 * ratio, align: "right" });
  }
}

function drawTimeAxis(frame: Frame, scene: PanelScene, ticks: readonly TimeTick[]): void {
  const { context, ratio } = frame;
  const bottom = crisp(frame.bottom, ratio);
  context.strokeStyle = scene.colors.of("--chart-axis");
  context.lineWidth = ratio;
  context.beginPath();
  context.moveTo(frame.left, bottom);
  context.lineTo(frame.right, bottom);
  const zero = frame.y(0);
  if (zero > frame.top && zero < frame.bottom - 2) {
    context.moveTo(frame.left, crisp(zero, ratio));
    context.lineTo(frame.right, crisp(zero, ratio));
  }
  for (const tick of ticks) {
    const x = crisp(frame.x(tick.tMs), ratio);
    context.moveTo(x, frame.bottom);
    context.lineTo(x, frame.bottom + 4 * ratio);
  }
  context.stroke();
  if (!scene.timeLabels) return;
  context.fillStyle = scene.colors.of("--text-3");
  context.textAlign = "left";
  for (const place of placeLabels(frame, ticks)) context.fillText(place.label, place.x, frame.bottom + 15 * ratio);
}

/** Words right of their marks; days win over hours where there is no room for both. */
function placeLabels(frame: Frame, ticks: readonly TimeTick[]): { label: string; x: number }[] {
  const places = ticks.map((tick) => {
    const x = frame.x(tick.tMs) + 4 * frame.ratio;
    return { label: tick.label, strong: tick.strong, x, end: x + frame.context.measureText(tick.label).width };
  });
  const kept: typeof places = [];
  for (const place of places) {
    if (place.end > frame.right + 6 * frame.ratio) continue;
    const last = kept.at(-1);
    if (last === undefined || last.end + 6 * frame.ratio <= place.x) kept.push(place);
    else if (place.strong && !last.strong) kept[kept.length - 1] = place;
  }
  return kept;
}

interface Words {
  readonly words: string;
  readonly x: number;
  readonly y: number;
  readonly align: CanvasTextAlign;
}

function label(frame: Frame, scene: PanelScene, text: Words): void {
  const { context, ratio } = frame;
  context.textAlign = text.align;
  context.lineJoin = "round";
  context.lineWidth = 4 * ratio;
  context.strokeStyle = scene.colors.of("--surface-1");
  context.strokeText(text.words, text.x, text.y);
  context.fillStyle = scene.colors.of("--text-2");
  context.fillText(text.words, text.x, text.y);
}
