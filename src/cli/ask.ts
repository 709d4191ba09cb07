import type { Progress } from "#store/store.ts";
import { type Control, findControl, type TaskLine } from "./control.ts";
import { type TaskHouse, TaskProblem } from "./task.ts";
import { runNamedTask } from "./tasks/catalogue.ts";

export interface Question {
  readonly name: string;
  readonly args: unknown;
  readonly progress: Progress;
  readonly write: (chunk: string) => Promise<void>;
}

/**
 * Runs a task where the data is: inside the server that holds the folder, or on the store opened for this one command.
 * Errors: TaskProblem, also for what the server said.
 */
export async function ask(
  folder: string,
  question: Question,
  openAlone: () => Promise<{ house: TaskHouse; close(): Promise<void> }>,
): Promise<unknown> {
  const control = await findControl(folder);
  const response = control && (await reach(control, `/task/${question.name}`, JSON.stringify(question.args)));
  if (response) return await listen(response, question);
  const alone = await openAlone();
  try {
    return await runNamedTask(question.name, { ...question, house: alone.house });
  } finally {
    await alone.close();
  }
}

/** Undefined when the server that left control.json is gone. Errors: `control-refused` when its key is not the file's. */
export async function reach(control: Control, path: string, body: string): Promise<Response | undefined> {
  let response: Response;
  try {
    response = await fetch(`http://127.0.0.1:${control.port}${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${control.key}` },
      body,
    });
  } catch {
    return undefined;
  }
  if (response.ok) return response;
  throw new TaskProblem(
    "control-refused",
    `Process ${control.pid} answered ${response.status} on the control port; stop it and start it again.`,
  );
}

async function listen(response: Response, question: Question): Promise<unknown> {
  let rest = "";
  const decoder = new TextDecoder();
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    rest += decoder.decode(chunk, { stream: true });
    const lines = rest.split("\n");
    rest = lines.pop() ?? "";
    for (const text of lines) {
      const line = JSON.parse(text) as TaskLine;
      if ("answer" in line) return line.answer;
      if ("problem" in line) throw new TaskProblem(line.problem.code, line.problem.sentence);
      if ("text" in line) await question.write(line.text);
      else question.progress(...line.progress);
    }
  }
  throw new TaskProblem("server-ended", "The server ended before the command was done.");
}
