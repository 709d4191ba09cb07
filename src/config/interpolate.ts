import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { ConfigDocument } from "./document.ts";
import { type Environment, EnvironmentError } from "./environment.ts";

const REFERENCE = /\$\{([^}]*)\}/g;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

const MOST_CHARACTERS = 10_000;
const FILE = /^file:(.+)$/;

/**
 * Puts the environment's values in the place of `${NAME}`, and contents of files in that of `${file:PATH}`, relative to `folder`.
 * Answers with what was put in, so that no message shows it.
 */
export function interpolate(document: ConfigDocument, environment: Environment, folder: string): ReadonlyMap<string, string> {
  const used = new Map<string, string>();
  document.replaceTexts((text, position) =>
    text.replace(REFERENCE, (whole, name: string) => {
      const found = lookUp(name, environment, folder);
      if ("value" in found) {
        used.set(found.value, whole);
        return found.value;
      }
      document.problems.push({ ...position, sentence: found.sentence });
      return whole;
    }),
  );
  return used;
}

function lookUp(name: string, environment: Environment, folder: string): { value: string } | { sentence: string } {
  const file = FILE.exec(name)?.[1]?.trim();
  if (file !== undefined) return contentOf(file, folder);
  if (!NAME.test(name))
    return {
      sentence:
        "After the dollar sign stands, in braces, the name of an environment variable, made of letters, digits and _, or file: and the path of a file.",
    };
  try {
    const value = environment.get(name);
    return value === undefined
      ? { sentence: `The environment has no ${name} and no ${name}_FILE; set one of them, in .env beside this file or in secrets/*.env.` }
      : { value };
  } catch (error) {
    if (error instanceof EnvironmentError) return { sentence: `${error.message}.` };
    throw error;
  }
}

/** A secret in a file of its own, without the line's end. */
function contentOf(file: string, folder: string): { value: string } | { sentence: string } {
  try {
    const text = readFileSync(resolve(folder, file), "utf8");
    return text.length > MOST_CHARACTERS
      ? { sentence: `${file} holds more than a secret; name a file with the secret alone.` }
      : { value: text.replace(/\r?\n$/, "") };
  } catch {
    return { sentence: `${file} cannot be read; check its path, which is relative to this file, and its permissions.` };
  }
}

/** A sentence with the values of the environment taken out again. */
export function masked(sentence: string, used: ReadonlyMap<string, string>): string {
  let safe = sentence;
  for (const [value, reference] of used) if (value.length >= 3) safe = safe.replaceAll(value, reference);
  return safe;
}
