import { z } from "zod";
import { consumedFlags, METER_MEDIA, type MeterFigureAnswer, meterFigureSchema } from "./meters.ts";
import { figure, instantMs, localTime, money, qualityNames } from "./plant-parts.ts";

const GRIDS = ["interval", "hour", "day", "month", "year"] as const;

const range = {
  from: z.string().max(40).describe("an instant, a clock reading of the site, or a local date from its first moment"),
  to: z.string().max(40).describe("likewise; a local date until its last moment"),
};
const asOf = { asOf: z.string().max(40).optional().describe("as it was known then: an instant or a local date until its last moment") };

/** GET /meters/:id/consumption (and .csv) */
export const meterConsumptionQuerySchema = z.object({ ...range, ...asOf, by: z.enum(GRIDS).default("day") });
export const meterConsumptionSchema = z.object({
  meter: z.string(),
  unit: z.string(),
  zone: z.string(),
  currency: z.string(),
  by: z.enum(GRIDS),
  fromMs: z.array(instantMs).describe("beginning of each row"),
  toMs: z.array(instantMs),
  amount: z.array(figure),
  measured: z.array(figure),
  missingMs: z.array(z.number()),
  flags: z.array(consumedFlags),
  register: z.array(figure).describe("what the dial showed, or would have, at the end of each row"),
  cost: z.array(money.nullable()),
  total: meterFigureSchema,
});
export type MeterConsumptionAnswer = z.infer<typeof meterConsumptionSchema>;

/** GET /meters/:id/readings */
export const meterReadingsQuerySchema = z.object({ ...range, ...asOf, limit: z.coerce.number().int().min(1).max(5_000).default(200) });
const readingSchema = z.object({
  tMs: instantMs,
  tLocal: localTime,
  value: figure,
  unit: z.string(),
  quality: qualityNames,
  source: z.string(),
  series: z.string().describe("key of the series: corrections name it"),
  counts: z.boolean(),
  because: z.string().describe("why it does not count; empty where it does"),
  since: figure.describe("used since the reading before"),
  raw: figure.describe("what was stored, where a person corrected it; null otherwise"),
  correctionId: z.number().nullable(),
  photo: z.string().nullable().describe("id of GET /round/photos/:id"),
  note: z.string(),
});
export type MeterReading = z.infer<typeof readingSchema>;
export const meterReadingsSchema = z.object({ meter: z.string(), unit: z.string(), zone: z.string(), readings: z.array(readingSchema) });
export type MeterReadingsAnswer = z.infer<typeof meterReadingsSchema>;

/** POST /meters/:id/readings: what a person read. Saying the same twice (by `key`) changes nothing. */
export const newReadingSchema = z.strictObject({
  at: z.string().max(40).describe("an instant, a clock reading of the site, or a local date: at its end"),
  value: z.number().min(0).max(1e12),
  note: z.string().max(500).default(""),
  key: z.string().min(1).max(100).optional().describe("made by the sender once for each reading: a repeat is no second reading"),
  photo: z
    .string()
    .regex(/^[A-Za-z0-9_-]{8,64}$/)
    .optional()
    .describe("id of PUT /round/photos/:id, which may follow"),
  /** Look only: what it would be judged as. */
  dryRun: z.boolean().default(false),
});
export const expectationSchema = z.object({
  tMs: instantMs,
  lastMs: instantMs.nullable(),
  lastValue: figure,
  expected: figure,
  low: figure,
  high: figure,
  sentence: z.string(),
});
export type MeterExpectation = z.infer<typeof expectationSchema>;
export const readingSaidSchema = z.object({
  stored: z.boolean(),
  verdict: z.enum(["plausible", "unusual", "implausible", "falls", "known"]),
  sentence: z.string(),
  expectation: expectationSchema,
});
export type ReadingSaidAnswer = z.infer<typeof readingSaidSchema>;

/** GET /meters/:id/expectation */
export const expectationQuerySchema = z.object({ at: z.string().max(40) });

/** GET /meters/:id/profile */
export const meterProfileQuerySchema = z.object(range);
export const meterProfileSchema = z.object({
  meter: z.string(),
  unit: z.string(),
  zone: z.string(),
  heat: z.object({ dayMs: z.array(instantMs), slots: z.number(), amount: z.array(figure).describe("day after day") }),
  hours: z.object({ workday: z.array(figure), saturday: z.array(figure), sunday: z.array(figure) }),
  years: z.array(z.object({ year: z.number(), months: z.array(meterFigureSchema) })),
  baseLoadPerHour: figure,
});
export type MeterProfileAnswer = z.infer<typeof meterProfileSchema>;

interface LineageShape {
  meter: string;
  name: string;
  unit: string;
  figure: MeterFigureAnswer;
  rules: string[];
  readings: MeterReading[];
  readingCount: number;
  parts: { factor: number; lineage: LineageShape }[];
}
/** GET /meters/:id/lineage: how a number was made. */
export const meterLineageQuerySchema = z.object({ ...range, ...asOf });
export const meterLineageSchema: z.ZodType<LineageShape> = z.object({
  meter: z.string(),
  name: z.string(),
  unit: z.string(),
  figure: meterFigureSchema,
  rules: z.array(z.string()),
  readings: z.array(readingSchema),
  readingCount: z.number(),
  parts: z.array(
    z.object({
      factor: z.number(),
      get lineage() {
        return meterLineageSchema;
      },
    }),
  ),
});
export type MeterLineageAnswer = LineageShape;

/** GET /meters/costs: what every meter cost, month by month. */
export const meterCostsQuerySchema = z.object({ site: z.string().max(200).optional(), year: z.coerce.number().int().min(1900).max(9999) });
export const meterCostsSchema = z.object({
  year: z.number(),
  sites: z.array(
    z.object({
      site: z.string(),
      currency: z.string(),
      rows: z.array(
        z.object({
          meter: z.string(),
          name: z.string(),
          unit: z.string(),
          medium: z.enum(METER_MEDIA),
          group: z.string(),
          months: z.array(meterFigureSchema),
          year: meterFigureSchema,
        }),
      ),
    }),
  ),
});
export type MeterCostsAnswer = z.infer<typeof meterCostsSchema>;
