import type { PlantInfo, RunningAnswer } from "#contract/plant.ts";
import type { IntervalRow } from "#contract/plant-intervals.ts";
import type { Bar, BarLevel, BarScene, BarTick } from "#web/charts/bar-scene.ts";
import { timeShades, timeTicks } from "#web/charts/time-ticks.ts";
import type { ZoneClock } from "#web/charts/zone-clock.ts";
import { demandText } from "./figures.ts";

/** An interval as a bar: hollow where it does not count as demand, hatched where it is estimated. */
export function intervalBar(row: IntervalRow): Bar {
  const counts = row.demandKw !== null;
  return {
    x0: row.startMs,
    x1: row.endMs,
    value: row.powerKw ?? Number.NaN,
    color: "--import",
    ...(row.estimated || row.quality.includes("recoveredAfterGap") ? { hatched: true } : {}),
    ...(counts || row.powerKw === null ? {} : { hollow: true }),
  };
}

/** The interval that runs: what is in the meter is a bar, what is projected stands hatched on it. */
export function runningBars(running: RunningAnswer): Bar[] {
  const { fromMs, toMs, energyKwh } = running.interval;
  const hours = (toMs - fromMs) / 3_600_000;
  const soFar = energyKwh === null ? 0 : energyKwh / hours;
  const end = running.live.stale ? null : running.projection.kw;
  const bars: Bar[] = [{ x0: fromMs, x1: toMs, value: end ?? soFar, color: "--import", hatched: end !== null }];
  return end !== null && end > soFar ? [{ x0: fromMs, x1: toMs, value: end, color: "--import", hatched: true }] : bars;
}

/** The levels of a running interval as lines of a chart. */
export function levelLines(running: RunningAnswer | undefined, plant: Pick<PlantInfo, "pulseKw">): BarLevel[] {
  return (running?.levels ?? []).map((level) => ({
    value: level.kw,
    label: `${level.level === "raises-bill" ? "raises the bill" : "highest"} ${demandText(level.kw, plant)}`,
    ...(level.level === "raises-bill" ? { costs: true } : {}),
  }));
}

/** A scene over a stretch of the plant's clock, with its nights and weekends. */
export function timeScene(
  span: { readonly fromMs: number; readonly toMs: number },
  clock: ZoneClock,
  parts: Partial<Pick<BarScene, "bars" | "lines" | "levels" | "notes">>,
): BarScene {
  return {
    fromX: span.fromMs,
    toX: span.toMs,
    unit: "kW",
    bars: [],
    lines: [],
    levels: [],
    ...parts,
    shades: timeShades(span, clock).map((shade) => ({ x0: shade.fromMs, x1: shade.toMs })),
    ticks: (widthPx) => timeTicks(span, widthPx, clock).map(({ tMs, label, strong }): BarTick => ({ x: tMs, label, strong })),
  };
}
