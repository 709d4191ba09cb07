import { z } from "zod";
import { MINUTE_MS } from "#calendar/civil.ts";
import { isZone, zoneNamed } from "#calendar/zone.ts";

export const optionsSchema = z
  .strictObject({
    zone: z
      .string()
      .refine(isZone, "is no time zone; write it like America/Indiana/Indianapolis")
      .optional()
      .describe("Zone of the sender's clock; left out, the site's"),
    point: z
      .string()
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "a point id is written like main or press-line")
      .optional()
      .describe("Id of the point; left out, `main`"),
    intervalMinutes: z.number().int().min(1).max(1440).default(15).describe("Length of an interval"),
  })
  .transform((given) => ({
    zone: given.zone === undefined ? undefined : zoneNamed(given.zone),
    point: given.point,
    intervalMs: given.intervalMinutes * MINUTE_MS,
  }));

export type Options = z.output<typeof optionsSchema>;
