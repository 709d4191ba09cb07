import { ApiError } from "#api/errors.ts";
import { type Api, answers, QUESTION_MS, type RouteDeps } from "#api/route-kit.ts";
import { type JobInfo, type JobRun, jobParamsSchema, jobsSchema, runJobSchema } from "#contract/jobs.ts";
import { JobProblem, type JobStanding, type Jobs } from "#jobs/job.ts";
import type { JobRunRecord } from "#store/records.ts";

/** Scheduled work: what there is, what became of it, and running it now. */
export function jobRoutes(app: Api, { jobs, nowMs, logger }: RouteDeps): void {
  app.get("/jobs", {
    config: { policy: "viewer" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Jobs",
      description: "Work that runs by the clock of its site or when asked: when it is due, and what its last runs did.",
      tags: ["jobs"],
      response: answers(jobsSchema, { nowMs: 1_773_168_080_000, jobs: [JOB] }),
    },
    handler: async () => ({ nowMs: nowMs(), jobs: (await standings(jobs)).map(jobInfo) }),
  });

  app.post("/jobs/:name/run", {
    config: { policy: "operator" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Run a job now",
      description: "Starts the job and answers at once; GET /jobs tells how it goes. One that is under way is not started again.",
      tags: ["jobs"],
      params: jobParamsSchema,
      response: answers(runJobSchema, { started: true, job: { ...JOB, running: true } }),
    },
    handler: async (request) => {
      const { name } = request.params;
      const before = (await standings(jobs)).find((one) => one.job.name === name);
      if (jobs === undefined || before === undefined) throw new ApiError("unknown-job", { job: name.slice(0, 100) });
      if (before.running) return { started: false, job: jobInfo(before) };
      jobs.run(name, { why: "asked" }).catch((error: unknown) => {
        if (!(error instanceof JobProblem)) logger.error({ error: String(error), job: name }, "A job could not be run");
      });
      const after = (await standings(jobs)).find((one) => one.job.name === name);
      return { started: true, job: jobInfo(after ?? before) };
    },
  });
}

async function standings(jobs: Jobs | undefined): Promise<JobStanding[]> {
  return jobs === undefined ? [] : jobs.list();
}

function jobInfo({ job, nextMs, running, history }: JobStanding): JobInfo {
  const runs = history.map(runInfo);
  return {
    name: job.name,
    title: job.title,
    schedule: job.schedule ?? null,
    zone: job.zone,
    nextMs: nextMs ?? null,
    running,
    last: runs[0] ?? null,
    history: runs,
  };
}

function runInfo({ startedMs, endedMs, result, why, sentence }: JobRunRecord): JobRun {
  return { startedMs, endedMs: endedMs ?? null, result, why, sentence };
}

const RUN = {
  startedMs: 1_773_165_600_000,
  endedMs: 1_773_165_600_412,
  result: "done" as const,
  why: "schedule" as const,
  sentence: "1 file taken: 2 rows new, 93 confirmed, 1 replaced.",
};
const JOB: JobInfo = {
  name: "plc-csv",
  title: "Files of the PLC",
  schedule: "5 * * * *",
  zone: "America/Indiana/Indianapolis",
  nextMs: 1_773_169_500_000,
  running: false,
  last: RUN,
  history: [RUN],
};
