import { z } from "zod";
import { editSchema } from "./edits.ts";
import { localDate, METER_MEDIA, meterParamsSchema, meterPeriodSchema } from "./meters.ts";
import { money } from "./plant-parts.ts";

const MONEY_CHARACTERS = 30;

/** POST /meters/:id/events: what an event was. */
export const meterDecisionSchema = z.strictObject({
  event: z.string().max(300),
  what: z.enum(["real", "typo", "replacement", "reset", "rollover"]),
});
/** POST /meters/:id/replacements */
export const newReplacementSchema = z.strictObject({
  at: z.string().max(40).describe("an instant, a clock reading of the site, or a local date: at its end"),
  lastReading: z.number().min(0).max(1e12).nullable().default(null),
  firstReading: z.number().min(0).max(1e12).nullable().default(null),
  serial: z.string().max(100).nullable().default(null),
  why: z.string().trim().max(500).default(""),
});
/** POST /meters/:id/prices */
export const newMeterPriceSchema = z.strictObject({
  fromDate: localDate,
  perUnit: money.max(MONEY_CHARACTERS),
  baseFeePerMonth: money.max(MONEY_CHARACTERS).default("0"),
});

/** POST /meters/gas: what a cubic metre holds from a date on; without a date, from the beginning. Taken back by POST /edits/:id/undo. */
export const newGasConversionSchema = z.strictObject({
  site: z.string().max(200),
  fromDate: localDate.nullable().default(null),
  calorificKwhPerM3: z.number().min(1).max(50),
  zFactor: z.number().min(0.1).max(2),
  basis: z.enum(["gross", "net"]).default("gross"),
});

/** PUT /meters/:id: a meter that no file declares; what is null goes back to what is found out. */
export const meterDraftSchema = z.strictObject({
  name: z.string().trim().min(1).max(200),
  description: z.string().max(500).default(""),
  medium: z.enum(METER_MEDIA).default("other"),
  group: z.string().max(100).default(""),
  unit: z.string().min(1).max(20),
  kind: z.enum(["physical", "master", "virtual"]),
  point: z.string().max(200).nullable().default(null),
  periods: z.array(meterPeriodSchema).max(100).default([]),
  formula: z.string().max(1_000).nullable().default(null),
  installedOn: localDate.nullable().default(null),
  removedOn: localDate.nullable().default(null),
  pattern: z.array(z.number().min(0).max(1e6)).length(12).nullable().default(null),
  readEveryDays: z.number().min(1).max(3_660).nullable().default(null),
  resetsOn: z
    .string()
    .regex(/^\d{2}-\d{2}$/)
    .nullable()
    .default(null),
  calibratedUntil: localDate.nullable().default(null),
  modulus: z.number().positive().max(1e12).nullable().default(null).describe("the register starts again at zero above this"),
  mostPerDay: z.number().positive().max(1e12).nullable().default(null).describe("more than this in a day is no consumption"),
  serial: z.string().max(100).nullable().default(null),
});
export type MeterDraft = z.input<typeof meterDraftSchema>;
export const meterFactParamsSchema = meterParamsSchema.extend({ fact: z.coerce.number().int().min(0) });
/** What a page said, as every dated edit is told. */
export const meterFactSchema = editSchema;
export type MeterFact = z.infer<typeof meterFactSchema>;
