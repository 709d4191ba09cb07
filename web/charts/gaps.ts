import { type ChartColumn, firstAt } from "./chart-column.ts";
import type { TimeSpan } from "./time-ticks.ts";

/**
 * Stretches of a span in which a series said nothing it usually would have.
 * Missing: the time before the first and after the last row counts where it is longer than `gapMs`; nothing after `nowMs` does.
 */
export function findGaps(column: ChartColumn, span: TimeSpan, how: { readonly gapMs: number; readonly nowMs: number }): TimeSpan[] {
  const end = Math.min(span.toMs, how.nowMs);
  const gaps: TimeSpan[] = [];
  const add = (fromMs: number, toMs: number) => {
    const from = Math.max(fromMs, span.fromMs);
    const to = Math.min(toMs, end);
    if (to > from) gaps.push({ fromMs: from, toMs: to });
  };
  // One row before the span and one after, so that a gap across an edge is seen.
  let row = Math.max(0, firstAt(column, span.fromMs) - 1);
  const stop = Math.min(column.tMs.length, firstAt(column, end) + 1);
  let heardUntil: number | undefined;
  let absent = false;
  for (; row < stop; row++) {
    const start = column.startMs[row] ?? 0;
    if (Number.isNaN(column.value[row] ?? Number.NaN)) {
      // A stated absence: silence goes on, whatever the spacing.
      absent ||= heardUntil !== undefined;
      continue;
    }
    if (heardUntil === undefined) {
      if (start - span.fromMs > how.gapMs) add(span.fromMs, start);
    } else if (absent || column.broken[row] === 1) add(heardUntil, start);
    absent = false;
    heardUntil = column.endMs[row] ?? start;
  }
  if (heardUntil === undefined) add(span.fromMs, end);
  else if (absent || end - heardUntil > how.gapMs) add(heardUntil, end);
  return gaps;
}

/** Total length of some spans. */
export function totalMs(spans: readonly TimeSpan[]): number {
  return spans.reduce((sum, span) => sum + (span.toMs - span.fromMs), 0);
}

/** Neighbouring rows whose quality has one of `bits`, as stretches with their count of rows. */
export function findQuality(
  column: ChartColumn,
  span: TimeSpan,
  bits: number,
): (TimeSpan & { readonly rows: number; readonly readings: number })[] {
  const found: { fromMs: number; toMs: number; rows: number; readings: number }[] = [];
  let open = false;
  for (let row = firstAt(column, span.fromMs); row < column.tMs.length; row++) {
    const t = column.tMs[row] ?? 0;
    if (t >= span.toMs) break;
    if (((column.quality[row] ?? 0) & bits) === 0) {
      open = false;
      continue;
    }
    const last = found.at(-1);
    if (open && last !== undefined && column.broken[row] !== 1) {
      last.toMs = column.endMs[row] ?? t;
      last.rows += 1;
      last.readings += column.count[row] ?? 1;
    } else found.push({ fromMs: column.startMs[row] ?? t, toMs: column.endMs[row] ?? t, rows: 1, readings: column.count[row] ?? 1 });
    open = true;
  }
  return found;
}
