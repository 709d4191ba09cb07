import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { Exit } from "./exit.ts";

/** A configuration that was made out of other files. */
export interface Converted {
  readonly yaml: string;
  /** Where its secrets belong, beside it, and the content of that file. */
  readonly secretsFile: string;
  readonly secrets?: string | undefined;
  /** What a person should know, in sentences. */
  readonly notes: readonly string[];
}

/** Writes a configuration to a new file, or prints it, with its secrets beside it. Errors: Exit 1 where a file is there already. */
export function writeConverted({ yaml, secretsFile, secrets, notes }: Converted, out: string | undefined): void {
  const target = out === undefined ? undefined : resolve(out);
  if (target !== undefined && existsSync(target)) throw new Exit(1, `${target} is there already; name another file.`);
  const kept = keepSecrets(join(target === undefined ? process.cwd() : dirname(target), secretsFile), secrets);
  if (target === undefined) process.stdout.write(yaml);
  else {
    writeFileSync(target, yaml);
    console.log(`${target}: look through it, then: wattkeep check --config ${target}`);
  }
  for (const sentence of [...notes, ...kept]) console.error(sentence);
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
