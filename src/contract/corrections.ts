import { z } from "zod";
import { meterFigureSchema } from "./meters.ts";
import { figure, instantMs, localTime } from "./plant-parts.ts";

/** GET /corrections */
export const correctionsQuerySchema = z.object({
  meter: z.string().max(400).optional(),
  series: z.string().max(600).optional(),
  limit: z.coerce.number().int().min(1).max(2_000).default(200),
});
const correctionSchema = z.object({
  id: z.number(),
  series: z.string(),
  meter: z.string().nullable().describe("id of the meter it belongs to"),
  name: z.string(),
  unit: z.string().describe("of `value` and `was`: that of the meter, else the series' own"),
  action: z.enum(["set", "delete", "add", "offset"]),
  fromMs: instantMs,
  toMs: instantMs,
  fromLocal: localTime,
  toLocal: localTime,
  value: figure,
  was: figure.describe("what is stored at that instant; null for several or none"),
  who: z.string(),
  why: z.string(),
  madeMs: instantMs,
  undoneMs: instantMs.nullable(),
});
export type CorrectionInfo = z.infer<typeof correctionSchema>;
export const correctionsSchema = z.object({ corrections: z.array(correctionSchema).describe("newest first, undone ones too") });
export type CorrectionsAnswer = z.infer<typeof correctionsSchema>;
/** POST /corrections; with `dryRun` it only says what would change. DELETE /corrections/:id takes one back. */
export const newCorrectionSchema = z.strictObject({
  series: z.string().max(600),
  action: z.enum(["set", "delete", "add", "offset"]),
  from: z
    .string()
    .max(40)
    .describe("an instant, a clock reading of the site, or a local date: from its first moment; at its end where `to` is left out"),
  to: z.string().max(40).optional().describe("left out: the one instant; both ends belong to it, and a local date until its end"),
  value: z.number().nullable().default(null),
  unit: z.string().max(40).optional().describe("of the value; left out, that of the meter which counts the series, else the series' own"),
  why: z.string().trim().min(1).max(500),
  dryRun: z.boolean().default(false),
});
export const correctionMadeSchema = z.object({
  correction: correctionSchema.nullable().describe("null for a dry run"),
  readings: z.number().describe("how many readings it touches"),
  changes: z.array(
    z.object({ meter: z.string(), name: z.string(), unit: z.string(), before: meterFigureSchema, after: meterFigureSchema.nullable() }),
  ),
  sentence: z.string(),
});
export type CorrectionMadeAnswer = z.infer<typeof correctionMadeSchema>;
export const correctionParamsSchema = z.object({ id: z.coerce.number().int().min(0) });
