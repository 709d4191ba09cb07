import uPlot from "uplot";
import type { StackedPlot } from "./chart-stack.ts";
import { drawBands, drawGround } from "./draw-panel-back.ts";
import { drawFront } from "./draw-panel-front.ts";
import { drawNewest } from "./draw-power.ts";
import { axisTicks, numberWords, stepDigits } from "./numbers.ts";
import { type Frame, frameOf } from "./panel-scene.ts";
import { powerData } from "./power-data.ts";
import { powerFill, powerInk, powerStroke } from "./power-ink.ts";
import { type PowerRanges, type PowerScene, panelSceneOf, powerRanges } from "./power-scene.ts";
import { type TimeSpan, timeTicks } from "./time-ticks.ts";

/** The chart of power and energy, driven from outside like every chart of a stack. */
export interface PowerPlot extends StackedPlot {
  readonly canvas: HTMLCanvasElement;
  show(scene: PowerScene): void;
  resize(width: number, height: number): void;
  destroy(): void;
}

export interface PowerPlotParts {
  readonly host: HTMLElement;
  readonly scene: PowerScene;
  readonly span: TimeSpan;
  readonly onCursor: (tMs: number | undefined) => void;
}

const LINE_PX = 1.4;
const TOP_PX = 22;
const BOTTOM_PX = 20;
const LEFT_PX = 48;
const RIGHT_PX = 40;

/** Builds the chart. Which traces it shows is fixed; for others build another. */
export function powerPlot(parts: PowerPlotParts): PowerPlot {
  let scene = parts.scene;
  let span = parts.span;
  let ranges = powerRanges(scene, span);
  const state = { scene: () => scene, ranges: () => ranges };
  const { clientWidth, clientHeight } = parts.host;
  const size = { width: Math.max(120, clientWidth), height: Math.max(120, clientHeight) };
  const plot = new uPlot({ ...options(state, parts.onCursor), ...size }, powerData(scene), parts.host);
  const scale = () => {
    ranges = powerRanges(scene, span);
    plot.setScale("x", { min: span.fromMs, max: span.toMs });
    plot.setScale("w", { min: ranges.w[0], max: ranges.w[1] });
    plot.setScale("kwh", { min: ranges.kwh[0], max: ranges.kwh[1] });
  };
  plot.batch(scale);
  return {
    area: plot.over,
    canvas: plot.ctx.canvas,
    show(next) {
      scene = next;
      plot.batch(() => {
        plot.setData(powerData(scene), false);
        scale();
      });
    },
    move(next, quick) {
      span = next;
      // On the move lines are one pixel of the screen: without a graphics processor that is many times as fast.
      for (const series of plot.series.slice(1)) series.width = quick ? 1 / uPlot.pxRatio : LINE_PX;
      plot.batch(scale);
    },
    resize: (width, height) => plot.setSize({ width: Math.max(120, width), height: Math.max(120, height) }),
    band(fromX, toX) {
      const left = Math.max(0, Math.min(fromX, toX));
      const right = Math.min(plot.over.clientWidth, Math.max(fromX, toX));
      plot.setSelect({ left, top: 0, width: Math.max(0, right - left), height: right > left ? plot.over.clientHeight : 0 }, false);
    },
    noBand: () => plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false),
    cursor: (x) => plot.setCursor({ left: x, top: 0 }),
    destroy: () => plot.destroy(),
  };
}

interface State {
  readonly scene: () => PowerScene;
  readonly ranges: () => PowerRanges;
}

function options({ scene, ranges }: State, onCursor: PowerPlotParts["onCursor"]): Omit<uPlot.Options, "width" | "height"> {
  const ticksOf = (plot: uPlot) => {
    const { min, max } = plot.scales["x"] ?? {};
    return timeTicks({ fromMs: min ?? 0, toMs: max ?? 0 }, plot.over.clientWidth, scene().clock);
  };
  const energy = scene().shown.has("energy");
  return {
    padding: [TOP_PX, energy ? 0 : 10, BOTTOM_PX, 0],
    legend: { show: false },
    scales: { x: { time: false, auto: false }, w: { auto: false }, kwh: { auto: false } },
    series: [{}, ...seriesOf(scene)],
    axes: [{ show: false }, wattAxis(scene), { ...energyAxis(scene, ranges), show: energy }],
    cursor: {
      y: false,
      drag: { x: false, y: false, setScale: false },
      points: {
        size: 8,
        width: 1.5,
        fill: (plot, index) => powerInk(scene(), plot.series[index]?.label as string),
        stroke: () => scene().colors.of("--surface-1"),
      },
    },
    hooks: {
      drawClear: [(plot) => drawGround(wattFrame(plot), panelSceneOf(scene(), ""), ticksOf(plot))],
      drawAxes: [(plot) => drawTwoBands(wattFrame(plot), scene())],
      draw: [
        (plot) => {
          const frame = wattFrame(plot);
          drawFront(frame, panelSceneOf(scene(), scene().colors.of("--import")), ticksOf(plot));
          drawNewest(frame, scene(), (kwh) => plot.valToPos(kwh, "kwh", true));
        },
      ],
      setCursor: [
        (plot) => {
          const left = plot.cursor.left ?? -1;
          onCursor(left < 0 ? undefined : plot.posToVal(left, "x"));
        },
      ],
    },
  };
}

const wattFrame = (plot: uPlot): Frame => frameOf(plot, uPlot.pxRatio, "w");

/** From the lowest to the highest reading of each row: bought and sold each in their own ink, and hatched where nothing was measured. */
function drawTwoBands(frame: Frame, scene: PowerScene): void {
  const zero = Math.min(frame.bottom, Math.max(frame.top, frame.y(0)));
  const half = (token: string, top: number, bottom: number) => {
    if (bottom <= top) return;
    frame.context.save();
    frame.context.beginPath();
    frame.context.rect(frame.left, top, frame.right - frame.left, bottom - top);
    frame.context.clip();
    drawBands(frame, panelSceneOf(scene, scene.colors.of(token)));
    frame.context.restore();
  };
  if (scene.shown.has("bought")) half("--import", frame.top, zero);
  if (scene.shown.has("sold")) half("--export", zero, frame.bottom);
}

function seriesOf(scene: () => PowerScene): uPlot.Series[] {
  const { shown, rows } = scene();
  // Power of a step held until its end; what a register shows stands from there on.
  const stepped = (align: 1 | -1) => {
    const paths = rows.derived ? uPlot.paths.stepped?.({ align }) : undefined;
    return paths === undefined ? {} : { paths };
  };
  const steps = stepped(-1);
  const line = (label: string, more: Partial<uPlot.Series>): uPlot.Series => ({
    label,
    scale: "w",
    width: LINE_PX,
    points: { show: false },
    stroke: () => powerInk(scene(), label),
    ...more,
  });
  return [
    line("power", {
      show: shown.has("bought") || shown.has("sold"),
      stroke: (plot) => powerStroke(plot, scene()),
      fill: (plot) => powerFill(plot, scene()),
      fillTo: 0,
      ...steps,
    }),
    line("energy", { show: shown.has("energy"), scale: "kwh", ...stepped(1) }),
    ...rows.phasesW.map((_, index) =>
      line(`L${index + 1}`, { show: shown.has("phases"), dash: [...(PHASE_DASHES[index] ?? [])], ...steps }),
    ),
    line("typical", { show: shown.has("typical"), dash: [4, 3] }),
  ];
}

const PHASE_DASHES: readonly (readonly number[])[] = [[], [6, 3], [2, 2]];

function wattAxis(scene: () => PowerScene): uPlot.Axis {
  return {
    scale: "w",
    size: LEFT_PX,
    gap: 7,
    font: `11px ${scene().colors.font}`,
    stroke: () => scene().colors.of("--text-3"),
    grid: { stroke: () => scene().colors.of("--chart-grid"), width: 1 },
    ticks: { show: false },
    splits: (plot, _axis, low, high) => axisTicks(low, high, Math.max(2, Math.round(plot.over.clientHeight / 48))),
    values: (_plot, splits) => splits.map((value) => numberWords(value, stepDigits((splits[1] ?? 1) - (splits[0] ?? 0)))),
  };
}

/** Counts from the beginning of the window, and only upwards. */
function energyAxis(scene: () => PowerScene, ranges: () => PowerRanges): uPlot.Axis {
  return {
    scale: "kwh",
    side: 1,
    size: RIGHT_PX,
    gap: 7,
    font: `11px ${scene().colors.font}`,
    stroke: () => scene().colors.of("--text-3"),
    grid: { show: false },
    ticks: { show: false },
    splits: (plot, _axis, _low, high) => {
      const { baseKwh, w } = ranges();
      const share = w[1] / (w[1] - w[0]);
      const count = Math.max(2, Math.round((plot.over.clientHeight * share) / 48));
      return axisTicks(0, high - baseKwh, count).map((tick) => tick + baseKwh);
    },
    values: (_plot, splits) => {
      const step = stepDigits(Number(((splits[1] ?? 1) - (splits[0] ?? 0)).toPrecision(6)));
      return splits.map((value) => numberWords(Number((value - ranges().baseKwh).toPrecision(9)), step));
    },
  };
}
