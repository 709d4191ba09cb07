import { z } from "zod";

const jobRunSchema = z.object({
  id: z.number(),
  startedMs: z.number(),
  endedMs: z.number().nullable().describe("null while it runs"),
  result: z.enum(["running", "done", "failed", "cancelled"]),
  why: z.enum(["schedule", "asked", "catch-up", "change"]),
  sentence: z.string().describe("what it did, or why it failed"),
  counts: z.record(z.string(), z.number()).describe("what it counted, by name"),
});
export type JobRun = z.infer<typeof jobRunSchema>;

const jobSchema = z.object({
  name: z.string(),
  title: z.string(),
  schedule: z.string().nullable().describe("in the words of cron; null where it runs only when asked"),
  zone: z.string().nullable(),
  nextMs: z.number().nullable(),
  running: z.boolean(),
  progress: z.object({ done: z.number(), total: z.number(), what: z.string() }).nullable().describe("of the run under way, where it tells"),
  tries: z.number().describe("how often a run that fails is tried"),
  timeoutMs: z.number().nullable().describe("how long one try may last; null for six hours"),
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

/** GET /jobs/:name/runs/:run */
export const jobRunParamsSchema = jobParamsSchema.extend({ run: z.coerce.number().int().min(0) });
export const jobLogSchema = z.object({ run: jobRunSchema, log: z.array(z.object({ tMs: z.number(), text: z.string() })) });
export type JobLogAnswer = z.infer<typeof jobLogSchema>;

/** POST /jobs/:name/cancel */
export const cancelJobSchema = z.object({ told: z.boolean().describe("false where it was not under way") });
export type CancelJobAnswer = z.infer<typeof cancelJobSchema>;
