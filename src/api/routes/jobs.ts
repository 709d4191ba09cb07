import { ApiError } from "#api/errors.ts";
import { type Api, answers, QUESTION_MS, type RouteDeps } from "#api/route-kit.ts";
import {
  cancelJobSchema,
  type JobInfo,
  type JobRun,
  jobLogSchema,
  jobParamsSchema,
  jobRunParamsSchema,
  jobsSchema,
  runJobSchema,
} from "#contract/jobs.ts";
import { JobProblem, type JobStanding, type Jobs } from "#jobs/job.ts";
import type { JobRunRecord } from "#store/records.ts";

/** Scheduled work: what there is, what became of it, and running it now. */
export function jobRoutes(app: Api, deps: RouteDeps): void {
  const { jobs, nowMs, logger } = deps;
  runRoutes(app, deps);
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

/** What one run did, and telling it to end. */
function runRoutes(app: Api, { jobs }: RouteDeps): void {
  app.get("/jobs/:name/runs/:run", {
    config: { policy: "viewer" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "A run of a job",
      description: "What it counted and wrote down; of the run under way, what it wrote so far.",
      tags: ["jobs"],
      params: jobRunParamsSchema,
      response: answers(jobLogSchema, {
        run: RUN,
        log: [{ tMs: RUN.startedMs, text: "2026-03-10.csv: 2 rows new, 93 confirmed, 1 replaced." }],
      }),
    },
    handler: async ({ params: { name, run } }) => {
      const found = await known(name, () => jobs?.log(name, run));
      if (found === undefined) throw new ApiError("unknown-run", { run });
      return { run: runInfo(found.run), log: [...found.log] };
    },
  });

  app.post("/jobs/:name/cancel", {
    config: { policy: "operator" },
    handlerTimeout: QUESTION_MS,
    schema: {
      summary: "Tell a job to end",
      description: "The run under way finishes the piece at hand, keeps what is done and ends.",
      tags: ["jobs"],
      params: jobParamsSchema,
      response: answers(cancelJobSchema, { told: true }),
    },
    handler: async ({ params: { name } }) => ({ told: await known(name, () => jobs?.cancel(name) ?? false) }),
  });
}

/** Errors: unknown-job. */
async function known<Answer>(name: string, ask: () => Answer | Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    throw error instanceof JobProblem ? new ApiError("unknown-job", { job: name.slice(0, 100) }) : error;
  }
}

async function standings(jobs: Jobs | undefined): Promise<JobStanding[]> {
  return jobs === undefined ? [] : jobs.list();
}

function jobInfo({ job, nextMs, running, progress, history }: JobStanding): JobInfo {
  const runs = history.map(runInfo);
  return {
    name: job.name,
    title: job.title,
    schedule: job.schedule ?? null,
    zone: job.zone,
    nextMs: nextMs ?? null,
    running,
    progress: progress ?? null,
    tries: job.retry?.tries ?? 1,
    timeoutMs: job.timeoutMs ?? null,
    last: runs[0] ?? null,
    history: runs,
  };
}

function runInfo({ id, startedMs, endedMs, result, why, sentence, counts }: JobRunRecord): JobRun {
  return { id, counts: { ...counts }, startedMs, endedMs: endedMs ?? null, result, why, sentence };
}

const RUN = {
  id: 812,
  startedMs: 1_773_165_600_000,
  endedMs: 1_773_165_600_412,
  result: "done" as const,
  why: "schedule" as const,
  sentence: "1 file taken: 2 rows new, 93 confirmed, 1 replaced.",
  counts: { files: 1, new: 2, confirmed: 93, replaced: 1 },
};
const JOB: JobInfo = {
  name: "plc-csv",
  title: "Files of the PLC",
  schedule: "5 * * * *",
  zone: "America/Indiana/Indianapolis",
  nextMs: 1_773_169_500_000,
  running: false,
  progress: null,
  tries: 1,
  timeoutMs: null,
  last: RUN,
  history: [RUN],
};
