import { type Task, TaskProblem } from "#cli/task.ts";
import { ImportProblem } from "#intake/import-problem.ts";
import type { OldTasmotaReport } from "#intake/old-tasmota/report.ts";
import { takeOverOldTasmota } from "#intake/old-tasmota/take-over.ts";
import type { OldTasmotaWish } from "#intake/old-tasmota/wish.ts";

export type ImportOldTasmotaArgs = OldTasmotaWish;

/** Takes the readings of an old Tasmota monitor's file over. Errors: those of ImportProblem. */
export const importOldTasmotaTask: Task<ImportOldTasmotaArgs, OldTasmotaReport> = {
  name: "import-old-tasmota",
  async run({ house, args, progress }) {
    const { line } = await house.work();
    try {
      return await takeOverOldTasmota(args, { store: house.store, line, nowMs: house.nowMs, progress });
    } catch (error) {
      throw error instanceof ImportProblem ? new TaskProblem(error.code, error.message) : error;
    }
  },
};
