import { type Task, TaskProblem } from "#cli/task.ts";
import { ImportProblem } from "#intake/import-problem.ts";
import type { OldNiagaraReport } from "#intake/old-niagara/report.ts";
import { takeOverOldNiagara } from "#intake/old-niagara/take-over.ts";
import type { OldNiagaraWish } from "#intake/old-niagara/wish.ts";

export type ImportOldNiagaraArgs = OldNiagaraWish;

/** Takes the histories of a Niagara Copilot Edge's file over. Errors: those of ImportProblem. */
export const importOldNiagaraTask: Task<ImportOldNiagaraArgs, OldNiagaraReport> = {
  name: "import-old-niagara",
  async run({ house, args, progress }) {
    const { line } = await house.work();
    try {
      return await takeOverOldNiagara(args, { store: house.store, line, nowMs: house.nowMs, progress });
    } catch (error) {
      throw error instanceof ImportProblem ? new TaskProblem(error.code, error.message) : error;
    }
  },
};
