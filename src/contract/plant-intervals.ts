import { z } from "zod";
import { QUALITY_NAMES } from "./names.ts";
import { figure, instantMs, localTime, plantParamsSchema, qualityNames } from "./plant-parts.ts";

/** Rows of one page of the explorer, unless `size` says less. */
export const MAX_INTERVAL_PAGE = 1_000;

/** What an interval can be picked by, beside its bits. */
export const INTERVAL_FLAGS = [...QUALITY_NAMES, "missing", "estimated", "uncertain", "not-demand", "any"] as const;
export type IntervalFlag = (typeof INTERVAL_FLAGS)[number];

export const INTERVAL_SORTS = ["time", "-time", "kw", "-kw", "kwh", "-kwh"] as const;
export type IntervalSort = (typeof INTERVAL_SORTS)[number];

const instantSchema = z.string().describe("ISO 8601 with offset, or epoch milliseconds");
const rangeShape = { from: instantSchema, to: instantSchema };

const filterShape = {
  flag: z.enum(INTERVAL_FLAGS).optional().describe("only those with this mark; `any`: with some mark"),
  without: z
    .union([z.enum(INTERVAL_FLAGS), z.array(z.enum(INTERVAL_FLAGS))])
    .transform((given) => (Array.isArray(given) ? given : [given]))
    .optional()
    .describe("leave out those with this mark; repeat for several"),
  minKw: z.coerce.number().optional(),
  maxKw: z.coerce.number().optional(),
  sort: z.enum(INTERVAL_SORTS).default("time").describe("a leading minus turns the order; unknown values come last"),
};

/** GET /plants/:id/intervals; the same without the page for intervals.csv. */
export const intervalFilterSchema = z.object({ ...rangeShape, ...filterShape });
export const intervalsQuerySchema = intervalFilterSchema.extend({
  page: z.coerce.number().int().min(1).default(1),
  size: z.coerce.number().int().min(1).max(MAX_INTERVAL_PAGE).default(100),
});

export const intervalRowSchema = z.object({
  startMs: instantMs,
  endMs: instantMs,
  startLocal: localTime,
  endLocal: localTime,
  energyKwh: figure,
  demandKw: figure.describe("null where it does not count as demand"),
  powerKw: figure.describe("mean power whether it counts or not"),
  possibleKw: figure.describe("the highest demand it can have had, where that is not certain"),
  pulses: figure,
  totalKwh: figure.describe("register at its end, where a source says it"),
  coverage: z.number(),
  quality: qualityNames,
  estimated: z.boolean().describe("its energy is a difference of registers, not a sum of what came"),
  source: z.string().nullable().describe("the source it was taken from; null where nobody spoke of it"),
});
export type IntervalRow = z.infer<typeof intervalRowSchema>;

export const intervalsSchema = z.object({
  fromMs: instantMs,
  toMs: instantMs,
  zone: z.string(),
  intervalMinutes: z.number(),
  /** Intervals of the range, and how many of them the filter lets through. */
  expected: z.number(),
  matching: z.number(),
  page: z.number(),
  pages: z.number(),
  size: z.number(),
  /** Of all that match, not only of this page. */
  energyKwh: figure,
  peakKw: figure,
  rows: z.array(intervalRowSchema),
});
export type IntervalsAnswer = z.infer<typeof intervalsSchema>;

export const intervalParamsSchema = plantParamsSchema.extend({ endMs: z.coerce.number().int() });

/** GET /plants/:id/intervals/:endMs: what every source says of one interval, and what became of it. */
export const intervalDetailSchema = z.object({
  interval: intervalRowSchema,
  /** Why it does not count as demand, or is not certain, in words. */
  remarks: z.array(z.string()),
  sources: z.array(
    z.object({
      source: z.string(),
      rank: z.number(),
      taken: z.boolean(),
      energyKwh: figure,
      powerKw: figure,
      pulses: figure,
      totalKwh: figure,
      coverage: z.number(),
      quality: qualityNames,
      /** Against what was taken. */
      differenceKwh: figure,
    }),
  ),
  /** What it said before, or was told and refused; newest first. */
  revisions: z.array(
    z.object({
      series: z.string(),
      kind: z.enum(["replaced", "refused", "late", "arrived"]),
      value: figure,
      unit: z.string(),
      quality: qualityNames,
      receivedMs: instantMs,
      receivedLocal: localTime,
    }),
  ),
  previousEndMs: instantMs.nullable(),
  nextEndMs: instantMs.nullable(),
});
export type IntervalDetailAnswer = z.infer<typeof intervalDetailSchema>;

/** Days and the heat map: a range of local days; left out, the last 30 or 90. */
export const daysQuerySchema = z.object({ from: instantSchema.optional(), to: instantSchema.optional() });

const daySchema = z.object({
  date: z.string().describe("local date; an interval belongs to the day it lies in"),
  startMs: instantMs,
  endMs: instantMs,
  energyKwh: figure,
  peakKw: figure.describe("highest demand that counts"),
  peakEndMs: instantMs.nullable(),
  peakWithExcludedKw: figure,
  expected: z.number().describe("intervals of this day: 92 quarter-hours in spring, 100 in autumn"),
  observed: z.number(),
  missing: z.number(),
  excluded: z.number(),
  invalid: z.number(),
  estimatedKwh: figure,
  complete: z.boolean(),
});
export type PlantDay = z.infer<typeof daySchema>;

/** GET /plants/:id/days */
export const daysSchema = z.object({ fromMs: instantMs, toMs: instantMs, zone: z.string(), days: z.array(daySchema) });
export type DaysAnswer = z.infer<typeof daysSchema>;

/**
 * GET /plants/:id/heat: one row per local day, one column per interval of the clock. `kw[day][slot]` is the mean power of the
 * interval that begins at that clock time; null where it is unknown or the clock skips it. In the repeated hour of autumn the
 * row of the second pass stands in `repeated`.
 */
export const heatSchema = z.object({
  fromMs: instantMs,
  toMs: instantMs,
  zone: z.string(),
  intervalMinutes: z.number(),
  slots: z.array(z.string()).describe("clock times the columns begin at: `00:00`, `00:15` …"),
  days: z.array(z.object({ date: z.string(), startMs: instantMs })),
  kw: z.array(z.array(figure)),
  quality: z.array(z.array(z.number())).describe("bits of each cell; see QUALITY"),
  endMs: z.array(z.array(instantMs.nullable())).describe("end of each cell's interval, to open it"),
  repeated: z.array(z.object({ date: z.string(), slot: z.number(), kw: figure, quality: z.number(), endMs: instantMs })),
  maxKw: figure,
});
export type HeatAnswer = z.infer<typeof heatSchema>;
