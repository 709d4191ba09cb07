import type { ConfigDocument } from "./document.ts";
import { type Environment, EnvironmentError } from "./environment.ts";

const REFERENCE = /\$\{([^}]*)\}/g;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Puts the environment's values in the place of `${NAME}`. Answers with what was put in, so that no message shows it. */
export function interpolate(document: ConfigDocument, environment: Environment): ReadonlyMap<string, string> {
  const used = new Map<string, string>();
  document.replaceTexts((text, position) =>
    text.replace(REFERENCE, (whole, name: string) => {
      const found = lookUp(name, environment);
      if ("value" in found) {
        used.set(found.value, whole);
        return found.value;
      }
      document.problems.push({ file: document.file, ...position, sentence: found.sentence });
      return whole;
    }),
  );
  return used;
}

function lookUp(name: string, environment: Environment): { value: string } | { sentence: string } {
  if (!NAME.test(name))
    return { sentence: "After the dollar sign stands, in braces, the name of an environment variable, made of letters, digits and _." };
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

/** A sentence with the values of the environment taken out again. */
export function masked(sentence: string, used: ReadonlyMap<string, string>): string {
  let safe = sentence;
  for (const [value, reference] of used) if (value.length >= 3) safe = safe.replaceAll(value, reference);
  return safe;
}
