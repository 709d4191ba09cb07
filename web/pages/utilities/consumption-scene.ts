import type { Bar, BarMark, BarPoint, BarScene } from "#web/charts/bar-scene.ts";
import { type TimeSpan, timeShades, timeTicks } from "#web/charts/time-ticks.ts";
import { HOUR_MS, type ZoneClock } from "#web/charts/zone-clock.ts";
import { unitText } from "#web/parts/format-number.ts";
import type { ConsumptionRow } from "./row-words.ts";

interface SceneParts {
  readonly rows: readonly ConsumptionRow[];
  readonly span: TimeSpan;
  readonly unit: string;
  /** A token of the theme. */
  readonly color: string;
  readonly clock: ZoneClock;
}

/** What happened in a row, by a sign above it and in words for the legend; the first that fits is shown. */
export const SIGNS: readonly (readonly [ConsumptionRow["flags"][number], Omit<BarMark, "x">, string])[] = [
  ["belowZero", { sign: "✕", color: "--bad" }, "below zero: a meter is wrong"],
  ["leftOut", { sign: "●", color: "--q-suspect" }, "implausible reading left out"],
  ["replaced", { sign: "⇄", color: "--text-1", line: true }, "replaced"],
  ["reset", { sign: "↺", color: "--text-2", line: true }, "set back"],
  ["corrected", { sign: "✎", color: "--accent" }, "corrected"],
  ["incomplete", { sign: "◌", color: "--text-3" }, "partly unknown"],
];

/** Amounts as bars: the measured part in full ink, the filled part hatched above it, nothing where nobody knows; below zero it hangs. */
export function consumptionScene({ rows, span, unit, color, clock }: SceneParts): BarScene {
  const negative = rows.some((row) => (row.amount ?? 0) < 0);
  const bar = (row: ConsumptionRow, value: number, more: Partial<Bar> = {}): Bar => ({
    x0: row.fromMs,
    x1: row.toMs,
    value,
    color,
    ...more,
  });
  const isFilled = (row: ConsumptionRow) => (row.measured ?? 0) < (row.amount ?? 0) * 0.9995;
  return {
    fromX: span.fromMs,
    toX: span.toMs,
    unit: unitText(unit),
    bars: rows.map((row) =>
      row.amount === null || row.amount < 0
        ? bar(row, Number.NaN)
        : bar(row, row.amount, isFilled(row) ? { hatched: true } : { strong: true }),
    ),
    over: rows
      .filter((row) => row.amount !== null && row.amount > 0 && isFilled(row) && (row.measured ?? 0) > 0)
      .map((row) => bar(row, row.measured ?? 0, { strong: true })),
    ...(negative
      ? { below: rows.filter((row) => (row.amount ?? 0) < 0).map((row) => bar(row, row.amount ?? 0, { color: "--bad", strong: true })) }
      : {}),
    marks: rows.flatMap((row) => markOf(row)),
    lines: [],
    levels: [],
    shades: timeShades(span, clock).map((shade) => ({ x0: shade.fromMs, x1: shade.toMs })),
    ticks: (widthPx) => ticksOf({ rows, span, clock }, widthPx),
  };
}

function markOf(row: ConsumptionRow): BarMark[] {
  const found = SIGNS.find(([flag]) => row.flags.includes(flag));
  return found === undefined || row.amount === null ? [] : [{ x: (row.fromMs + row.toMs) / 2, ...found[1] }];
}

/** Names of days, months and years stand below the middle of their bars, those of hours at their instants. */
function ticksOf({ rows, span, clock }: Pick<SceneParts, "rows" | "span" | "clock">, widthPx: number) {
  return timeTicks(span, widthPx, clock)
    .filter((tick) => tick.tMs < span.toMs)
    .map(({ tMs, label }) => {
      const row = rows.find(({ fromMs }) => fromMs === tMs);
      const long = row !== undefined && row.toMs - row.fromMs > 20 * HOUR_MS;
      return { x: long ? (row.fromMs + row.toMs) / 2 : tMs, label };
    });
}

/** What the dial showed at the end of each row, with the readings that were taken: a line of its own scale, for its zero is far away. */
export function registerScene(parts: SceneParts & { readonly readings: readonly BarPoint[] }): BarScene {
  const { rows, span, unit, color, clock, readings } = parts;
  const known = [...rows.map((row) => row.register).filter((value) => value !== null), ...readings.map((point) => point.y)];
  const least = known.length === 0 ? 0 : Math.min(...known);
  const most = known.length === 0 ? 1 : Math.max(...known);
  return {
    fromX: span.fromMs,
    toX: span.toMs,
    unit: unitText(unit),
    bars: rows.map((row) => ({ x0: row.fromMs, x1: row.toMs, value: Number.NaN, color })),
    lines: [{ x: rows.map((row) => row.toMs), y: rows.map((row) => row.register ?? Number.NaN), shape: "line", color }],
    points: readings,
    levels: [],
    shades: [],
    fromValue: Math.max(0, least - 0.06 * (most - least)),
    ticks: (widthPx) => ticksOf({ rows, span, clock }, widthPx),
  };
}
