import type { Intervals } from "#analytics/intervals.ts";
import { QUALITY } from "#series/quality.ts";
import { countWith, NO_LAYER, observedCount } from "./interval-columns.ts";
import type { QualityReport } from "./plant-answers.ts";

type Missing = QualityReport["missing"][number];

/** Whether the intervals that are over are all there, and what is marked. */
export function qualityOf(intervals: Intervals, range: { fromMs: number; toMs: number }): Omit<QualityReport, "grace"> {
  const { quality, layer, layers, tMs } = intervals;
  const missing = missingRuns(intervals);
  return {
    ...range,
    expected: tMs.length,
    observed: observedCount(layer),
    missing,
    missingCount: missing.reduce((sum, run) => sum + run.count, 0),
    invalid: countWith(quality, QUALITY.invalidAlarm),
    excluded: countWith(quality, QUALITY.excludedFromDemand),
    estimated: countWith(quality, QUALITY.filled),
    recovered: countWith(quality, QUALITY.recoveredAfterGap),
    uncertain: uncertainCount(intervals.possibleKw),
    clockUncertain: countWith(quality, QUALITY.clockUncertain),
    perSource: layers.map((source, index) => ({ source, count: layer.reduce((sum, one) => sum + (one === index ? 1 : 0), 0) })),
  };
}

/** Intervals side by side that nobody said anything about. */
function missingRuns({ tMs, layer, lengthMs }: Intervals): Missing[] {
  const runs: { fromMs: number; toMs: number; count: number }[] = [];
  for (let i = 0; i < tMs.length; i++) {
    if (layer[i] !== NO_LAYER) continue;
    const endMs = tMs[i] as number;
    const last = runs.at(-1);
    if (last !== undefined && last.toMs === endMs - lengthMs) {
      last.toMs = endMs;
      last.count++;
    } else runs.push({ fromMs: endMs - lengthMs, toMs: endMs, count: 1 });
  }
  return runs;
}

function uncertainCount(possibleKw: Float64Array): number {
  let count = 0;
  for (let i = 0; i < possibleKw.length; i++) if (!Number.isNaN(possibleKw[i])) count++;
  return count;
}
