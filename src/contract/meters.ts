import { z } from "zod";
import { figure, instantMs, localTime, money, spanSchema } from "./plant-parts.ts";

export const METER_MEDIA = ["electricity", "gas", "water", "heat", "solar", "other"] as const;
const STANDINGS = ["live", "due", "silent", "implausible", "ended", "waiting", "broken"] as const;
/** What is remarkable about a stretch of consumption, by name. */
export const CONSUMED_NAMES = ["filled", "extended", "incomplete", "belowZero", "replaced", "reset", "leftOut", "corrected"] as const;

export const localDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const declared = z.object({ file: z.string(), line: z.number() }).nullable().describe("where the file says so; null where a page did");
export const consumedFlags = z.array(z.enum(CONSUMED_NAMES));

export const meterFigureSchema = spanSchema.extend({
  amount: figure.describe("in the meter's unit; of a stretch that is known in part, the part"),
  measured: figure.describe("the part of it that lies between two readings within the stretch; the rest was filled by a rule"),
  missingMs: z.number().describe("time of which nobody knows"),
  flags: consumedFlags,
  cost: money.nullable().describe("null without a price"),
});
export type MeterFigureAnswer = z.infer<typeof meterFigureSchema>;

const meterSchema = z.object({
  id: z.string().describe("site and meter with a dot between"),
  site: z.string(),
  meter: z.string().describe("its name in formulas"),
  name: z.string(),
  description: z.string(),
  kind: z.enum(["physical", "master", "virtual"]),
  medium: z.enum(METER_MEDIA),
  group: z.string(),
  unit: z.string(),
  standing: z.enum(STANDINGS),
  because: z.string().describe("why it stands like that; empty for live"),
  lastMs: instantMs.nullable(),
  lastValue: figure,
  dueMs: instantMs.nullable().describe("when it should be read next; null where nobody reads it by hand"),
  everyMs: figure.describe("usual distance of its readings"),
  readings: z.number(),
  thisMonth: meterFigureSchema,
  yearBefore: meterFigureSchema.describe("the same days of the month a year before"),
  thisYear: meterFigureSchema,
  months: z.array(meterFigureSchema).describe("the last twelve whole months, oldest first"),
  within: z.array(z.string()).describe("ids of meters that count the same again: sums it is a part of, the meter it is taken away from"),
  parts: z.array(z.string()).describe("names of the meters it is made of"),
  openEvents: z.number(),
  openAnomalies: z.number(),
  removedOn: localDate.nullable().describe("the last day it counted"),
  calibratedUntil: localDate.nullable(),
  serial: z.string().nullable(),
  declared,
  demo: z.boolean(),
});
export type MeterInfo = z.infer<typeof meterSchema>;

/** GET /meters */
export const metersQuerySchema = z.object({ site: z.string().max(200).optional() });
export const metersSchema = z.object({
  nowMs: instantMs,
  sentence: z.string().describe("27 meters: 19 live, 6 due, 2 implausible"),
  counts: z.record(z.enum(STANDINGS), z.number()),
  sites: z.array(z.object({ id: z.string(), name: z.string(), zone: z.string(), currency: z.string() })),
  meters: z.array(meterSchema),
});
export type MetersAnswer = z.infer<typeof metersSchema>;

export const meterParamsSchema = z.object({ id: z.string().max(400).describe("id of GET /meters") });

const eventSchema = z.object({
  id: z.string(),
  kind: z.enum(["typo", "fall", "replacement", "reset", "rollover", "implausible", "disagreement"]),
  tMs: instantMs,
  tLocal: localTime,
  before: figure,
  value: figure,
  counts: z.boolean(),
  open: z.boolean(),
  decision: z.string().nullable(),
  factId: z.number().nullable().describe("for taking the decision back"),
  sentence: z.string(),
});
export type MeterEventAnswer = z.infer<typeof eventSchema>;

const saidIn = z.enum(["file", "page"]);
const replacementSchema = z.object({
  tMs: instantMs,
  tLocal: localTime,
  lastReading: figure,
  firstReading: figure,
  serial: z.string().nullable(),
  from: saidIn,
  factId: z.number().nullable(),
});
const priceSchema = z.object({
  fromDate: localDate,
  perUnit: money,
  baseFeePerMonth: money,
  from: saidIn,
  factId: z.number().nullable(),
});
export const meterPeriodSchema = z.object({
  fromDate: localDate,
  toDate: localDate.nullable(),
  sources: z.array(z.string().max(200)).min(1).max(50),
});

/** GET /meters/:id */
export const meterDetailSchema = meterSchema.extend({
  nowMs: instantMs,
  zone: z.string(),
  currency: z.string(),
  installedOn: localDate.nullable(),
  point: z.string().nullable().describe("of a physical meter"),
  series: z.array(z.object({ key: z.string(), kind: z.string(), unit: z.string(), source: z.string() })),
  periods: z.array(meterPeriodSchema),
  formula: z.string().nullable(),
  readEveryDays: figure,
  resetsOn: z.string().nullable(),
  modulus: figure,
  mostPerDay: figure,
  factId: z.number().nullable().describe("the newest row of a page that says so; null where none does"),
  replacements: z.array(replacementSchema),
  prices: z.array(priceSchema),
  gas: z.array(
    z.object({
      fromDate: localDate.nullable(),
      calorificKwhPerM3: z.number(),
      zFactor: z.number(),
      basis: z.enum(["gross", "net"]),
      kwhPerM3: z.number(),
    }),
  ),
  pattern: z.array(figure).describe("percent per month as used, January first"),
  patternFrom: z.enum(["file", "page", "learned", "none"]),
  patternSum: figure.describe("what was written sums to"),
  baseLoadPerHour: figure,
  coverage: z.object({
    readings: z.number(),
    firstMs: instantMs.nullable(),
    lastMs: instantMs.nullable(),
    daysRead: z.number(),
    days: z.number(),
    largestGapMs: z.number(),
    medianGapMs: figure,
    extendedBackMs: z.number(),
    extendedForwardMs: z.number(),
  }),
  events: z.array(eventSchema).describe("newest first"),
  needs: z.array(z.string()).describe("what is not set yet, in words"),
  partOf: z.array(z.string()),
});
export type MeterDetailAnswer = z.infer<typeof meterDetailSchema>;
