import { type Task, TaskProblem, type TaskRun } from "#cli/task.ts";
import { backupTask } from "./backup.ts";
import { exportTask } from "./export.ts";
import { importCsvTask } from "./import-csv.ts";
import { importHomeAssistantTask } from "./import-home-assistant.ts";
import { importOldKyzTask } from "./import-old-kyz.ts";
import { importOldNiagaraTask } from "./import-old-niagara.ts";
import { importOldTasmotaTask } from "./import-old-tasmota.ts";
import { importPlcTask } from "./import-plc.ts";
import { pairTask } from "./pair.ts";
import { rejectsTask } from "./rejects.ts";
import { runJobTask } from "./run-job.ts";
import { createTokenTask, listTokensTask, revokeTokenTask } from "./tokens.ts";
import { verifyTask } from "./verify.ts";

/** Every task a running server can be asked for; a new one is one file and one line. */
const TASKS: readonly Task<never, unknown>[] = [
  backupTask,
  exportTask,
  importCsvTask,
  importHomeAssistantTask,
  importOldKyzTask,
  importOldNiagaraTask,
  importOldTasmotaTask,
  importPlcTask,
  pairTask,
  rejectsTask,
  runJobTask,
  createTokenTask,
  listTokensTask,
  revokeTokenTask,
  verifyTask,
];

/** Runs the task of that name. Errors: TaskProblem `unknown-task`. */
export function runNamedTask(name: string, run: TaskRun<unknown>): Promise<unknown> {
  const task = TASKS.find((one) => one.name === name);
  if (task === undefined) {
    throw new TaskProblem("unknown-task", `This server does not know the command "${name}"; it may be older than the command line.`);
  }
  return (task as Task<unknown, unknown>).run(run);
}
