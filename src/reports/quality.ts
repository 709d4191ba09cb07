import type { Intervals } from "#analytics/intervals.ts";
import { qualityOf } from "#analytics/quality-report.ts";
import type { Range } from "#store/store.ts";
import type { QualityReport } from "./plant-answers.ts";

/** Whether the intervals of a range are all there, what is marked, and who said them. */
export function qualityReport(intervals: Intervals, { fromMs, toMs }: Range, grace: QualityReport["grace"]): QualityReport {
  const { expected, observed, missing, missingCount, invalid, excluded, estimated, recovered, uncertain, clockUncertain } =
    qualityOf(intervals);
  const counts = new Uint32Array(256);
  for (let i = 0; i < intervals.layer.length; i++)
    counts[intervals.layer[i] as number] = (counts[intervals.layer[i] as number] as number) + 1;
  const perSource = new Map<string, number>();
  for (const [index, source] of intervals.layers.entries()) perSource.set(source, (perSource.get(source) ?? 0) + (counts[index] as number));
  return {
    ...{ fromMs, toMs, expected, observed, missing, missingCount, invalid, excluded, estimated, recovered, uncertain, clockUncertain },
    perSource: [...perSource].map(([source, count]) => ({ source, count })),
    grace,
  };
}
