import { withAlpha } from "./colors.ts";
import type { GroundSpan } from "./ground-span.ts";
import { hatchPattern } from "./hatch.ts";
import type { Frame, PanelScene } from "./panel-scene.ts";

/** Where the lines are meant to be, as a band between its edges. */
export function drawTarget(frame: Frame, scene: PanelScene): void {
  const { target, colors } = scene;
  if (target === undefined) return;
  const beyond = target.beyond ?? 0;
  for (let step = 0; step < target.low.length; step++) {
    const low = target.low[step] ?? Number.NaN;
    const high = target.high[step] ?? Number.NaN;
    const [fromMs, toMs] = [target.tMs[step] ?? 0, target.tMs[step + 1] ?? 0];
    if (!(high >= low) || toMs < frame.span.fromMs || fromMs > frame.span.toMs) continue;
    const box = { left: Math.max(frame.left, frame.x(fromMs)), right: Math.min(frame.right, frame.x(toMs)) };
    const color = colors.of("--chart-target");
    if (beyond > 0) {
      frame.context.fillStyle = withAlpha(color, 0.05);
      fillBetween(frame, box, [low - beyond, low]);
      fillBetween(frame, box, [high, high + beyond]);
    }
    frame.context.fillStyle = withAlpha(color, 0.13);
    fillBetween(frame, box, [low, high]);
  }
}

function fillBetween(frame: Frame, { left, right }: { left: number; right: number }, [low, high]: readonly [number, number]): void {
  const top = Math.max(frame.top, frame.y(high));
  const bottom = Math.min(frame.bottom, frame.y(low));
  if (right > left && bottom > top) frame.context.fillRect(left, top, right - left, bottom - top);
}

/** The stretches of a page; each kind is named once, where there is room, on the topmost chart. */
export function drawGroundSpans(frame: Frame, scene: PanelScene, spans: readonly GroundSpan[]): void {
  const { context, ratio } = frame;
  const named = new Set<string>();
  for (const span of spans) {
    const from = Math.round(Math.max(frame.left, frame.x(span.fromMs)));
    const to = Math.round(Math.min(frame.right, frame.x(span.toMs)));
    if (to <= from) continue;
    context.fillStyle =
      span.look === "shade"
        ? scene.colors.of("--chart-night")
        : hatchPattern(context, withAlpha(scene.colors.of("--chart-axis"), 0.5), ratio);
    context.fillRect(from, frame.top, to - from, frame.bottom - frame.top);
    if (!scene.first || named.has(span.label)) continue;
    context.font = `${11 * ratio}px ${scene.colors.font}`;
    if (to - from < context.measureText(span.label).width + 10 * ratio) continue;
    named.add(span.label);
    label(frame, scene, { words: span.label, x: from + 5 * ratio });
  }
}

function label(frame: Frame, scene: PanelScene, { words, x }: { readonly words: string; readonly x: number }): void {
  const { context, ratio } = frame;
  const y = frame.top + 12 * ratio;
  context.textAlign = "left";
  context.textBaseline = "alphabetic";
  context.lineJoin = "round";
  context.lineWidth = 4 * ratio;
  context.strokeStyle = scene.colors.of("--surface-1");
  context.strokeText(words, x, y);
  context.fillStyle = scene.colors.of("--text-3");
  context.fillText(words, x, y);
}
