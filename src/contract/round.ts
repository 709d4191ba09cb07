import { z } from "zod";
import { METER_MEDIA } from "./meters.ts";
import { figure, instantMs } from "./plant-parts.ts";

/** GET /round: everything a walk needs, for a phone that may lose its connection. Those due come first, by group. */
export const roundQuerySchema = z.object({ site: z.string().max(200).optional() });
export const roundSchema = z.object({
  nowMs: instantMs,
  stops: z.array(
    z.object({
      meter: z.string(),
      site: z.string(),
      name: z.string(),
      group: z.string(),
      medium: z.enum(METER_MEDIA),
      unit: z.string(),
      serial: z.string().nullable(),
      decimals: z.number().describe("places behind the comma its readings have"),
      due: z.boolean(),
      dueMs: instantMs.nullable(),
      lastMs: instantMs.nullable(),
      lastValue: figure,
      /** Today; the phone moves on from it by `perDay` while it is away. */
      expected: figure,
      low: figure,
      high: figure,
      perDay: figure,
    }),
  ),
});
export type RoundAnswer = z.infer<typeof roundSchema>;
/** PUT /round/photos/:id, the picture itself; GET answers it. */
export const photoParamsSchema = z.object({ id: z.string().regex(/^[A-Za-z0-9_-]{8,64}$/) });
export const photoKeptSchema = z.object({ id: z.string(), bytes: z.number() });
