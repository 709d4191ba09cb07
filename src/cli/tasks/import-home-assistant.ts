import { type Task, TaskProblem } from "#cli/task.ts";
import type { StatisticsReport } from "#intake/home-assistant/report.ts";
import { takeStatistics } from "#intake/home-assistant/take-statistics.ts";
import type { StatisticsWish } from "#intake/home-assistant/wish.ts";
import { ImportProblem } from "#intake/import-problem.ts";

export type ImportHomeAssistantArgs = StatisticsWish;

/** Takes Home Assistant's long-term statistics over. Errors: those of ImportProblem. */
export const importHomeAssistantTask: Task<ImportHomeAssistantArgs, StatisticsReport> = {
  name: "import-home-assistant",
  async run({ house, args, progress }) {
    const { line } = await house.work();
    try {
      return await takeStatistics(args, { store: house.store, line, nowMs: house.nowMs, progress });
    } catch (error) {
      throw error instanceof ImportProblem ? new TaskProblem(error.code, error.message) : error;
    }
  },
};
