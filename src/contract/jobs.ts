import { z } from "zod";

const jobRunSchema = z.object({
  startedMs: z.number(),
  endedMs: z.number().nullable().describe("null while it runs"),
  result: z.enum(["running", "done", "failed", "cancelled"]),
  why: z.enum(["schedule", "asked", "catch-up", "change"]),
  sentence: z.string().describe("what it did, or why it failed"),
});
export type JobRun = z.infer<typeof jobRunSchema>;

const jobSchema = z.object({
  name: z.string(),
  title: z.string(),
  schedule: z.string().nullable().describe("in the words of cron; null where it runs only when asked"),
  zone: z.string().nullable(),
  nextMs: z.number().nullable(),
  running: z.boolean(),
  last: jobRunSchema.nullable(),
  history: z.array(jobRunSchema).describe("newest first, at most 20"),
});
export type JobInfo = z.infer<typeof jobSchema>;

/** GET /jobs */
export const jobsSchema = z.object({ nowMs: z.number(), jobs: z.array(jobSchema) });
export type JobsAnswer = z.infer<typeof jobsSchema>;

/** POST /jobs/:name/run */
export const jobParamsSchema = z.object({ name: z.string().max(200) });
export const runJobSchema = z.object({ started: z.boolean().describe("false where it is under way already"), job: jobSchema });
export type RunJobAnswer = z.infer<typeof runJobSchema>;
