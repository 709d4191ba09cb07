import { z } from "zod";
import { conservationSchema } from "./plant-bills.ts";
import { figure, instantMs, localTime, money, qualityNames } from "./plant-parts.ts";

const instantSchema = z.string().describe("ISO 8601 with offset, or epoch milliseconds");

/** Left out: the last 24 hours. */
export const qualityQuerySchema = z.object({ from: instantSchema.optional(), to: instantSchema.optional() });

/** Intervals side by side that nobody spoke of. */
const gapSchema = z.object({
  fromMs: instantMs,
  toMs: instantMs,
  fromLocal: localTime,
  toLocal: localTime,
  intervals: z.number(),
  recoveredKwh: figure.describe("energy a register brought back for it; null where none did"),
  possibleKw: figure.describe("the highest demand one of them can have had"),
});

const countsSchema = z.object({
  fromMs: instantMs,
  toMs: instantMs,
  expected: z.number().describe("intervals that are over: daylight saving counts"),
  observed: z.number(),
  missing: z.number(),
  estimated: z.number(),
  excluded: z.number().describe("by R17"),
  invalid: z.number(),
  recovered: z.number(),
  suspect: z.number(),
  coverage: z.number(),
});
export type QualityCounts = z.infer<typeof countsSchema>;

/** GET /plants/:id/quality */
export const plantQualitySchema = z.object({
  nowMs: instantMs,
  zone: z.string(),
  intervalMinutes: z.number(),
  range: countsSchema,
  lastDay: countsSchema.describe("the last 24 hours"),
  lastWeek: countsSchema.describe("the last 7 days"),
  gaps: z.array(gapSchema).describe("of the range, newest first; at most 500"),
  moreGaps: z.boolean(),
  flagged: z
    .array(z.object({ endMs: instantMs, endLocal: localTime, powerKw: figure, quality: qualityNames, source: z.string().nullable() }))
    .describe("marked intervals of the range, newest first; at most 500"),
  moreFlagged: z.boolean(),
  conservation: conservationSchema,
  sources: z.array(
    z.object({
      source: z.string(),
      taken: z.number().describe("intervals of the range that were taken from it"),
      spoke: z.number().describe("intervals of the range it spoke of"),
      differing: z.number().describe("of those, how many differ from what was taken by more than its resolution"),
      differenceKwh: figure.describe("summed over intervals both speak of"),
    }),
  ),
  lastIntervalMs: instantMs.nullable(),
  clockOffsetMs: figure,
});
export type PlantQualityAnswer = z.infer<typeof plantQualitySchema>;

export const importsQuerySchema = z.object({ limit: z.coerce.number().int().min(1).max(500).default(100) });

/** What one file changed. */
const importSchema = z.object({
  id: z.number(),
  source: z.string(),
  file: z.string().describe("its name, without folders"),
  bytes: z.number(),
  sha256: z.string(),
  status: z.enum(["running", "done", "failed", "cancelled"]),
  startedMs: instantMs,
  endedMs: instantMs.nullable(),
  rows: figure.describe("rows of the file"),
  fromMs: instantMs.nullable(),
  toMs: instantMs.nullable(),
  new: z.number(),
  confirmed: z.number().describe("said what was known, within the file's rounding"),
  replaced: z.number(),
  unchanged: z.number().describe("the very rows of an earlier file"),
  /** Of the periods it touches, before and after. */
  energyBeforeKwh: figure,
  energyAfterKwh: figure,
  peakBeforeKw: figure,
  peakAfterKw: figure,
  billedBeforeKw: figure,
  billedAfterKw: figure,
  billBefore: money.nullable(),
  billAfter: money.nullable(),
  currency: z.string(),
  sentence: z.string().describe("what it did, or why it was refused"),
  /** Every period whose bill changed, later ones through the ratchet too; the figures above are of the first. */
  bills: z.array(
    z.object({
      period: z.string(),
      billedBeforeKw: figure,
      billedAfterKw: figure,
      totalBefore: money,
      totalAfter: money,
      currency: z.string(),
    }),
  ),
  /** Intervals that count differently now, the largest changes first; at most 200. */
  changed: z.array(
    z.object({
      endMs: instantMs,
      endLocal: localTime,
      beforeKwh: figure,
      afterKwh: figure,
      beforeKw: figure,
      afterKw: figure,
      beforeSource: z.string().nullable(),
    }),
  ),
  /** Why it was refused: every bad cell with its line. */
  problems: z.array(z.object({ line: z.number().nullable(), column: z.string().nullable(), code: z.string(), sentence: z.string() })),
  problemCount: z.number().describe("all of them; at most 1,000 are listed"),
  archivedAs: z.string().nullable().describe("its name in the archive"),
});
export type PlantImport = z.infer<typeof importSchema>;

/** GET /plants/:id/imports, newest first. */
export const importsSchema = z.object({ imports: z.array(importSchema) });
export type ImportsAnswer = z.infer<typeof importsSchema>;
