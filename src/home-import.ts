import type { FileTrouble, ReadingsFile } from "#api/actions.ts";
import type { HomeImport } from "#contract/home.ts";
import { takeCsv } from "#intake/csv-readings/take-csv.ts";
import { CSV_SOURCE } from "#intake/csv-text.ts";
import { ImportProblem } from "#intake/import-problem.ts";
import type { IntakeLine } from "#intake/line.ts";
import type { Store } from "#store/store.ts";

interface Parts {
  readonly store: Store;
  readonly line: Pick<IntakeLine, "within">;
  readonly nowMs: () => number;
}

/** Takes a file somebody sent; what is wrong with the file is told, not thrown. */
export async function importReadings(wish: ReadingsFile, { store, line, nowMs }: Parts): Promise<HomeImport | FileTrouble> {
  const { source = CSV_SOURCE, ...about } = wish;
  try {
    const report = await takeCsv({ ...about, source, what: "CSV file of a page" }, { store, line, nowMs, progress: () => true });
    const { fresh, ...samples } = report.samples;
    const { dryRun, rows, rejected, problems, firstMs = null, lastMs = null } = report;
    return { dryRun, rows, new: fresh, ...samples, rejected, problems: [...problems], firstMs, lastMs };
  } catch (error) {
    if (error instanceof ImportProblem) return { trouble: error.message };
    throw error;
  }
}
