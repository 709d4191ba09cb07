import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Command } from "commander";
import { isZone } from "#calendar/zone.ts";
import { Exit } from "#cli/exit.ts";
import { environmentOf } from "#config/environment.ts";
import { type OldFile, readOldTasmota } from "#config/old-tasmota.ts";
import { SECRETS_FILE, tasmotaSecrets, tasmotaYaml } from "#config/old-tasmota-yaml.ts";
import { problemText } from "#config/problem.ts";

/** Where the old system kept its settings, in the order in which later ones win. */
const OLD_FILES = ["pyproject.toml", "config.py", "values.py", "src/config.py", "src/values.py"] as const;

/** `wattkeep convert config tasmota FOLDER`: a configuration out of that of a system before this one. */
export function convertCommand(program: Command): void {
  const config = program
    .command("convert")
    .description("make Wattkeep's files out of those of a system before this one")
    .exitOverride()
    .command("config")
    .description("make a configuration")
    .exitOverride();
  config
    .command("tasmota")
    .argument("<folder>", "folder of the old Tasmota MT681 monitor, with its config.py and values.py; they are read, never run")
    .description("print a configuration that does the same, and keep its secrets in a file of their own beside it")
    .option("-o, --out <file>", "write it there in place of printing it; a file that is there already stays")
    .option("--zone <zone>", "time zone of the house; left out, this computer's")
    .option("--currency <letters>", "currency of its prices", "EUR")
    .exitOverride()
    .action((folder: string, options: { out?: string; zone?: string; currency: string }) => convert(resolve(folder), options));
}

function convert(
  folder: string,
  { out, zone = Intl.DateTimeFormat().resolvedOptions().timeZone, currency }: { out?: string; zone?: string; currency: string },
): void {
  if (!isZone(zone)) throw new Exit(2, `"${zone}" is not a time zone; write one like Europe/Berlin.`);
  if (!/^[A-Z]{3}$/.test(currency)) throw new Exit(2, `"${currency}" is not a currency; write its three letters, like EUR.`);
  const files = OLD_FILES.flatMap((name) => fileOf(folder, name));
  if (files.length === 0) throw new Exit(2, `There is no ${OLD_FILES.slice(1).join(", ")} in ${folder}.`);
  const { settings, notes, problems } = readOldTasmota({
    files,
    beside: environmentOf({}, folder),
    around: environmentOf(process.env, undefined),
  });
  if (problems.length > 0)
    throw new Exit(2, ["The old settings cannot be read:", ...problems.map((problem) => `  ${problemText(problem)}`)].join("\n"));
  const yaml = tasmotaYaml(settings, { zone, currency, database: join(folder, settings.database) });
  const target = out === undefined ? undefined : resolve(out);
  if (target !== undefined && existsSync(target)) throw new Exit(1, `${target} is there already; name another file.`);
  const secrets = keepSecrets(join(target === undefined ? process.cwd() : dirname(target), SECRETS_FILE), tasmotaSecrets(settings));
  if (target === undefined) process.stdout.write(yaml);
  else {
    writeFileSync(target, yaml);
    console.log(`${target}: look through it, then: wattkeep check --config ${target}`);
  }
  for (const sentence of [...notes, ...secrets]) console.error(sentence);
}

function fileOf(folder: string, name: string): OldFile[] {
  try {
    return [{ name, text: readFileSync(join(folder, name), "utf8") }];
  } catch {
    return [];
  }
}

/** Nobody else may read them, and what is there already is kept. */
function keepSecrets(file: string, content: string | undefined): string[] {
  if (content === undefined) return [];
  if (existsSync(file)) {
    if (readFileSync(file, "utf8") === content) return [];
    throw new Exit(1, `${file} is there already and says something else; move it away first.`);
  }
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, content, { mode: 0o600 });
  chmodSync(file, 0o600);
  return [`Its secrets are in ${file}; the configuration has to lie beside that folder.`];
}
