import { z } from "zod";

export const healthSchema = z.object({
  status: z.enum(["ok", "degraded"]),
  version: z.string(),
  startedMs: z.number(),
  nowMs: z.number(),
  demo: z.boolean(),
  /** What is not well, in words; empty when status is ok. */
  problems: z.array(z.string()),
  messagesPerSecond: z.number(),
  ledgerBalanced: z.boolean(),
  rejectsOpen: z.number(),
  store: z.object({
    fileBytes: z.number(),
    samples: z.number(),
    series: z.number(),
    tailSamples: z.number(),
    lateRows: z.number(),
    commitMsP99: z.number().nullable().describe("null before the first commit since the start"),
  }),
  memoryMb: z.number(),
});
export type HealthAnswer = z.infer<typeof healthSchema>;

/** Every error of the API has this shape; `code` is stable and documented. */
export const errorSchema = z.object({
  error: z.object({ code: z.string(), sentence: z.string(), details: z.array(z.string()).optional() }),
});
export type ErrorAnswer = z.infer<typeof errorSchema>;

/** GET /healthz */
export const aliveSchema = z.object({ status: z.literal("ok") });
