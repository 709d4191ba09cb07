import { csvLine, textCell } from "#api/csv.ts";
import { type Task, TaskProblem } from "#cli/task.ts";
import { qualityNames } from "#series/quality.ts";
import type { Series } from "#sites/registry.ts";
import type { Store } from "#store/store.ts";

export interface ExportArgs {
  /** Series keys; a key may end in `*`. */
  readonly series: readonly string[];
  readonly fromMs: number;
  readonly toMs: number;
}

/** One read of the store covers this much time, so that years of data pass through a few megabytes. */
const PAGE_ROWS = 50_000;

/** Writes samples as CSV, series after series, in time order. Missing values are empty cells. */
export const exportTask: Task<ExportArgs, { series: number; rows: number }> = {
  name: "export",
  async run({ house, args, progress, write }) {
    const chosen = choose((await house.store.registry()).series, args.series);
    await write(csvLine(["series", "time", "value", "unit", "quality"]));
    let rows = 0;
    for (const [index, series] of chosen.entries()) {
      if (progress(index, chosen.length, series.key) === false)
        throw new TaskProblem("cancelled", "The export was ended before it finished.");
      rows += await writeSeries(house.store, series, { args, write });
    }
    return { series: chosen.length, rows };
  },
};

function choose(all: readonly Series[], wanted: readonly string[]): Series[] {
  const fits = (key: string, pattern: string): boolean => (pattern.endsWith("*") ? key.startsWith(pattern.slice(0, -1)) : key === pattern);
  for (const pattern of wanted) {
    if (!all.some((series) => fits(series.key, pattern))) {
      throw new TaskProblem(
        "unknown-series",
        `There is no series ${pattern}. A key looks like home/main/power@tasmota; a * at its end takes all that begin so.`,
      );
    }
  }
  return all.filter((series) => wanted.some((pattern) => fits(series.key, pattern)));
}

async function writeSeries(
  store: Store,
  series: Series,
  to: { args: ExportArgs; write: (chunk: string) => Promise<void> },
): Promise<number> {
  let fromMs = to.args.fromMs;
  let rows = 0;
  for (;;) {
    const page = await store.read(series.id, { fromMs, toMs: to.args.toMs }, { limit: PAGE_ROWS });
    const lines: string[] = [];
    for (const [index, tMs] of page.tMs.entries()) {
      const value = page.value[index] as number;
      const number = Number.isNaN(value) ? "" : String(value);
      const quality = qualityNames(page.quality[index] as number).join(" ");
      lines.push(csvLine([textCell(series.key), new Date(tMs).toISOString(), number, textCell(series.unit), quality]));
    }
    if (lines.length > 0) await to.write(lines.join(""));
    rows += lines.length;
    if (page.tMs.length < PAGE_ROWS) return rows;
    fromMs = (page.tMs.at(-1) as number) + 1;
  }
}
