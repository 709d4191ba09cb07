import { openAlone } from "./alone.ts";
import { ask } from "./ask.ts";
import { Exit } from "./exit.ts";
import { terminalProgress } from "./progress.ts";
import { type ConfigOptions, readSettings } from "./settings.ts";
import { TaskProblem } from "./task.ts";

export interface StoreOptions extends ConfigOptions {
  readonly json?: boolean;
}

/**
 * Runs a task on the data folder of the configuration, with a progress bar on the error stream, and prints its answer: as
 * JSON where asked, else by `tell`. Errors: Exit 1 with the task's sentence.
 */
export async function runOnStore<Answer>(
  options: StoreOptions,
  task: { name: string; args: unknown; write?: (chunk: string) => Promise<void> },
  tell: (answer: Answer) => void,
): Promise<Answer> {
  const settings = readSettings(options);
  const bar = terminalProgress(process.stderr, Date.now);
  try {
    const question = { name: task.name, args: task.args, progress: bar.report, write: task.write ?? toStandardOutput };
    const answer = (await ask(settings.dataFolder, question, () => openAlone(settings))) as Answer;
    bar.end();
    if (options.json) console.log(JSON.stringify(answer));
    else tell(answer);
    return answer;
  } catch (error) {
    bar.end();
    if (error instanceof TaskProblem || (error instanceof Error && "code" in error)) throw new Exit(1, error.message);
    throw error;
  }
}

/** Waits for a slow reader instead of holding the whole output. */
export async function toStandardOutput(chunk: string): Promise<void> {
  if (!process.stdout.write(chunk)) await new Promise((resolve) => process.stdout.once("drain", resolve));
}
