import { readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { Command } from "commander";
import { isZone } from "#calendar/zone.ts";
import { writeConverted } from "#cli/converted.ts";
import { Exit } from "#cli/exit.ts";
import { ConfigDocument } from "#config/document.ts";
import { environmentOf } from "#config/environment.ts";
import { isNiagaraConfig } from "#config/old-niagara-settings.ts";
import { NIAGARA_SECRETS_FILE, niagaraYaml } from "#config/old-niagara-yaml.ts";
import { type OldFile, readOldTasmota } from "#config/old-tasmota.ts";
import { SECRETS_FILE, tasmotaSecrets, tasmotaYaml } from "#config/old-tasmota-yaml.ts";
import { type Problem, problemText } from "#config/problem.ts";
import { readUtilityFolder } from "#config/utility-files.ts";
import { UTILITY_SECRETS_FILE, utilityYaml } from "#config/utility-yaml.ts";

/** Where the old Tasmota monitor kept its settings, in the order in which later ones win. */
const OLD_FILES = ["pyproject.toml", "config.py", "values.py", "src/config.py", "src/values.py"] as const;

interface Choice {
  readonly out?: string;
  readonly zone?: string;
  readonly currency: string;
}

/** `wattkeep convert config tasmota|utility FOLDER`, `… niagara FILE`: a configuration out of that of a system before this one. */
export function convertCommand(program: Command): void {
  const config = program
    .command("convert")
    .description("make Wattkeep's files out of those of a system before this one")
    .exitOverride()
    .command("config")
    .description("make a configuration")
    .exitOverride();
  withChoice(config.command("tasmota"))
    .argument("<folder>", "folder of the old Tasmota MT681 monitor, with its config.py and values.py; they are read, never run")
    .description("print a configuration that does the same, and keep its secrets in a file of their own beside it")
    .action((folder: string, choice: Choice) => convertTasmota(resolve(folder), choice));
  withChoice(config.command("utility"))
    .argument("<folder>", "folder of Utility Meter Analytics, with its config.yaml, meters.yaml and seasonal_patterns.yaml")
    .description("print a configuration that says the same, and keep its secrets in a file of their own beside it")
    .action((folder: string, choice: Choice) => convertUtility(resolve(folder), choice));
  withNiagara(config);
}

function withNiagara(config: Command): void {
  withChoice(config.command("niagara"))
    .argument("<file>", "config.yaml of Niagara Copilot Edge")
    .description("print a configuration that says the same, and keep its secrets in a file of their own beside it")
    .action((file: string, choice: Choice) => convertNiagara(file, choice));
}

function withChoice(command: Command): Command {
  return command
    .option("-o, --out <file>", "write it there in place of printing it; a file that is there already stays")
    .option("--zone <zone>", "time zone of the house; left out, this computer's")
    .option("--currency <letters>", "currency of its prices", "EUR")
    .exitOverride();
}

function houseOf({ zone = Intl.DateTimeFormat().resolvedOptions().timeZone, currency }: Choice): { zone: string; currency: string } {
  if (!isZone(zone)) throw new Exit(2, `"${zone}" is not a time zone; write one like Europe/Berlin.`);
  if (!/^[A-Z]{3}$/.test(currency)) throw new Exit(2, `"${currency}" is not a currency; write its three letters, like EUR.`);
  return { zone, currency };
}

function convertTasmota(folder: string, choice: Choice): void {
  const house = houseOf(choice);
  const files = OLD_FILES.flatMap((name) => fileOf(folder, name));
  if (files.length === 0) throw new Exit(2, `There is no ${OLD_FILES.slice(1).join(", ")} in ${folder}.`);
  const { settings, notes, problems } = readOldTasmota({
    files,
    beside: environmentOf({}, folder),
    around: environmentOf(process.env, undefined),
  });
  refuse(problems);
  const yaml = tasmotaYaml(settings, { ...house, database: join(folder, settings.database) });
  writeConverted({ yaml, secretsFile: SECRETS_FILE, secrets: tasmotaSecrets(settings), notes }, choice.out);
}

function convertUtility(folder: string, choice: Choice): void {
  const house = houseOf(choice);
  const files = readUtilityFolder(folder, process.cwd());
  const environments = [environmentOf(process.env, files.root), environmentOf({}, join(files.root, "config"))];
  const secret = (name: string): string | undefined => environments.map((one) => one.get(name)).find((value) => value !== undefined);
  const { yaml, secrets, notes, problems } = utilityYaml(files, { ...house, secret });
  refuse(problems);
  writeConverted({ yaml, secretsFile: UTILITY_SECRETS_FILE, secrets, notes }, choice.out);
}

function convertNiagara(file: string, choice: Choice): void {
  const house = houseOf(choice);
  const path = resolve(file);
  const [old] = fileOf(dirname(path), basename(path));
  if (old === undefined) throw new Exit(2, `${file} cannot be read; name the config.yaml of Niagara Copilot Edge.`);
  const document = new ConfigDocument(file, old.text.replace(/^\uFEFF/, ""));
  refuse(document.problems);
  if (!isNiagaraConfig(document.content())) throw new Exit(2, `${file} is not a config.yaml of Niagara Copilot Edge: it has no site_name.`);
  const environment = environmentOf(process.env, dirname(path));
  const { yaml, secrets, notes, problems } = niagaraYaml(document, { ...house, variable: (name) => environment.get(name) });
  refuse(problems);
  writeConverted({ yaml, secretsFile: NIAGARA_SECRETS_FILE, secrets, notes }, choice.out);
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0)
    throw new Exit(2, ["The old settings cannot be read:", ...problems.map((problem) => `  ${problemText(problem)}`)].join("\n"));
}

function fileOf(folder: string, name: string): OldFile[] {
  try {
    return [{ name, text: readFileSync(join(folder, name), "utf8") }];
  } catch {
    return [];
  }
}
