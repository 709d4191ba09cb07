import { z } from "zod";
import { figure, instantMs, spanSchema } from "./plant-parts.ts";

/** GET /anomalies */
export const anomaliesQuerySchema = z.object({
  site: z.string().max(200).optional(),
  meter: z.string().max(400).optional(),
  from: z.string().max(40).optional().describe("left out: two years back"),
  to: z.string().max(40).optional(),
  simple: z.stringbool().optional().describe("the rule of the old system too; left out, as the configuration says"),
});
const anomalySchema = spanSchema.extend({
  id: z.string(),
  meter: z.string().describe("id of the meter"),
  name: z.string(),
  unit: z.string(),
  rule: z.enum(["unusual", "leak", "simple", "below-zero"]),
  amount: figure,
  expected: figure,
  low: figure,
  high: figure,
  score: figure,
  sentence: z.string(),
  dismissed: z.object({ why: z.string(), who: z.string(), madeMs: instantMs, factId: z.number() }).nullable(),
});
export type AnomalyInfo = z.infer<typeof anomalySchema>;
export const anomaliesSchema = z.object({
  nowMs: instantMs,
  method: z.string(),
  anomalies: z.array(anomalySchema).describe("newest first"),
});
export type AnomaliesAnswer = z.infer<typeof anomaliesSchema>;
/** POST /anomalies/dismiss; taken back by DELETE /meters/:id/facts/:fact */
export const dismissSchema = z.strictObject({
  id: z.string().max(400),
  meter: z.string().max(400),
  why: z.string().trim().min(1).max(500),
});
