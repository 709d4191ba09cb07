import { type ChartColumn, firstAt } from "./chart-column.ts";
import type { ChartLine } from "./chart-line.ts";

/**
 * The row of a line that stands for an instant: the one that covers it, else the held one, else the nearer neighbour.
 * Missing: undefined inside a gap, before the first and after the last row by more than the line's gap.
 */
export function rowAt(line: Pick<ChartLine, "column" | "shape" | "gapMs">, tMs: number): number | undefined {
  const { column } = line;
  const next = firstAt(column, tMs);
  const before = next - 1;
  const length = column.tMs.length;
  const row = pick(line, { before, next, tMs });
  if (row === undefined || row < 0 || row >= length) return undefined;
  return Number.isNaN(column.value[row] ?? Number.NaN) ? undefined : row;
}

function pick(line: Pick<ChartLine, "column" | "shape" | "gapMs">, at: { before: number; next: number; tMs: number }): number | undefined {
  const { column } = line;
  const { before, next, tMs } = at;
  for (const row of [before, next]) if (covers(column, row, tMs)) return row;
  const sinceBefore = tMs - (column.endMs[before] ?? Number.NEGATIVE_INFINITY);
  const untilNext = (column.startMs[next] ?? Number.POSITIVE_INFINITY) - tMs;
  const split = column.broken[next] === 1 || next >= column.tMs.length || before < 0;
  // Inside a gap only a reading close by is meant: a quarter of what makes a gap.
  const reach = split ? line.gapMs / 4 : line.gapMs;
  if (line.shape === "hold" && !split) return before;
  if (line.shape === "back" && !split) return next;
  if (Math.min(sinceBefore, untilNext) > reach) return undefined;
  return sinceBefore <= untilNext ? before : next;
}

function covers(column: ChartColumn, row: number, tMs: number): boolean {
  const start = column.startMs[row];
  const end = column.endMs[row];
  return start !== undefined && end !== undefined && start <= tMs && tMs <= end && end > start;
}
