import { zoneNamed } from "#calendar/zone.ts";
import { type Task, TaskProblem } from "#cli/task.ts";
import type { SqlLogin } from "#outlets/azure-sql/settings.ts";
import { SqlProblem } from "#outlets/azure-sql/sql-problem.ts";
import { takeOver } from "#outlets/azure-sql/takeover.ts";
import type { TakeoverReport } from "#outlets/azure-sql/takeover-report.ts";

export interface ImportOldKyzArgs {
  /** With its password: arguments travel over loopback to the server that asked for its key, and are kept nowhere. */
  readonly login: SqlLogin;
  readonly site: string;
  readonly point: string;
  readonly zone: string;
  readonly intervalMs: number;
  readonly fromClockMs?: number;
  readonly toClockMs?: number;
  readonly dryRun: boolean;
  readonly seedPeaks: boolean;
}

/** Takes the history of an old KYZ database over. Errors: those of SqlProblem. */
export const importOldKyzTask: Task<ImportOldKyzArgs, TakeoverReport> = {
  name: "import-old-kyz",
  async run({ house, args, progress }) {
    const { login, dryRun, seedPeaks, site, point, intervalMs } = args;
    const range = {
      ...(args.fromClockMs === undefined ? {} : { fromClockMs: args.fromClockMs }),
      ...(args.toClockMs === undefined ? {} : { toClockMs: args.toClockMs }),
    };
    const place = { site, point, zone: zoneNamed(args.zone), intervalMs };
    const { ensureSeries } = await house.work();
    try {
      const { store, nowMs } = house;
      return await takeOver({ login, place, dryRun, seedPeaks, ...range }, { store, ensureSeries, nowMs, progress });
    } catch (error) {
      throw error instanceof SqlProblem ? new TaskProblem(error.code, error.message) : error;
    }
  },
};
