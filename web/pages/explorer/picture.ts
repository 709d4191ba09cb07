import type { ColumnAnswer, ColumnsAnswer, LiveValue } from "#contract/series.ts";
import { type ChartColumn, chartColumn, EMPTY_COLUMN } from "#web/charts/chart-column.ts";
import { appendLive, mergeColumns, trimColumn } from "#web/charts/merge-columns.ts";
import type { TimeSpan } from "#web/charts/time-ticks.ts";

/** What is known of one series so far, coarse and fine parts together. */
export interface PictureColumn {
  readonly column: ChartColumn;
  readonly gapMs: number;
  readonly mode: "raw" | "buckets";
  readonly bucketMs: number | undefined;
}

/** Everything on the page's charts. `covered` is the span of the newest answer. */
export interface Picture {
  readonly columns: ReadonlyMap<string, PictureColumn>;
  readonly covered: TimeSpan | undefined;
}

export const NO_PICTURE: Picture = { columns: new Map(), covered: undefined };

export interface MergeRules {
  readonly window: TimeSpan;
  readonly nowMs: number;
  /** Length of the intervals of a series that has any. */
  intervalMs(key: string): number | undefined;
}

const KEEP_WINDOWS = 3;

/** Lays an answer over the picture. Series the answer does not name leave it; what is far from the window is let go. */
export function withAnswer(picture: Picture, answer: ColumnsAnswer, rules: MergeRules): Picture {
  const length = rules.window.toMs - rules.window.fromMs;
  const keep = { fromMs: rules.window.fromMs - KEEP_WINDOWS * length, toMs: rules.window.toMs + KEEP_WINDOWS * length };
  const covered = { fromMs: answer.fromMs, toMs: Math.min(answer.toMs, Math.max(rules.nowMs, answer.fromMs)) };
  const columns = new Map<string, PictureColumn>();
  for (const one of answer.columns) {
    const fine = endedBy(chartColumn(one, rules.intervalMs(one.key) ?? 0), rules.nowMs);
    const before = picture.columns.get(one.key)?.column ?? EMPTY_COLUMN;
    columns.set(one.key, { ...shapeOf(one), column: trimColumn(mergeColumns(before, fine, reach(fine, covered)), keep) });
  }
  return { columns, covered };
}

/** Aggregates are whole, so the first and the last reach beyond the span that was asked for. */
function reach(column: ChartColumn, covered: TimeSpan): TimeSpan {
  return {
    fromMs: Math.min(covered.fromMs, column.startMs[0] ?? covered.fromMs),
    toMs: Math.max(covered.toMs, column.endMs[column.endMs.length - 1] ?? covered.toMs),
  };
}

function shapeOf(answer: ColumnAnswer): Omit<PictureColumn, "column"> {
  return { gapMs: answer.gapMs ?? Number.POSITIVE_INFINITY, mode: answer.mode, bucketMs: answer.bucketMs };
}

/** The aggregate under way ends now, not when its bucket will. */
function endedBy(column: ChartColumn, nowMs: number): ChartColumn {
  const last = column.tMs.length - 1;
  if (last < 0 || (column.endMs[last] ?? 0) <= nowMs || (column.startMs[last] ?? 0) >= nowMs) return column;
  const tMs = column.tMs.slice();
  const endMs = column.endMs.slice();
  endMs[last] = nowMs;
  if ((tMs[last] ?? 0) > nowMs) tMs[last] = nowMs;
  return { ...column, tMs, endMs };
}

/** The picture with newer live values at its right end; the same picture where there are none. */
export function withLive(picture: Picture, value: (key: string) => LiveValue | undefined, intervalMs: MergeRules["intervalMs"]): Picture {
  let columns: Map<string, PictureColumn> | undefined;
  for (const [key, known] of picture.columns) {
    const live = value(key);
    if (live === undefined) continue;
    const column = appendLive(known.column, live, { gapMs: known.gapMs, intervalMs: intervalMs(key) ?? 0 });
    if (column === known.column) continue;
    columns ??= new Map(picture.columns);
    columns.set(key, { ...known, column });
  }
  return columns === undefined ? picture : { ...picture, columns };
}
