import { firstAt } from "./chart-column.ts";
import type { ChartLine } from "./chart-line.ts";
import type { TimeSpan } from "./time-ticks.ts";

/** One instant of a table; a cell is the row of its line, or undefined where that line has none. */
export interface TableRow {
  readonly tMs: number;
  readonly cells: readonly (number | undefined)[];
}

/** The rows of all lines inside a span by instant, newest first. */
export function tableRows(lines: readonly ChartLine[], span: TimeSpan): TableRow[] {
  const rows = new Map<number, (number | undefined)[]>();
  lines.forEach((line, index) => {
    const { tMs } = line.column;
    for (let row = firstAt(line.column, span.fromMs); row < tMs.length; row++) {
      const t = tMs[row] ?? 0;
      if (t > span.toMs) break;
      const cells = rows.get(t) ?? new Array<number | undefined>(lines.length).fill(undefined);
      cells[index] = row;
      rows.set(t, cells);
    }
  });
  return [...rows].sort(([a], [b]) => b - a).map(([tMs, cells]) => ({ tMs, cells }));
}
