import { statSync } from "node:fs";
import { type Task, TaskProblem } from "#cli/task.ts";
import type { CsvImportAnswer, CsvMapping } from "#contract/csv-import.ts";

export interface ImportCsvArgs {
  /** Absolute. */
  readonly file: string;
  readonly name: string;
  readonly site?: string;
  readonly mode: CsvImportAnswer["mode"];
  readonly mapping: CsvMapping;
}

/** Takes a file of readings by its columns. Errors: `no-file`, `not-taken`. */
export const importCsvTask: Task<ImportCsvArgs, CsvImportAnswer> = {
  name: "import-csv",
  async run({ house, args }) {
    const { file, name, site, mode, mapping } = args;
    if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true)
      throw new TaskProblem("no-file", `${file} is not a file that can be read here.`);
    const answer = await house.importCsv({ path: file, name, mode, mapping, ...(site === undefined ? {} : { site }) });
    if ("trouble" in answer) throw new TaskProblem("not-taken", answer.trouble);
    return answer;
  },
};
