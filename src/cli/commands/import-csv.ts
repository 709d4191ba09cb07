import { statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import type { Command } from "commander";
import { Exit } from "#cli/exit.ts";
import { printable } from "#cli/printable.ts";
import { withConfig, withJson } from "#cli/settings.ts";
import { runOnStore } from "#cli/store-command.ts";
import type { ImportCsvArgs } from "#cli/tasks/import-csv.ts";
import { type CsvImportAnswer, type CsvMapping, csvMappingSchema } from "#contract/csv-import.ts";

interface Choice {
  readonly site?: string;
  readonly meter?: string;
  readonly unit?: string;
  readonly mapping?: string;
  readonly preview?: true;
  readonly dryRun?: true;
}

/** `wattkeep import csv FILE`: readings by their columns. */
export function csvImport(importing: Command): void {
  withJson(withConfig(importing.command("csv")))
    .argument("<file>", "file with a table of readings")
    .description("take readings out of a table: how it is read is found out from the file, and said")
    .option("--site <id>", "site of the meters; left out, the only one")
    .option("--meter <id>", "meter of every line, where the file names none")
    .option("--unit <unit>", "unit of the readings, where the file says none")
    .option("--mapping <file>", "JSON of how the file is read, for what cannot be found out")
    .option("--preview", "show how the first lines would be read, and keep nothing")
    .option("--dry-run", "say what would change, and keep nothing")
    .action(
      async (file: string, { site, meter, unit, mapping, preview, dryRun, ...options }: Choice & Parameters<typeof runOnStore>[0]) => {
        const path = resolve(file);
        if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) throw new Exit(2, `${path} is not a file.`);
        const mode = preview === true ? "preview" : dryRun === true ? "dry-run" : "import";
        const said = { ...(await mappingOf(mapping)), ...(meter === undefined ? {} : { meter }), ...(unit === undefined ? {} : { unit }) };
        const args: ImportCsvArgs = { file: path, name: basename(path), mode, mapping: said, ...(site === undefined ? {} : { site }) };
        const answer = await runOnStore<CsvImportAnswer>(options, { name: "import-csv", args }, tell);
        if (mode !== "preview" && answer.result === null) throw new Exit(1, "Nothing can be taken until that is said.");
      },
    );
}

/** Errors: Exit 2. */
async function mappingOf(file: string | undefined): Promise<CsvMapping> {
  if (file === undefined) return {};
  try {
    const parsed = csvMappingSchema.safeParse(JSON.parse(await readFile(resolve(file), "utf8")));
    if (parsed.success) return parsed.data;
    const [first] = parsed.error.issues;
    throw new Exit(2, `${file}: ${first?.path.join(".") ?? ""}: ${first?.message ?? "it is no mapping"}`);
  } catch (error) {
    throw error instanceof Exit ? error : new Exit(2, `${file} cannot be read as JSON.`);
  }
}

function tell({ mode, evidence, needs, rows, result }: CsvImportAnswer): void {
  for (const { sentence, sure } of evidence) console.log(printable(`${sure ? "" : "? "}${sentence}`));
  if (mode === "preview")
    for (const { line, readings, problem } of rows) {
      const told = readings.map((one) => `${one.meter} ${one.tLocal} ${one.value} ${one.unit}`);
      console.log(printable(`line ${line}: ${[...told, ...(problem === null ? [] : [problem])].join("; ")}`));
    }
  for (const need of needs) console.log(printable(need));
  if (result === null) return;
  console.log(printable(result.sentence));
  for (const { meter, known, new: fresh, changed, same, months } of result.meters) {
    const span = months.length === 0 ? "" : `, ${months[0]?.month} to ${months.at(-1)?.month}`;
    console.log(printable(`    ${meter}${known ? "" : " (new)"}: ${fresh} new, ${changed} changed, ${same} known${span}`));
  }
  for (const { line, sentence } of result.problems) console.log(printable(`    line ${line}: ${sentence}`));
}
