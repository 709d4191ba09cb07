import { ImportProblem } from "./import-problem.ts";

/** The source of readings out of files, where they name none that is known. */
export const CSV_SOURCE = "csv-import";

/** How the parser reads any CSV: rows of any length, each with its line. */
export const CSV_OPTIONS = {
  bom: true,
  // Left to itself the parser takes the first line's end for all, and a file two programs wrote has both.
  record_delimiter: ["\r\n", "\n", "\r"],
  relax_column_count: true,
  relax_quotes: true,
  info: true,
  skip_empty_lines: true,
};

/** A row as the parser tells it with these options. */
export interface CsvRecord {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

/** What the parser threw, as it is told: ImportProblem `no-csv` for what is no CSV, anything else as it was. */
export function csvProblem(error: unknown): unknown {
  const { code, message } = error as { code?: string; message: string };
  return code?.startsWith("CSV_") ? new ImportProblem("no-csv", `The file is no CSV: ${message}.`) : error;
}
