import type { ChartColumn } from "./chart-column.ts";
import { firstAt } from "./chart-column.ts";
import type { ChartLine } from "./chart-line.ts";
import type { Colors } from "./colors.ts";
import { valueTicks } from "./numbers.ts";
import { type PanelScene, padRange, visibleRows } from "./panel-scene.ts";
import type { TimeSpan } from "./time-ticks.ts";
import type { ZoneClock } from "./zone-clock.ts";

/** What can be shown or hidden on a chart of power. */
export type PowerTrace = "bought" | "sold" | "energy" | "typical" | "phases";

/**
 * Power at a grid meter with the energy that was bought meanwhile.
 * Shape:   `boughtKwh`, `soldKwh` and `phasesW` have a value for each row of `power`.
 * Units:   W, bought above zero and sold below; energy in kWh since the first row began.
 * Missing: NaN.
 */
export interface PowerRows {
  readonly power: ChartColumn;
  readonly boughtKwh: Float64Array;
  readonly soldKwh: Float64Array;
  /** Three, or none. */
  readonly phasesW: readonly Float64Array[];
  /** From this distance between two readings on, nothing was heard in between. */
  readonly gapMs: number;
  /** Power follows from the register: it holds between two readings, and so do both lines. */
  readonly derived: boolean;
}

export interface TypicalCurve {
  readonly tMs: readonly number[];
  readonly powerW: readonly (number | null)[];
}

/** Everything the picture depends on besides the visible span. */
export interface PowerScene {
  readonly rows: PowerRows;
  readonly typical: TypicalCurve;
  readonly shown: ReadonlySet<PowerTrace>;
  /** Upper end of the axis where it is fixed. Units: W. */
  readonly fixedW: number | undefined;
  /** The register counts whole kWh: energy has no digits behind the point. */
  readonly wholeKwh: boolean;
  readonly clock: ZoneClock;
  readonly colors: Colors;
  readonly nowMs: number;
}

/** Low and high end of an axis of W, and of the one of kWh with its zero at the same height. */
export interface PowerRanges {
  readonly w: readonly [number, number];
  readonly kwh: readonly [number, number];
  /** Energy that was bought before the window began: the axis counts from there. */
  readonly baseKwh: number;
}

/** The line of power as charts of any series know it. */
export function powerLine(rows: PowerRows): ChartLine {
  return {
    key: "power",
    label: "Power",
    unit: "W",
    color: "--import",
    shape: rows.derived ? "back" : "line",
    fromZero: true,
    digits: 0,
    column: rows.power,
    gapMs: rows.gapMs,
  };
}

/** Digits of an amount of energy: a register's three below ten, one below a hundred, none above; a meter of whole kWh has none. */
export function energyDigits(kwh: number, whole = false): number {
  if (whole) return 0;
  const size = Math.abs(kwh);
  return size < 9.9995 ? 3 : size < 99.95 ? 1 : 0;
}

/** The same scene as the parts of a chart of series draw it, in one ink. */
export function panelSceneOf(scene: PowerScene, stroke: string): PanelScene {
  return {
    panel: { base: "W", register: false, lines: [powerLine(scene.rows)] },
    inks: [{ stroke, dash: [] }],
    unit: { unit: "W", factor: 1 },
    thresholds: [],
    clock: scene.clock,
    colors: scene.colors,
    nowMs: scene.nowMs,
    emphasis: undefined,
    first: true,
    timeLabels: true,
  };
}

/** Both axes for what a span shows. The zeros stand at one height; a fixed axis still goes below zero where something is sold. */
export function powerRanges(scene: PowerScene, span: TimeSpan): PowerRanges {
  const [low, high] = wattRange(scene, span);
  const baseKwh = energyAt(scene.rows, span.fromMs) ?? 0;
  const most = Math.max(0, (energyAt(scene.rows, Math.min(span.toMs, lastMs(scene.rows))) ?? baseKwh) - baseKwh);
  const top = energyTop(most);
  return { w: [low, high], kwh: [baseKwh + (low / high) * top, baseKwh + top], baseKwh };
}

function wattRange({ rows, typical, shown, fixedW }: PowerScene, span: TimeSpan): readonly [number, number] {
  let low = 0;
  let high = 0;
  const see = (value: number) => {
    if (value < low) low = value;
    if (value > high) high = value;
  };
  const [from, to] = visibleRows(rows.power, span);
  for (let row = from; row < to; row++) {
    // The neighbours outside are drawn towards, but not looked at.
    if ((rows.power.endMs[row] ?? 0) < span.fromMs || (rows.power.startMs[row] ?? 0) > span.toMs) continue;
    if (shown.has("sold")) see(Math.min(0, rows.power.min[row] ?? 0));
    if (shown.has("bought")) see(Math.max(0, rows.power.max[row] ?? 0));
    if (shown.has("phases")) for (const phase of rows.phasesW) see(phase[row] ?? 0);
  }
  if (shown.has("typical")) {
    typical.tMs.forEach((t, index) => {
      if (t >= span.fromMs && t <= span.toMs) see(typical.powerW[index] ?? 0);
    });
  }
  const [bottom, top] = padRange(low, Math.max(high, LEAST_TOP_W), true);
  return fixedW === undefined ? [bottom, top] : [bottom, fixedW];
}

/** A house at rest must not look like one at work. */
const LEAST_TOP_W = 20;

/** A round top somewhat above the most, so that the curve leaves room for its own number. */
function energyTop(most: number): number {
  if (!(most > 0)) return 1;
  const ticks = valueTicks(0, most, 4);
  const step = ticks.length > 1 ? (ticks[1] ?? 0) - (ticks[0] ?? 0) : most;
  return Math.ceil((most * 1.12) / step) * step;
}

/**
 * Energy bought since the first row began, at an instant: straight between the ends of two rows, because a row tells what
 * was bought by its end. Missing: undefined without rows.
 */
export function energyAt({ power, boughtKwh }: Pick<PowerRows, "power" | "boughtKwh">, tMs: number): number | undefined {
  let next = Math.max(0, firstAt(power, tMs) - 1);
  while (next < boughtKwh.length && ((power.endMs[next] ?? 0) < tMs || Number.isNaN(boughtKwh[next] ?? Number.NaN))) next += 1;
  let before = Math.min(next, boughtKwh.length) - 1;
  while (before >= 0 && Number.isNaN(boughtKwh[before] ?? Number.NaN)) before -= 1;
  const a = boughtKwh[before];
  const b = boughtKwh[next];
  if (a === undefined) return b === undefined ? undefined : beforeFirst(power, b, tMs);
  if (b === undefined) return a;
  const from = power.endMs[before] ?? 0;
  const to = power.endMs[next] ?? 0;
  return to > from ? a + ((b - a) * Math.max(0, tMs - from)) / (to - from) : b;
}

/** Inside the first row it grows from nothing; before it nothing was bought that is known. */
function beforeFirst({ startMs, endMs }: ChartColumn, first: number, tMs: number): number {
  const from = startMs[0] ?? 0;
  const to = endMs[0] ?? 0;
  return to > from ? first * Math.min(1, Math.max(0, (tMs - from) / (to - from))) : first;
}

/** End of the last row; minus infinity without one. */
export function lastMs({ power }: Pick<PowerRows, "power">): number {
  return power.endMs[power.endMs.length - 1] ?? Number.NEGATIVE_INFINITY;
}
