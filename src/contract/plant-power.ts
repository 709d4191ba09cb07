import { z } from "zod";
import { figure, instantMs } from "./plant-parts.ts";

/** GET /plants/:id/power: power of the last minutes from pulses over the time between them, for the live chart. */
export const powerQuerySchema = z.object({
  minutes: z.coerce.number().int().min(1).max(1440).default(30),
  every: z.coerce.number().int().min(60).max(3600).default(60).describe("seconds between two values; less than a minute would be noise"),
});

/** Columns of one length, the oldest first. */
export const powerSchema = z.object({
  fromMs: instantMs,
  toMs: instantMs,
  zone: z.string(),
  everyMs: z.number(),
  tMs: z.array(instantMs),
  kw: z.array(figure),
  plusMinusKw: z.array(figure),
});
export type PowerAnswer = z.infer<typeof powerSchema>;

export const POWER_EXAMPLE: PowerAnswer = {
  fromMs: 1_773_167_960_000,
  toMs: 1_773_168_080_000,
  zone: "America/Indiana/Indianapolis",
  everyMs: 60_000,
  tMs: [1_773_168_020_000, 1_773_168_080_000],
  kw: [392.7, 388],
  plusMinusKw: [9.1, 9],
};
