import { z } from "zod";
import { figure, instantMs, localTime, money, peakSchema, plantParamsSchema } from "./plant-parts.ts";

export const MAX_BILLS = 60;

/** `billing`: as the tariff bills (anchored or listed periods); `calendar`: calendar months. */
export const billsQuerySchema = z.object({
  count: z.coerce.number().int().min(1).max(MAX_BILLS).default(24).describe("periods, the running one included"),
  basis: z.enum(["billing", "calendar"]).default("billing"),
});

const periodSchema = z.object({
  name: z.string().describe("local date of its first day; the address of its bill"),
  fromMs: instantMs,
  toMs: instantMs,
  fromLocal: localTime,
  toLocal: localTime,
  days: z.number(),
  open: z.boolean().describe("not over yet: figures are to date"),
  predicted: z.boolean().describe("its last day is predicted from the periods before"),
});
export type BillPeriod = z.infer<typeof periodSchema>;

/** One period in a row: enough for the chart of 24 periods and the ratchet timeline. */
const periodRowSchema = z.object({
  period: periodSchema,
  planName: z.string().nullable().describe("null without a tariff; there is no money then"),
  planVersion: z.string().nullable(),
  energyKwh: figure,
  meteredKw: figure.describe("as the plan meters it, for instance the mean of the three highest"),
  peakKw: figure.describe("the highest interval"),
  ratchetKw: figure,
  minimumKw: figure,
  billedKw: figure,
  rule: z.enum(["metered", "ratchet", "minimum", "none"]),
  setting: z.array(peakSchema).describe("the intervals that set the metered demand"),
  /** The period whose demand the ratchet remembers, and the first period that forgets it. */
  ratchetFrom: z.string().nullable(),
  ratchetUntil: z.string().nullable(),
  ratchetCost: money.nullable().describe("what billing demand above the metered demand costs in this period"),
  fixedCost: money.nullable(),
  energyCost: money.nullable(),
  demandCost: money.nullable(),
  otherCost: money.nullable(),
  total: money.nullable(),
  loadFactorPercent: figure,
  coverage: z.number(),
  estimated: z.number().describe("share of the energy, 0 to 1"),
  uncertain: z.object({ lowKw: z.number(), highKw: z.number() }).nullable(),
});
export type BillRow = z.infer<typeof periodRowSchema>;

/** GET /plants/:id/bills, the oldest first. */
export const billsSchema = z.object({
  basis: z.enum(["billing", "calendar"]),
  periods: z.enum(["calendar", "anchored", "listed"]).describe("how the periods were made"),
  anchor: z.string().nullable(),
  zone: z.string(),
  currency: z.string(),
  ratchetPercent: figure.describe("of the newest plan's demand line"),
  ratchetPeriods: figure,
  bills: z.array(periodRowSchema),
  remarks: z.array(z.string()),
});
export type BillsAnswer = z.infer<typeof billsSchema>;

export const billParamsSchema = plantParamsSchema.extend({
  period: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "a local date such as 2026-02-17"),
});
export const billQuerySchema = z.object({ basis: z.enum(["billing", "calendar"]).default("billing") });

const demandBasisSchema = z.object({
  rule: z.enum(["metered", "ratchet", "minimum", "none"]),
  billedKw: figure,
  meteredKw: figure,
  ratchetKw: figure,
  minimumKw: figure,
  peaks: z.array(peakSchema),
  next: peakSchema.nullable(),
  ratchetFrom: z.string().nullable().describe("name of the period whose demand set the ratchet"),
  ratchetPeaks: z.array(peakSchema).describe("the intervals of that period which did it"),
  ratchetUntil: z.string().nullable().describe("the first period in which it no longer counts"),
  ratchetCost: money.nullable(),
  uncertain: z.object({ lowKw: z.number(), highKw: z.number() }).nullable(),
});

const billLineSchema = z.object({
  name: z.string(),
  kind: z.enum(["fixed", "energy", "feed-in", "demand", "reactive", "percent", "minimum", "credit"]),
  quantity: z.string().describe("exact decimal text"),
  unit: z.string(),
  rate: money,
  amount: money.describe("rounded as the plan states"),
  unrounded: money,
  clause: z.string().nullable(),
  intervalsMs: z.array(instantMs).nullable().describe("ends of the intervals that set the quantity; null where it is all of the period"),
  coverage: z.number(),
  demand: demandBasisSchema.nullable(),
});
export type BillLineInfo = z.infer<typeof billLineSchema>;

/** Register, intervals, days and bill tell of one energy. */
export const conservationSchema = z.object({
  registerKwh: figure.describe("difference of the register over the time; null where no source says it"),
  intervalsKwh: figure,
  daysKwh: figure.describe("as the page of days tells them; null where the time does not consist of days"),
  billedKwh: figure,
  toleranceKwh: z.number().describe("one digit of the register × multiplier, and one pulse per boundary"),
  holds: z.boolean().nullable().describe("null where there is nothing to compare"),
});
export type Conservation = z.infer<typeof conservationSchema>;

/** GET /plants/:id/bills/:period */
export const billSchema = z.object({
  period: periodSchema,
  basis: z.enum(["billing", "calendar"]),
  zone: z.string(),
  currency: z.string(),
  planName: z.string(),
  planVersion: z.string(),
  planSource: z.string().nullable(),
  lines: z.array(billLineSchema),
  total: money,
  energyKwh: figure,
  coverage: z.number(),
  estimated: z.number(),
  /** Why billing demand is what it is, in sentences. */
  explain: z.array(z.string()),
  remarks: z.array(z.string()),
  conservation: conservationSchema,
  /** Intervals left out of the demand by R17, and the bill as it would be with them. */
  excluded: z.object({
    intervals: z.number(),
    energyKwh: figure,
    peakKw: figure,
    billedKwWith: figure,
    totalWith: money.nullable(),
  }),
  /** This period and those whose demand it may remember, the oldest first. */
  ratchet: z.array(periodRowSchema),
  previousPeriod: z.string().nullable(),
  nextPeriod: z.string().nullable(),
});
export type BillAnswer = z.infer<typeof billSchema>;

export const capQuerySchema = z.object({
  period: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, "a local date such as 2026-02-17")
    .optional()
    .describe("the running one unless said"),
  kw: z.coerce.number().positive().max(1e9),
});

/** GET /plants/:id/cap: what keeping every interval at or below that demand would have taken and saved. */
export const capSchema = z.object({
  period: periodSchema,
  kw: z.number(),
  intervals: z.array(peakSchema.extend({ overKwh: z.number() })).describe("those above, the highest first"),
  moveKwh: z.number().describe("energy to move elsewhere"),
  meteredKw: figure,
  meteredKwCapped: figure,
  billedKw: figure,
  billedKwCapped: figure,
  savedNow: money.nullable(),
  savedLater: money
    .nullable()
    .describe(
      "by the ratchet, in the periods that would have remembered, floors that would have come of floors left out; null where nothing can be said yet",
    ),
  /** The lowest cap that still saves: below it another rule holds billing demand up. */
  usefulDownToKw: figure,
  heldBy: z.enum(["metered", "ratchet", "minimum", "none"]).describe("what sets billing demand under the cap"),
});
export type CapAnswer = z.infer<typeof capSchema>;

/** POST /plants/:id/check-bill: a real bill, as it is printed. What is left out is not compared. */
export const checkBillBodySchema = z.strictObject({
  from: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .describe("Service from"),
  to: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .describe("Service to: the day the next one begins on"),
  energyKwh: z.number().min(0).optional(),
  billedKw: z.number().min(0).optional(),
  total: money.optional(),
  lines: z.record(z.string().max(200), money).optional().describe("amounts by the plan's name of the line"),
});
export type CheckBillBody = z.infer<typeof checkBillBodySchema>;

export const checkBillSchema = z.object({
  bill: billSchema.pick({
    period: true,
    currency: true,
    planName: true,
    planVersion: true,
    lines: true,
    total: true,
    energyKwh: true,
    coverage: true,
    remarks: true,
  }),
  compared: z.array(
    z.object({
      what: z.string().describe("`energy`, `demand`, `total`, or the name of a line"),
      unit: z.string(),
      theirs: z.string(),
      ours: z.string(),
      difference: z.string().describe("theirs − ours"),
      agrees: z.boolean().describe("within what the paper and the meter can show"),
    }),
  ),
  /** Which line differs most, and what may be the reason, in sentences. */
  findings: z.array(z.string()),
  agrees: z.boolean(),
});
export type CheckBillAnswer = z.infer<typeof checkBillSchema>;
