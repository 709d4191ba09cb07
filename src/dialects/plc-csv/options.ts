import { z } from "zod";
import { MINUTE_MS } from "#calendar/civil.ts";
import { isZone, zoneNamed } from "#calendar/zone.ts";

const SECOND_MS = 1_000;

export const optionsSchema = z
  .strictObject({
    zone: z
      .string()
      .refine(isZone, "is no time zone; write it like America/Indiana/Indianapolis")
      .optional()
      .describe("Zone of the PLC's clock; left out, the site's"),
    point: z
      .string()
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "a point id is written like main or press-line")
      .default("main")
      .describe("Id of the point"),
    intervalMinutes: z.number().int().min(1).max(1440).default(15).describe("Length of an interval"),
    toleranceSeconds: z.number().min(0).max(3600).default(30).describe("A row this near to the end of an interval is moved to it"),
    badRows: z
      .enum(["refuse-file", "leave-out"])
      .default("refuse-file")
      .describe("What a bad cell does: nothing of the file is stored, or all other rows are"),
  })
  .refine(({ intervalMinutes, toleranceSeconds }) => toleranceSeconds * 2 < intervalMinutes * 60, {
    path: ["toleranceSeconds"],
    message: "is half an interval or more, so that a row would be near to two; make it smaller",
  })
  .transform((given) => ({
    zone: given.zone === undefined ? undefined : zoneNamed(given.zone),
    point: given.point,
    intervalMs: given.intervalMinutes * MINUTE_MS,
    toleranceMs: given.toleranceSeconds * SECOND_MS,
    leaveOut: given.badRows === "leave-out",
  }));

export type Options = z.output<typeof optionsSchema>;
