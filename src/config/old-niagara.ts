import type { ConfigDocument } from "./document.ts";
import { type Environment, EnvironmentError } from "./environment.ts";
import { oldNiagaraContent } from "./old-niagara-content.ts";
import type { Problem } from "./problem.ts";
import type { WithUtility } from "./utility-merge.ts";

/** What a `config.yaml` of Niagara Copilot Edge, given in the place of our file, stands for. */
export function insteadOfNiagara({
  document,
  environment,
  zone,
}: {
  readonly document: ConfigDocument;
  readonly environment: Environment;
  /** Clock of this computer, for the old file names no place. */
  readonly zone: string;
}): WithUtility {
  const used = new Map<string, string>();
  const unreadable: Problem[] = [];
  const variable = (name: string): string | undefined => {
    try {
      const value = environment.get(name);
      // Whatever it is called, a variable that the file names holds a password.
      if (value !== undefined && !/^MQTT_(?:BROKER_)?(?:HOST|PORT|TOPIC)$/.test(name)) used.set(value, `$\{${name}}`);
      return value;
    } catch (error) {
      if (!(error instanceof EnvironmentError)) throw error;
      unreadable.push({ file: name, sentence: error.message });
      return undefined;
    }
  };
  const built = oldNiagaraContent(document, { zone, variable });
  built.graftOn(document);
  const said = `${document.file} is one of Niagara Copilot Edge and names no place: occupied hours are those of ${zone}, the clock of this computer; wattkeep convert config niagara writes a file in which you can say so`;
  return { content: built.content, problems: [...unreadable, ...built.problems], warnings: [said, ...built.warnings], used };
}
