import { statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { Exit } from "#cli/exit.ts";
import { printable } from "#cli/printable.ts";
import { readSettings, withConfig, withJson } from "#cli/settings.ts";
import { runOnStore } from "#cli/store-command.ts";
import type { ImportPlcArgs } from "#cli/tasks/import-plc.ts";
import type { SourceConfig } from "#config/config.ts";
import type { Look } from "#intake/folder/folder.ts";

/** What is taken by hand that a source would take from its folder. */
interface FilesKind {
  readonly command: string;
  readonly description: string;
  /** Sources of this one may be meant. */
  readonly dialect: string;
  /** What a source of them looks like. */
  readonly example: string;
}

/** `wattkeep import plc FOLDER`: the files of a PLC, by hand. */
export function plcImport(importing: Command): void {
  filesImport(importing, {
    command: "plc",
    description: "take the interval files of a PLC, one transaction each, and say what they change",
    dialect: "plc-csv",
    example: "{ plc: { dialect: plc-csv, folder: plc_csv_drop } }",
  });
}

/** `wattkeep import niagara-export PATH`: histories that somebody exported, by hand. */
export function niagaraImport(importing: Command): void {
  filesImport(importing, {
    command: "niagara-export",
    description: "take histories of a Niagara station that were exported as CSV, one file or a folder of them",
    dialect: "niagara-export",
    example: "{ exports: { dialect: niagara-export, folder: exports } }",
  });
}

function filesImport(importing: Command, kind: FilesKind): void {
  withJson(withConfig(importing.command(kind.command)))
    .argument("<path>", "folder with the files, or one file")
    .description(kind.description)
    .option("--source <name>", "source of the configuration they belong to; left out, the only one that reads such files")
    .option("--glob <pattern>", "names of the files, with * and ?", "*.csv")
    .option("--min-age <seconds>", "a file changed less long ago is left alone", secondsArgument, 10)
    .action(async (given: string, { source, glob, minAge, ...options }) => {
      const path = resolve(given);
      const found = statSync(path, { throwIfNoEntry: false });
      if (found === undefined || !(found.isDirectory() || found.isFile())) throw new Exit(2, `${path} is neither a folder nor a file.`);
      if (/[/\\]/.test(glob)) throw new Exit(2, "--glob is a file name with * and ?, not a path.");
      const { config } = readSettings(options);
      const where = found.isFile() ? { folder: dirname(path), glob: basename(path) } : { folder: path, glob };
      const args: ImportPlcArgs = { ...where, minAgeSeconds: minAge, source: sourceOf(config.sources, source, kind).name };
      const look = await runOnStore<Look>(options, { name: "import-plc", args }, tell);
      const refused = look.files.filter(({ status }) => status === "failed").length;
      if (look.problem !== undefined) throw new Exit(1, look.problem);
      if (refused > 0) throw new Exit(1, `${refused} of ${look.files.length} files ${refused === 1 ? "was" : "were"} refused.`);
    });
}

function secondsArgument(text: string): number {
  const seconds = Number(text);
  if (text.trim() === "" || !(seconds >= 0)) throw new InvalidArgumentError("It takes a number of seconds.");
  return seconds;
}

/** The source files are booked under. Errors: Exit 2 where none, or no single one, is meant. */
function sourceOf(sources: readonly SourceConfig[], asked: string | undefined, { dialect, example }: FilesKind): SourceConfig {
  const files = sources.filter((source) => source.folder !== undefined && source.dialect === dialect);
  const names = files.map(({ name }) => name).join(", ");
  const meant = asked === undefined ? files : files.filter(({ name }) => name === asked);
  const [only] = meant;
  if (only !== undefined && meant.length === 1) return only;
  if (files.length === 0) throw new Exit(2, `No source of the configuration reads such files. Add one: sources: ${example}`);
  throw new Exit(
    2,
    asked === undefined
      ? `Say which source the files belong to: --source ${names}`
      : `"${asked}" is no source of files; there are ${names}.`,
  );
}

function tell({ files, known, waiting }: Look): void {
  for (const { report } of files) {
    console.log(printable(report?.sentence ?? ""));
    for (const { line, sentence } of report?.problems ?? [])
      console.log(`    ${line === undefined ? "" : `line ${line}: `}${printable(sentence)}`);
  }
  for (const { name } of waiting) console.log(`${printable(name)} is too young or still being written; try again.`);
  if (known > 0) console.log(`${known} known already.`);
  if (files.length + waiting.length + known === 0) console.log("No file.");
}
