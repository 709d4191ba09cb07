import type { IntervalRow } from "#contract/plant-intervals.ts";

/** A stretch of intervals in a row that were taken from one source in one way. */
export interface Run {
  readonly fromMs: number;
  readonly toMs: number;
  readonly intervals: number;
  readonly estimated: boolean;
}

/** The runs of one source, or of nobody. */
export interface Lane {
  /** null for the intervals nobody spoke of. */
  readonly source: string | null;
  readonly intervals: number;
  readonly runs: readonly Run[];
}

/**
 * Intervals by the source each was taken from, joined where they touch. Sources come in the order given, others behind them,
 * and last the intervals nobody spoke of, where there are some.
 */
export function lanesOf(rows: readonly IntervalRow[], order: readonly string[]): Lane[] {
  const lanes = new Map<string | null, { intervals: number; runs: Run[] }>();
  for (const source of order) lanes.set(source, { intervals: 0, runs: [] });
  for (const row of [...rows].sort((a, b) => a.endMs - b.endMs)) {
    const lane = lanes.get(row.source) ?? { intervals: 0, runs: [] };
    lanes.set(row.source, lane);
    lane.intervals++;
    const last = lane.runs.at(-1);
    if (last !== undefined && last.toMs === row.startMs && last.estimated === row.estimated) {
      lane.runs[lane.runs.length - 1] = { ...last, toMs: row.endMs, intervals: last.intervals + 1 };
    } else lane.runs.push({ fromMs: row.startMs, toMs: row.endMs, intervals: 1, estimated: row.estimated });
  }
  const nobody = lanes.get(null);
  lanes.delete(null);
  const spoken = [...lanes].map(([source, lane]): Lane => ({ source, ...lane }));
  return nobody === undefined ? spoken : [...spoken, { source: null, ...nobody }];
}
