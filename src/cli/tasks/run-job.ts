import type { Task } from "#cli/task.ts";
import type { JobRunRecord } from "#store/records.ts";

/** Runs a job now and waits for its end. Errors: `unknown-job`, `job-running`. */
export const runJobTask: Task<{ readonly job: string }, JobRunRecord> = {
  name: "run-job",
  async run({ house, args, progress }) {
    const { jobs } = await house.work();
    return jobs.run(args.job, { progress });
  },
};
