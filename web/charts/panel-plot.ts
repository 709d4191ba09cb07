import uPlot from "uplot";
import { withAlpha } from "./colors.ts";
import { drawBands, drawGround } from "./draw-panel-back.ts";
import { drawFront } from "./draw-panel-front.ts";
import { axisTicks, numberWords, stepDigits } from "./numbers.ts";
import { panelData } from "./panel-data.ts";
import { frameOf, isBack, type PanelScene, valueRange } from "./panel-scene.ts";
import { type TimeSpan, timeTicks } from "./time-ticks.ts";

/** One chart of the stack, driven from outside: it never changes its own span. */
export interface PanelPlot {
  /** The element pointers are caught on: exactly the plotting area. */
  readonly area: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  show(scene: PanelScene): void;
  /** Moves the window; drawn in the next microtask. `quick` while it is still on the move. */
  move(span: TimeSpan, quick: boolean): void;
  resize(width: number, height: number): void;
  /** A band over the picture, in CSS pixels of the plotting area; undefined takes it away. */
  band(fromX: number, toX: number): void;
  noBand(): void;
  cursor(x: number): void;
  destroy(): void;
}

export interface PanelPlotParts {
  readonly host: HTMLElement;
  readonly scene: PanelScene;
  readonly span: TimeSpan;
  readonly width: number;
  readonly height: number;
  /** Width of the value axis, the same for all charts of a stack. */
  readonly axisPx: number;
  /** Charts with one key share the cursor. */
  readonly syncKey: string;
  readonly onCursor: (tMs: number | undefined) => void;
}

const LINE_PX = 1.5;
const TOP_PX = 20;
const RIGHT_PX = 8;
const BOTTOM_PX = 20;
const BOTTOM_BARE_PX = 10;

/** Builds the chart of one panel. The number and ink of its lines are fixed; for other lines build another. */
export function panelPlot(parts: PanelPlotParts): PanelPlot {
  let scene = parts.scene;
  let span = parts.span;
  const plot = new uPlot(
    options(parts, () => scene),
    panelData(scene),
    parts.host,
  );
  const move = (quick: boolean) => {
    for (const [index, series] of plot.series.entries()) if (index > 0) paceSeries(series, scene.inks[index - 1]?.dash ?? [], quick);
    const [low, high] = valueRange(scene, span);
    plot.batch(() => {
      plot.setScale("x", { min: span.fromMs, max: span.toMs });
      plot.setScale("y", { min: low, max: high });
    });
  };
  move(false);
  return {
    area: plot.over,
    canvas: plot.ctx.canvas,
    show(next) {
      scene = next;
      const [low, high] = valueRange(scene, span);
      plot.batch(() => {
        plot.setData(panelData(scene), false);
        plot.setScale("x", { min: span.fromMs, max: span.toMs });
        plot.setScale("y", { min: low, max: high });
      });
    },
    move(next, quick) {
      span = next;
      move(quick);
    },
    resize: (width, height) => plot.setSize({ width, height }),
    band(fromX, toX) {
      const left = Math.max(0, Math.min(fromX, toX));
      const right = Math.min(plot.over.clientWidth, Math.max(fromX, toX));
      const height = plot.over.clientHeight;
      plot.setSelect({ left, top: 0, width: Math.max(0, right - left), height: right > left ? height : 0 }, false);
    },
    noBand: () => plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false),
    cursor: (x) => plot.setCursor({ left: x, top: 0 }),
    destroy: () => plot.destroy(),
  };
}

/**
 * On the move lines are one pixel of the screen and undashed: without a graphics processor that is twenty times as fast,
 * and a thousand points still move at full rate. At rest they have their width again.
 */
function paceSeries(series: uPlot.Series, dash: readonly number[], quick: boolean): void {
  series.width = quick ? 1 / uPlot.pxRatio : LINE_PX;
  series.dash = quick ? [] : [...dash];
}

function options(parts: PanelPlotParts, scene: () => PanelScene): uPlot.Options {
  const now = scene();
  const ticksOf = (plot: uPlot) => {
    const { min, max } = plot.scales["x"] ?? {};
    return timeTicks({ fromMs: min ?? 0, toMs: max ?? 0 }, plot.over.clientWidth, scene().clock);
  };
  return {
    width: parts.width,
    height: parts.height,
    padding: [TOP_PX, RIGHT_PX, now.timeLabels ? BOTTOM_PX : BOTTOM_BARE_PX, 0],
    legend: { show: false },
    scales: { x: { time: false, auto: false }, y: { auto: false } },
    series: [{}, ...now.panel.lines.map((_, index) => seriesOptions(scene, index))],
    axes: [{ show: false }, valueAxis(scene, parts.axisPx)],
    cursor: {
      y: false,
      drag: { x: false, y: false, setScale: false },
      sync: { key: parts.syncKey, setSeries: false },
      points: {
        size: 8,
        width: 1.5,
        fill: (_, index) => scene().inks[index - 1]?.stroke ?? "",
        stroke: () => scene().colors.of("--surface-1"),
      },
    },
    hooks: {
      drawClear: [(plot) => drawGround(frameOf(plot, uPlot.pxRatio), scene(), ticksOf(plot))],
      drawAxes: [(plot) => drawBands(frameOf(plot, uPlot.pxRatio), scene())],
      draw: [(plot) => drawFront(frameOf(plot, uPlot.pxRatio), scene(), ticksOf(plot))],
      setCursor: [
        (plot) => {
          const left = plot.cursor.left ?? -1;
          parts.onCursor(left < 0 ? undefined : plot.posToVal(left, "x"));
        },
      ],
    },
  };
}

function seriesOptions(scene: () => PanelScene, index: number): uPlot.Series {
  const line = scene().panel.lines[index];
  const stepped = uPlot.paths.stepped;
  const held = line?.shape === "hold" ? stepped?.({ align: 1 }) : line?.shape === "back" ? stepped?.({ align: -1 }) : undefined;
  return {
    stroke: () => withAlpha(scene().inks[index]?.stroke ?? "", isBack(scene(), index) ? 0.18 : 1),
    width: LINE_PX,
    dash: [...(scene().inks[index]?.dash ?? [])],
    points: { show: false },
    ...(held === undefined ? {} : { paths: held }),
  };
}

function valueAxis(scene: () => PanelScene, axisPx: number): uPlot.Axis {
  return {
    size: axisPx,
    gap: 7,
    font: `11px ${scene().colors.font}`,
    stroke: () => scene().colors.of("--text-3"),
    grid: { stroke: () => scene().colors.of("--chart-grid"), width: 1 },
    ticks: { show: false },
    splits: (plot, _axis, low, high) => axisTicks(low, high, Math.max(2, Math.round(plot.over.clientHeight / 52))),
    values: (_plot, splits) => {
      const step = splits.length > 1 ? (splits[1] ?? 0) - (splits[0] ?? 0) : 1;
      return splits.map((value) => numberWords(value, stepDigits(step)));
    },
  };
}
