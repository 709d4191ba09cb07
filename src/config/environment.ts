import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { parseEnv } from "node:util";

/** Variables by name, and where each was said. */
export interface Environment {
  /** The value of NAME, the content of the file that NAME_FILE names, or the service's credential NAME. Errors: throws EnvironmentError when that file cannot be read. */
  get(name: string): string | undefined;
  readonly warnings: readonly string[];
  /** Files of secrets that are there and cannot be read. */
  readonly unreadable: readonly string[];
}

/** A file of variables that cannot be read. */
export class EnvironmentError extends Error {}

/**
 * The process environment, then `.env` beside the configuration, then `secrets/*.env` there; the first that has a name wins.
 * Files of secrets that everybody on the computer may read are warned about.
 */
export function environmentOf(processEnv: Readonly<Record<string, string | undefined>>, folder: string | undefined): Environment {
  const layers = [new Map(Object.entries(processEnv))];
  const warnings: string[] = [];
  const unreadable: string[] = [];
  for (const file of folder === undefined ? [] : secretFiles(folder)) {
    const text = textOf(file);
    if (text === undefined) unreadable.push(file);
    else layers.push(new Map(Object.entries(parseEnv(text))));
    warnings.push(...openToAll(file));
  }
  const own = (name: string) => layers.find((layer) => layer.get(name) !== undefined)?.get(name);
  return {
    get(name) {
      const direct = own(name);
      const file = direct === undefined ? own(`${name}_FILE`) : undefined;
      if (file !== undefined) return contentOf(file, `${name}_FILE names ${file}`);
      return direct ?? credential(own("CREDENTIALS_DIRECTORY"), name);
    },
    warnings,
    unreadable,
  };
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function contentOf(file: string, named: string): string {
  try {
    return readFileSync(file, "utf8").replace(/\r?\n$/, "");
  } catch {
    throw new EnvironmentError(`${named}, which cannot be read`);
  }
}

/** What `LoadCredential=` of a service handed over; the folder is told by systemd. */
function credential(folder: string | undefined, name: string): string | undefined {
  const file = folder === undefined ? undefined : join(folder, name);
  return file !== undefined && isFile(file) ? contentOf(file, `The service hands over ${file}`) : undefined;
}

function secretFiles(folder: string): string[] {
  const named = list(join(folder, "secrets"))
    .filter((name) => name.endsWith(".env"))
    .sort();
  return [join(folder, ".env"), ...named.map((name) => join(folder, "secrets", name))].filter(isFile);
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** Windows has no such bits; there the folder's own rights count. */
function openToAll(file: string): string[] {
  if (process.platform === "win32" || (statSync(file).mode & 0o004) === 0) return [];
  return [`${join(basename(dirname(file)), basename(file))} can be read by everybody on this computer; run: chmod 600 ${file}`];
}
